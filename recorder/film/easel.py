"""Draws the board over time: what is settled stays, and only what moved is drawn anew."""

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import skia

from synclass.inclass.pages import Paper
from synclass.ink import Chain, Point, decode_stroke
from synclass.marks import UNIT, Ink, Mark, Page

from ..paper import book, canvas, page
from ..paper.book import Sheets
from ..paper.drawing import INKS, Item
from ..paper.look import Look, look
from .region import ALL, HEIGHT, WIDTH, Region, together
from .scene import Scene
from .screen import Pixels
from .sights import pointers, veil, view


class Easel:
    """The page in front as a classroom sees it, in ``pixels``."""

    def __init__(self, sheets: Sheets) -> None:
        self._sheets = sheets
        self._settled = _Sheet()
        self._shown = _Sheet()
        self._kept: dict[int, tuple[Look, skia.Picture]] = {}
        """The front page's marks as they were drawn last."""
        self._ground: tuple[Paper, skia.Picture] | None = None
        self._front = 0
        self._growing: dict[int, _Growing] = {}
        self._over: Region | None = None
        """Where pointers are drawn."""

    @property
    def pixels(self) -> Pixels:
        return self._shown.pixels

    def draw(self, scene: Scene) -> Region | None:
        """Show the scene as it is now; returns what of the picture may differ."""
        growing = scene.board.pages[scene.pages.current]
        down = [n for n, where in scene.board.drawing.items() if where == scene.pages.current]
        before = self._over
        self._over = pointers(scene)
        if scene.whole or not self._follow(scene, growing, down):
            self._settle(scene, growing, down)
            region: Region | None = ALL
        else:
            areas = (self._area(scene, number) for number in scene.inked)
            region = together([before, self._over, *areas])
            self._finish(scene, growing, down)
        scene.drawn()
        if region:
            self._compose(scene, region)
        return region

    def _follow(self, scene: Scene, on: Page, down: list[int]) -> bool:
        """Take up what was written; False where it lies below something that is settled."""
        for number in scene.inked:
            mark = on.marks[number]
            assert isinstance(mark.body, Ink)
            self._growing.setdefault(number, _Growing()).take(mark.body.ink)
        ended = [number for number in scene.inked if number not in down]
        latest = [n for n in reversed(on.marks) if n not in self._growing]
        return not ended or not latest or all(_is_later(on, n, latest[0]) for n in ended)

    def _area(self, scene: Scene, number: int) -> Region | None:
        mark = scene.board.pages[scene.pages.current].marks[number]
        assert isinstance(mark.body, Ink)
        return self._growing[number].area(mark.body.pen.width, view(scene.gaze.view))

    def _finish(self, scene: Scene, on: Page, down: list[int]) -> None:
        """Strokes whose pen was lifted lie still."""
        with self._settled.seen(scene) as to:
            for number in [n for n in on.marks if n in self._growing and n not in down]:
                to.drawPicture(self._picture(number, on, on.marks[number]))
                del self._growing[number]

    def _settle(self, scene: Scene, on: Page, down: list[int]) -> None:
        """Draw the whole page, but what is still being written."""
        if self._front != scene.pages.current:
            self._front = scene.pages.current
            self._kept.clear()
        self._growing = {number: _Growing() for number in down}
        for number, stroke in self._growing.items():
            body = on.marks[number].body
            assert isinstance(body, Ink)
            stroke.take(body.ink)
        with self._settled.seen(scene) as to:
            to.clear(skia.ColorWHITE)
            to.drawPicture(self._paper(scene.pages.papers[scene.pages.current]))
            for number, mark in on.marks.items():
                if number not in self._growing:
                    to.drawPicture(self._picture(number, on, mark))

    def _compose(self, scene: Scene, region: Region) -> None:
        """What is settled, what is being written, what is shown over it, and where to look."""
        self._shown.pixels[region.slices] = self._settled.pixels[region.slices]
        current = scene.pages.current
        on = scene.board.pages[current]
        with self._shown.seen(scene, region) as to:
            for number, stroke in self._growing.items():
                canvas.draw(to, stroke.items(number, on, on.marks[number]), self._sheets)
            for number, mark in book.traces(scene.layers, current).marks.items():
                to.drawPicture(self._picture(-number, Page(), mark))
            canvas.draw(to, veil(scene), self._sheets)

    def _paper(self, paper: Paper) -> skia.Picture:
        if self._ground is None or self._ground[0] != paper:
            self._ground = paper, _recorded(page.ground(paper), self._sheets)
        return self._ground[1]

    def _picture(self, key: int, on: Page, mark: Mark) -> skia.Picture:
        seen = look(abs(key), on, mark)
        kept = self._kept.get(key)
        if seen is None:
            return _recorded([], self._sheets)
        if kept is None or kept[0] != seen:
            kept = self._kept[key] = seen, _recorded([*page.placed(seen)], self._sheets)
        return kept[1]


class _Sheet:
    """Pixels, and a canvas on them in board pixels."""

    def __init__(self) -> None:
        self.pixels: Pixels = np.zeros((HEIGHT, WIDTH, 4), np.uint8)
        self._surface = skia.Surface(self.pixels, colorType=skia.ColorType.kRGBA_8888_ColorType)

    @contextmanager
    def seen(self, scene: Scene, region: Region = ALL) -> Iterator[skia.Canvas]:
        """To draw on a part of it, where the teacher's view is."""
        to = self._surface.getCanvas()
        scale, x, y = view(scene.gaze.view)
        to.save()
        to.clipRect(skia.Rect(*region))
        to.scale(scale, scale)
        to.translate(-x, -y)
        yield to
        to.restore()


class _Growing:
    """A stroke whose pen is down, decoded as it comes."""

    def __init__(self) -> None:
        self._chain, self._taken = Chain(), 0
        self.points: list[Point] = []

    def take(self, ink: bytes) -> None:
        self.points += decode_stroke(ink[self._taken :], self._chain)
        self._taken = len(ink)

    def area(self, width: int, seen: tuple[float, float, float]) -> Region | None:
        """Where it is in the picture, and a little more for smooth edges."""
        scale, x, y = seen
        if not self.points:
            return None
        xs, ys = [point[0] / UNIT for point in self.points], [p[1] / UNIT for p in self.points]
        out = width / UNIT + 2
        return Region.around(
            (min(xs) - out - x) * scale,
            (min(ys) - out - y) * scale,
            (max(xs) + out - x) * scale,
            (max(ys) + out - y) * scale,
        )

    def items(self, number: int, on: Page, mark: Mark) -> list[Item]:
        assert isinstance(mark.body, Ink)
        pen = mark.body.pen
        if mark.changes or not on.is_on(mark.op):
            seen = look(number, on, mark)
            return [*page.placed(seen)] if seen else []
        colour = INKS[pen.colour if 0 <= pen.colour < len(INKS) else 0]
        return [*page.written(pen, [self.points], colour)]


def _is_later(on: Page, number: int, other: int) -> bool:
    order = list(on.marks)
    return order.index(number) > order.index(other)


def _recorded(items: list[Item], sheets: Sheets) -> skia.Picture:
    recorder = skia.PictureRecorder()
    canvas.draw(recorder.beginRecording(skia.Rect.MakeWH(WIDTH, HEIGHT)), items, sheets)
    return recorder.finishRecordingAsPicture()
