"""A robot's camera shows who speaks, who raises a hand, and what time of the lesson it is."""

import asyncio
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from synclass.cli.robot.canvas import WHITE, Canvas
from synclass.cli.robot.picture import CLOCK, WALLS, Camera, Draw, classroom, teacher

from .conftest import Later

FPS = 20


def seen(draw: Draw, at: float) -> bytes:
    """All three planes of a picture."""
    return b"".join(bytes(plane) for plane in draw(at).frame().planes)


def room(number: int = 0, *, raised: bool = False, speaking: bool = False) -> Draw:
    return classroom(number, raised=lambda: raised, speaking=lambda: speaking)


@settings(max_examples=25)
@given(st.floats(0, 40_000), st.integers(0, 30), st.booleans())
def test_a_picture_has_its_size_at_any_time_of_any_lesson(
    at: float, number: int, moved: bool
) -> None:
    for draw, size in ((teacher(lambda: moved), (320, 240)), (room(number), (160, 120))):
        frame = draw(at).frame()
        assert ((frame.width, frame.height), frame.format.name) == (size, "yuv420p")


@pytest.mark.parametrize("at", [0.0, 59.0, 599.0, 3599.0])
def test_the_clock_in_the_picture_goes_on_each_second(at: float) -> None:
    for draw, (left, right) in ((teacher(lambda: False), (200, 300)), (room(), (125, 160))):
        first, second = (_clock(draw(at + n), left, right) for n in (0.0, 1.0))
        assert first != second
        assert _clock(draw(at + 0.5), left, right) == first


def _clock(picture: Canvas, left: int, right: int) -> list[bytes]:
    frame = picture.frame()
    data, line = bytes(frame.planes[0]), frame.planes[0].line_size
    return [data[y * line + left : y * line + right] for y in range(8, 52)]


def test_a_picture_moves_and_is_the_same_at_the_same_time() -> None:
    for draw in (teacher(lambda: True), room(speaking=True)):
        assert seen(draw, 10.0) == seen(draw, 10.0)
        assert len({seen(draw, 10 + n / 8) for n in range(8)}) > 3


def test_a_mouth_moves_only_while_it_speaks() -> None:
    assert seen(teacher(lambda: True), 10.1) != seen(teacher(lambda: False), 10.1)
    assert seen(room(speaking=True), 10.1) != seen(room(), 10.1)


def test_a_raised_hand_is_seen() -> None:
    assert seen(room(raised=True), 10.0) != seen(room(), 10.0)


def test_neighbouring_rooms_do_not_look_alike() -> None:
    assert len({seen(room(number), 10.0) for number in range(len(WALLS))}) == len(WALLS)


async def test_a_camera_shows_the_time_of_the_lesson_so_many_times_a_second() -> None:
    drawn, loop = list[float](), asyncio.get_running_loop()

    def draw(at: float) -> Canvas:
        drawn.append(at)
        return Canvas(32, 32, WHITE)

    began = loop.time()
    camera = Camera(draw, lambda: loop.time() - began - 0.05, FPS)
    frames = [await camera.recv() for _ in range(4)]
    assert drawn[0] == 0.0, "before the opening it is not earlier than the opening"
    assert loop.time() - began >= 3 / FPS
    assert [frame.pts for frame in frames] == [n * CLOCK // FPS for n in range(4)]
    assert {frame.time_base for frame in frames} == {Fraction(1, CLOCK)}


async def test_a_machine_that_stood_still_does_not_make_up_for_lost_pictures(later: Later) -> None:
    loop = asyncio.get_running_loop()
    began, camera = loop.time(), Camera(room(), lambda: 5.0, FPS)
    await camera.recv()
    later(60.0)
    frame = await camera.recv()
    assert frame.pts is not None and 60.0 <= frame.pts / CLOCK <= loop.time() - began
