"""Packets of a frame go together, and no packet waits for long."""

from signaling.sfu.codecs import Arrival, arrive
from signaling.sfu.frames import Frames
from signaling.sfu.plane import MOST
from signaling.sfu.tracks import Source

from . import packets
from .planes import Subscriber, made
from .test_slots import sound, video


class Witness:
    """Takes one packet and goes, or stays."""

    def __init__(self, *, stays: bool = True) -> None:
        self.took: list[int] = []
        self._stays = stays

    def take(self, source: Source, arrival: Arrival) -> None:
        self.took.append(arrival.packet.seq)
        if not self._stays:
            source.part(self)


def picture(seq: int, *, marker: bool = False, key: bool = False) -> Arrival:
    payload = packets.vp8(1, key=key)
    return arrive("VP8", packets.rtp(seq, 0, payload)._replace(marker=marker), 1.0)


def test_a_frame_is_given_out_with_its_last_packet() -> None:
    frames, witness = Frames(made("python", [])), Witness()
    source, _ = packets.source()
    source.join(witness)
    frames.add(source, picture(1))
    frames.add(source, picture(2))
    assert not witness.took and frames.waiting
    frames.add(source, picture(3, marker=True))
    assert witness.took == [1, 2, 3] and not frames.waiting


def test_what_waits_is_flushed_and_a_long_frame_does_not_wait() -> None:
    frames, witness = Frames(made("python", [])), Witness()
    source, _ = packets.source()
    source.join(witness)
    for seq in range(MOST + 3):
        frames.add(source, picture(seq))
    assert len(witness.took) == MOST
    frames.flush()
    assert len(witness.took) == MOST + 3 and not frames.waiting


def test_a_word_does_not_wait() -> None:
    frames, witness = Frames(made("python", [])), Witness()
    source, _ = packets.source("opus")
    source.join(witness)
    frames.add(source, arrive("opus", packets.rtp(1, 0, b"x"), 0.0))
    assert witness.took == [1]


def test_who_leaves_while_a_packet_is_given_out_costs_nobody_theirs() -> None:
    frames, leavers = Frames(made("python", [])), [Witness(stays=False) for _ in range(5)]
    source, _ = packets.source("opus")
    for leaver in leavers:
        source.join(leaver)
    frames.add(source, arrive("opus", packets.rtp(1, 0, b"x"), 0.0))
    assert [leaver.took for leaver in leavers] == [[1]] * 5 and not source.takers


def test_a_camera_that_leaps_begins_anew_at_a_key_frame(subscriber: Subscriber) -> None:
    frames, slot = Frames(subscriber.plane), video(subscriber)
    source, pleas = packets.source()
    slot.show(source, 0.0)
    frames.add(source, picture(1, marker=True, key=True))
    pleas.clear()
    frames.add(source, picture(20_001, marker=True))
    assert len(subscriber.receive()) == 1 and not slot.switches > 1
    source.ask_key(9.0)
    assert pleas
    for seq, key in ((20_002, True), (20_003, False)):
        frames.add(source, picture(seq, marker=True, key=key))
    assert len(subscriber.receive()) == 3 and slot.switches == 2
    assert [int.from_bytes(data[2:4], "big") for data in subscriber.sent] == [65531, 65532, 65533]


def test_a_voice_that_leaps_goes_on_at_once(subscriber: Subscriber) -> None:
    frames, slot = Frames(subscriber.plane), sound(subscriber)
    source, _ = packets.source("opus")
    slot.show(source, 0.0)
    for seq in (1, 2, 30_000, 30_001):
        frames.add(source, arrive("opus", packets.rtp(seq, 0, b"\x78voice"), seq / 1e6))
    assert len(subscriber.receive()) == 4
