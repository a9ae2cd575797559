"""Where numbers begin."""

from signaling.sfu.numbering import Start


def test_a_plane_reads_a_beginning_by_position() -> None:
    assert tuple(Start(seq=1, ts=2, pid=3, tl0=4)) == (1, 2, 3, 4)
