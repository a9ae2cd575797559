"""Board, teacher and what she shows, in one picture."""

import av
import numpy as np

from recorder.film.cameras import Camera
from recorder.film.easel import Easel
from recorder.film.region import ALL, Region
from recorder.film.scene import Scene
from recorder.film.screen import Screen
from recorder.film.stage import BOARD, CONTENT, Stage, corner, fitted

from .scenes import BELL, a_class, entries


class Still(Camera):
    """A camera that shows what it is told to."""

    def __init__(self) -> None:
        super().__init__([])
        self.frame: av.VideoFrame | None = None

    def at(self, second: float) -> av.VideoFrame | None:
        return self.frame


def grey(level: int, width: int = 1280, height: int = 720) -> av.VideoFrame:
    return av.VideoFrame.from_ndarray(np.full((height, width, 3), level, np.uint8), "rgb24")


class Show:
    def __init__(self) -> None:
        self.screen, self.teacher, self.content = Screen(), Still(), Still()
        self.stage = Stage(self.screen, self.teacher, self.content)
        self.scene, self.easel = Scene(iter(entries(a_class()))), Easel(lambda name: None)

    def at(self, second: float, where: str = "bottom right") -> bool:
        self.scene.until(second)
        return self.stage.show(second, self.easel, self.easel.draw(self.scene), where)

    def brightness(self, x: int, y: int) -> int:
        return int(self.screen.y[y, x])


def test_the_teacher_is_seen_in_the_corner_and_the_board_around_her() -> None:
    show = Show()
    show.teacher.frame = grey(100)
    assert show.at(BELL) and not show.at(BELL)
    assert abs(show.brightness(1700, 950) - 102) < 4 and show.brightness(1000, 950) > 225
    show.teacher.frame = grey(200)
    assert show.at(BELL + 0.1) and abs(show.brightness(1700, 950) - 188) < 4


def test_where_her_camera_is_off_or_she_moves_the_board_is_seen_again() -> None:
    show = Show()
    show.teacher.frame = grey(100)
    show.at(BELL)
    assert show.at(BELL, "top left")
    assert show.brightness(1700, 950) > 225 and show.brightness(100, 100) < 110
    show.teacher.frame = None
    assert show.at(BELL) and show.brightness(100, 100) > 225


def test_ink_that_is_written_under_her_does_not_hide_her() -> None:
    show = Show()
    show.teacher.frame = grey(100)
    show.at(BELL, "top left")
    assert show.at(BELL + 4, "top left")
    assert abs(show.brightness(200, 218) - 102) < 4 and show.brightness(600, 250) < 120


def test_what_she_shows_is_large_and_board_and_teacher_are_beside_it() -> None:
    show = Show()
    show.teacher.frame = grey(100)
    show.at(BELL)
    show.content.frame = grey(50, 800, 600)
    assert show.at(BELL) and not show.at(BELL)
    assert abs(show.brightness(720, 500) - 59) < 4 and show.brightness(100, 500) == 16
    assert show.brightness(BOARD.left + 20, BOARD.top + 20) > 225
    assert abs(show.brightness(1600, 500) - 102) < 4
    show.content.frame = None
    assert show.at(BELL) and show.brightness(100, 500) > 225


def test_pictures_keep_their_proportions() -> None:
    assert fitted(1280, 720, CONTENT) == CONTENT
    assert fitted(600, 800, Region(0, 0, 400, 400)) == Region(50, 0, 350, 400)
    assert corner("bottom right", 384, 216) == Region(1520, 848, 1904, 1064)
    assert fitted(1, 5000, ALL).right - fitted(1, 5000, ALL).left == 2
