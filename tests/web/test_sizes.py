"""Which sizes of a picture go up."""

import pytest

from .browser import browser

THREE = ["q", "h", "f"]


def fitted(
    rids: list[str], width: int | None, *, in_sight: bool = True, shown: list[str] | None = None
) -> list[tuple[int, bool]]:
    [sizes] = browser([("fitted", rids, width, in_sight, shown)])
    return [(size["scale"], size["active"]) for size in sizes]


def test_a_small_camera_offers_two_sizes_and_a_large_one_three() -> None:
    assert browser([("offered", width) for width in (320, 640, 854, 960, 1280, None)]) == [
        *(2, 2, 2),
        *(3, 3, 3),
    ]


def test_a_large_camera_on_stage_sends_all_its_sizes() -> None:
    assert fitted(THREE, 1280) == [(4, True), (2, True), (1, True)]


def test_a_small_camera_sends_its_half_and_its_whole() -> None:
    assert fitted(["q", "h"], 640) == [(2, True), (1, True)]
    assert fitted(THREE, 640) == [(2, True), (1, True), (1, False)], "opened after the offer"


def test_a_large_camera_in_place_of_a_small_one_is_made_as_small() -> None:
    assert fitted(["q", "h"], 1280) == [(4, True), (2, True)]


def test_off_the_stage_only_the_smallest_goes_up() -> None:
    assert fitted(THREE, 1280, in_sight=False) == [(4, True), (2, False), (1, False)]


@pytest.mark.parametrize("shown", [[], ["q"], ["f"], ["q", "f"], THREE])
def test_what_nobody_is_shown_is_not_sent(shown: list[str]) -> None:
    assert [active for _, active in fitted(THREE, 1280, shown=shown)] == [
        rid in shown for rid in THREE
    ]


def test_what_is_shown_does_not_bring_a_room_on_stage() -> None:
    sizes = fitted(THREE, 1280, in_sight=False, shown=THREE)
    assert [active for _, active in sizes] == [True, False, False]
