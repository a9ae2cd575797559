"""The numbers of one stream, sequence, time and pictures together."""

from signaling.sfu import vp8
from signaling.sfu.codecs import arrive
from signaling.sfu.numbering import Numbering, Start

from . import packets


def test_pictures_are_numbered_with_their_packets() -> None:
    numbers = Numbering(Start(100, 5000, 77, 8))
    first = arrive("VP8", packets.rtp(7, 0, packets.vp8(3, key=True, tl0=9)), 1.0)
    numbers.begin(7, 0, 0, (3, 9))
    placed = numbers.place(first)
    assert placed is not None and (placed.seq, placed.ts, placed.picture) == (101, 5000, (78, 9))
    where = vp8.describe(placed.head(first) + first.rest)
    assert where is not None and (where.pid, where.tl0) == (78, 9)


def test_the_newest_packet_tells_the_time_and_a_late_one_does_not() -> None:
    numbers = Numbering(Start(100, 5000, 0, 0))
    numbers.begin(7, 0, 0, None)
    for seq, at in ((7, 1.0), (9, 1.2), (8, 1.3)):
        assert numbers.place(arrive("opus", packets.rtp(seq, seq * 960, b"\x79voice"), at))
    assert numbers.at == 1.2 and numbers.length == 1920
    assert numbers.ts == numbers.stamp(9 * 960)


def test_a_packet_from_before_the_seam_has_no_place() -> None:
    numbers = Numbering(Start(100, 5000, 0, 0))
    numbers.begin(7, 0, 0, None)
    assert numbers.place(arrive("opus", packets.rtp(6, 0, b"x"), 1.0)) is None
    assert numbers.at is None
