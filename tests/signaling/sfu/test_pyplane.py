"""What only the plane in Python has; what both have is in test_plane.py."""

import pytest

from signaling.sfu.cover import UNTIMED
from signaling.sfu.numbering import Start
from signaling.sfu.pyplane import Plane, _alike


@pytest.mark.parametrize(
    ("sizes", "together"),
    [
        ([100, 100, 100], True),
        ([100, 100, 99], True),
        ([100, 99, 100], False),
        ([100, 101], False),
        ([100], False),
        ([100] * 61, False),
        ([1400] * 43, False),
    ],
)
def test_only_what_the_kernel_can_cut_goes_together(sizes: list[int], together: bool) -> None:
    assert _alike([bytes(size) for size in sizes]) is together


def test_a_stream_nobody_is_sent_keeps_nothing() -> None:
    plane = Plane([])
    stream = plane.stream(plane.line(), 1, b"", UNTIMED, Start(0, 0, 0, 0))
    assert stream.recall(1) is None
