"""Makes one piece of a film: its sound, or a minute of its pictures; goes forward only."""

import math
from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from synclass import wire
from synclass.lesson import Entry
from synclass.ports import Shelf
from synclass.words import LessonId

from ..paper import book
from .cameras import Camera, Reel
from .coder import Pictures, Sounds
from .corners import free
from .easel import Easel
from .plan import Plan
from .scene import Scene
from .screen import Screen
from .stage import Stage
from .tiles import Tiles
from .voices import BLOCK, RATE, Voice, mixed

SEGMENT = 60  # seconds of a part: what a crash costs at most
PER_SECOND = 10  # pictures while something moves: ink is seen to flow
WITH_CAMERA = 12  # the same of a film with the teacher's picture in it
STILL = 1  # seconds: as often a picture comes that is the one before, so that players can seek


class Job(NamedTuple):
    """The sound of the film, or pictures from a second of it on."""

    path: Path
    begins: int | None
    lasts: float


Tell = Callable[[float], None]
"""Is told how many seconds of the job are done, and may raise to end it."""


class Maker:
    def __init__(self, shelf: Shelf, lesson: LessonId, plan: Plan) -> None:
        self._shelf, self._lesson, self._plan = shelf, lesson, plan
        self._tracks = [track for track in shelf.tracks(lesson) if not track.erased]
        self._cameras = [self._reels(track) for track in ("camera", "content")]
        self.rate = WITH_CAMERA if any(self._cameras) else PER_SECOND

    def make(self, job: Job, tell: Tell) -> None:
        """Its file is there whole or not at all; pictures are asked for in their order."""
        if job.begins is None:
            self._mix(job, tell)
        else:
            self._drawing.draw(job, job.begins, tell)

    def _mix(self, job: Job, tell: Tell) -> None:
        with Sounds(job.path) as sounds:
            for n, block in enumerate(mixed(list(self._voices()), job.lasts)):
                sounds.add(block)
                if n % (RATE // BLOCK) == 0:
                    tell(n * BLOCK / RATE)

    def _voices(self) -> Iterator[Voice]:
        for track in self._tracks:
            path = self._shelf.media(self._lesson, track.name)
            if track.track == "voice" and path is not None and track.clusters:
                first = track.clusters[0][0] / 1000
                yield Voice(path, first=first, begins=self._plan.begins)

    def _reels(self, kind: str) -> list[Reel]:
        found = []
        for track in self._tracks:
            path = self._shelf.media(self._lesson, track.name)
            if track.track == kind and track.who in self._plan.teachers and path and track.clusters:
                found.append(Reel(path, track.clusters[0][0] / 1000, track.ends_ms / 1000))
        return found

    @cached_property
    def _drawing(self) -> "_Drawing":
        last = Scene(self._entries())
        last.until(math.inf)
        corners = {number: free(page) for number, page in last.board.pages.items()}
        easel = Easel(book.sheets(self._shelf, self._lesson))
        cameras = [Camera(reels) for reels in self._cameras]
        return _Drawing(
            Scene(self._entries()),
            easel,
            cameras,
            corners,
            begins=self._plan.begins,
            rate=self.rate,
        )

    def _entries(self) -> Iterator[Entry]:
        for record in self._shelf.read(self._lesson):
            yield from wire.entries(record)


class _Drawing:
    """The lesson as it was drawn last, and all that is drawn with."""

    def __init__(
        self,
        scene: Scene,
        easel: Easel,
        cameras: list[Camera],
        corners: dict[int, str],
        *,
        begins: float,
        rate: int,
    ) -> None:
        """``corners`` is where on each page the teacher's picture is."""
        self._scene, self._easel, self._corners = scene, easel, corners
        self._begins, self._rate = begins, rate
        self._screen, self._tiles = Screen(), Tiles()
        self._stage = Stage(self._screen, *cameras)

    def draw(self, job: Job, begins: int, tell: Tell) -> None:
        with Pictures(job.path, self._tiles) as pictures:
            for n in range(max(1, round(job.lasts * self._rate))):
                at = n / self._rate
                new = self._show(self._begins + begins + at)
                if new or n % (STILL * self._rate) == 0:
                    pictures.add(self._screen, at)
                    tell(at)

    def _show(self, at: float) -> bool:
        """The picture of this lesson second; whether it is new."""
        self._scene.until(at)
        region = self._easel.draw(self._scene)
        corner = self._corners[self._scene.pages.current]
        return self._stage.show(at, self._easel, region, corner)
