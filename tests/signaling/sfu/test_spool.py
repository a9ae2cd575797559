"""A slow or absent recorder never slows a lesson."""

from signaling.sfu.spool import AWAY, BELLS, LARGEST, OLDEST, Spool
from synclass import tape
from synclass.framing import Deframer
from synclass.words import ParticipantId

PACKETS = tape.Packets("math", ParticipantId("t"), "voice", [(1.0, b"x")])


def read(data: bytes) -> list[tape.ToRecorder]:
    return [tape.for_recorder(message) for message in Deframer().feed(data)]


def test_what_is_put_comes_out_once() -> None:
    spool = Spool()
    spool.attach(0.0)
    spool.put(PACKETS)
    assert read(spool.drain(0, 0.1)) == [PACKETS]
    assert spool.drain(0, 0.2) == b""


def test_a_recorder_that_has_fallen_misses_nothing_when_it_is_soon_back() -> None:
    spool = Spool()
    spool.attach(0.0)
    spool.detach()
    spool.put(PACKETS)
    spool.put(tape.Bell("math"))
    spool.wait(1.0)
    spool.wait(1.0 + AWAY)
    assert not spool.taking and spool.attach(9.0)
    assert read(spool.drain(0, 9.0)) == [PACKETS, tape.Bell("math")]
    assert spool.dropped == 0


def test_for_a_recorder_that_stays_away_packets_are_dropped_and_counted() -> None:
    spool = Spool()
    for _ in range(2):
        spool.put(PACKETS)
        spool.wait(1.0)
    spool.wait(1.1 + AWAY)
    spool.put(PACKETS)
    assert spool.dropped == 3
    assert not spool.attach(20.0)
    assert spool.drain(0, 20.0) == b""


def test_what_is_kept_for_a_recorder_is_bounded() -> None:
    spool = Spool()
    large = tape.Packets("math", ParticipantId("t"), "camera", [(1.0, bytes(LARGEST))])
    spool.put(large)
    spool.wait(0.0)
    assert spool.dropped == 1 and not spool.attach(0.1)


def test_a_bell_rung_in_the_meantime_is_not_forgotten() -> None:
    spool = Spool()
    for n in range(BELLS + 5):
        spool.put(tape.Bell(str(n)))
    spool.attach(0.0)
    bells = read(spool.drain(0, 0.0))
    assert len(bells) == BELLS and bells[-1] == tape.Bell(str(BELLS + 4))


def test_a_full_queue_drops_until_it_is_empty() -> None:
    spool = Spool()
    spool.attach(0.0)
    spool.drain(LARGEST + 1, 0.1)
    assert not spool.taking
    spool.put(PACKETS)
    spool.drain(LARGEST // 2, 0.2)
    assert not spool.taking and spool.dropped == 1
    spool.put(tape.Bell("math"))
    assert read(spool.drain(0, 0.3)) == [tape.Bell("math")]
    assert spool.taking


def test_a_recorder_that_does_not_read_is_not_waited_for() -> None:
    spool = Spool()
    spool.attach(0.0)
    spool.drain(1, OLDEST)
    assert spool.taking
    spool.drain(1, OLDEST + 0.1)
    assert not spool.taking
