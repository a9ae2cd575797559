"""A line's own books; what is seen of it is in test_plane_resends.py and test_plane_inbound.py."""

from signaling.sfu.rtcp import remb

from .planes import Ends


def test_an_estimate_beyond_all_lines_is_bounded() -> None:
    with Ends("python").connect() as ends:
        ends.hear(remb(2**60, [1]))
        assert ends.line.remb == 2**40


def test_a_closed_line_is_nobodys() -> None:
    with Ends("python").connect() as ends:
        ends.source()
        ends.stream()
        ends.line.close()
        assert not vars(ends.line)["sources"] and not vars(ends.line)["streams"]
