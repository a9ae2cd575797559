"""A slow or absent recorder never slows a lesson."""

from signaling.sfu.spool import BELLS, LARGEST, OLDEST, Spool
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


def test_without_a_recorder_packets_are_dropped_and_counted() -> None:
    spool = Spool()
    spool.put(PACKETS)
    assert spool.dropped == 1
    spool.attach(0.0)
    assert spool.drain(0, 0.0) == b""


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
