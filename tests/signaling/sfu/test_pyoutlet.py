"""What the kernel is given at once; the rest of it is in test_plane.py."""

import pytest

from signaling.sfu.pyoutlet import SEGMENTS, Outlet, cuts_of


@pytest.mark.parametrize(
    ("sizes", "cuts"),
    [
        ([], []),
        ([100], [1]),
        ([100, 100, 100], [3]),
        ([100, 100, 99], [3]),
        ([100, 99, 100], [2, 3]),
        ([100, 101, 101], [1, 3]),
        ([100] * (SEGMENTS + 1), [SEGMENTS, SEGMENTS + 1]),
        ([1400] * 43, [42, 43]),
    ],
)
def test_only_what_the_kernel_can_cut_goes_together(sizes: list[int], cuts: list[int]) -> None:
    assert cuts_of(sizes) == cuts


def test_there_is_no_way_through_a_socket_that_is_not_there() -> None:
    assert Outlet([]).way(("127.0.0.1", 9, 0)) is None
