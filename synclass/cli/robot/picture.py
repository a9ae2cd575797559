"""A robot's camera: a drawn teacher at a blackboard with the lesson's clock, or a village class."""

import asyncio
import math
from collections.abc import Callable
from fractions import Fraction

from aiortc import MediaStreamTrack
from av import VideoFrame

from .canvas import BLUE, GREEN, INK, RED, SKIN, SKY, WHITE, WOOD, YELLOW, Canvas, Colour

CLOCK = 90_000  # Hz (RFC 7741 §4.1)
WALLS: tuple[Colour, ...] = (SKY, YELLOW, (170, 120, 110))
Draw = Callable[[float], Canvas]
"""The picture at a lesson time in seconds."""


class Camera(MediaStreamTrack):
    """Draws a picture so many times a second, at the moment it is due."""

    kind = "video"

    def __init__(self, draw: Draw, clock: Callable[[], float], fps: int) -> None:
        super().__init__()
        self._draw, self._clock, self._fps = draw, clock, fps
        self._start = asyncio.get_running_loop().time()
        self._n = 0

    async def recv(self) -> VideoFrame:
        loop = asyncio.get_running_loop()
        late = loop.time() - self._start - self._n / self._fps
        if late > 1.0:  # the machine stood still: do not make up for it
            self._n += math.ceil(late * self._fps)
        await asyncio.sleep(self._start + self._n / self._fps - loop.time())
        frame = self._draw(max(0.0, self._clock())).frame()
        frame.pts, frame.time_base = self._n * CLOCK // self._fps, Fraction(1, CLOCK)
        self._n += 1
        return frame


def teacher(speaking: Callable[[], bool]) -> Draw:
    """Somebody before a blackboard whose arm writes, and the time of the lesson."""
    room = Canvas(320, 240, WOOD)
    room.box(10, 10, 300, 150, WHITE)
    room.box(14, 14, 292, 142, GREEN)
    room.box(40, 60, 40, 6, WHITE)
    room.digits("1", 52, 26, 14, WHITE)
    room.digits("2", 52, 74, 14, WHITE)
    room.box(0, 205, 320, 35, (95, 105, 150))

    def draw(at: float) -> Canvas:
        picture = room.copy()
        sway = round(4 * math.sin(at))
        hand = 110 + round(22 * math.sin(at * 1.7)), 78 + round(14 * math.cos(at * 2.9))
        picture.digits(_clock(at), 210, 24, 14, YELLOW)
        _arm(picture, (168 + sway, 146), hand)
        picture.box(164 + sway, 132, 56, 90, BLUE)
        picture.disc(192 + sway, 106, 24, SKIN)
        picture.box(170 + sway, 80, 44, 12, INK)
        picture.disc(184 + sway, 103, 2, INK)
        picture.disc(200 + sway, 103, 2, INK)
        mouth = 2 + round(3 * abs(math.sin(at * 9))) if speaking() else 2
        picture.box(185 + sway, 116, 14, mouth, RED)
        return picture

    return draw


def classroom(number: int, *, raised: Callable[[], bool], speaking: Callable[[], bool]) -> Draw:
    """Three pupils at their desks; the middle one gets up to speak."""
    room = Canvas(160, 120, WALLS[number % len(WALLS)])
    room.box(8, 8, 40, 28, WHITE)
    room.box(0, 96, 160, 24, WOOD)

    def draw(at: float) -> Canvas:
        picture = room.copy()
        for pupil, coat in enumerate((RED, BLUE, GREEN)):
            x = 34 + 46 * pupil
            y = 66 + round(2 * math.sin(at * 1.3 + pupil * 2 + number))
            if pupil == 1 and speaking():
                y -= 12
            picture.box(x - 12, y + 10, 24, 96 - y, coat)
            picture.disc(x, y, 11, SKIN)
            picture.box(x - 10, y - 12, 20, 6, INK)
            if pupil == 1 and raised():
                picture.box(x + 13, y - 22, 6, 34, SKIN)
        if speaking() and math.sin(at * 9) > 0:
            picture.box(76, 58, 8, 3, RED)
        picture.digits(f"{int(at) % 60:02}", 130, 10, 8, INK)
        return picture

    return draw


def _arm(picture: Canvas, shoulder: tuple[int, int], hand: tuple[int, int]) -> None:
    for step in range(13):
        x, y = (a + (b - a) * step // 12 for a, b in zip(shoulder, hand, strict=True))
        picture.disc(x, y, 6, BLUE if step < 11 else SKIN)
    picture.box(hand[0] - 8, hand[1] - 3, 8, 3, WHITE)


def _clock(at: float) -> str:
    return f"{int(at) // 60 % 60:02}:{int(at) % 60:02}"
