"""Makes one MP4 of an ended lesson, in parts: what a crash leaves finished is not made again."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from synclass import wire
from synclass.lesson import Entry
from synclass.ports import Shelf
from synclass.words import LessonId

from .film.captions import captions
from .film.coder import Pictures, Sounds
from .film.easel import Easel
from .film.joining import join
from .film.plan import read
from .film.scene import Scene
from .film.screen import Screen
from .film.tiles import Tiles
from .film.voices import BLOCK, RATE, Voice, mixed
from .paper import book

NAME, CAPTIONS = "film.mp4", "chat.vtt"
SEGMENT = 60  # seconds of a part: what a crash costs at most
PER_SECOND = 10  # pictures while something moves: ink is seen to flow
STILL = 1  # seconds: as often a picture comes that is the one before, so that players can seek
SOUND_SHARE = 0.15  # of the work

Tell = Callable[[float], None]
"""Is told the share that is done, and may raise to end it."""


class Export:
    """One film being made in a folder of its own."""

    def __init__(self, shelf: Shelf, lesson: LessonId, folder: Path, tell: Tell) -> None:
        """Raises Refused("no-recording") or ("not-ended")."""
        self._shelf, self._lesson, self._folder, self._tell = shelf, lesson, folder, tell
        self._plan = read(self._entries())
        self._tracks = shelf.tracks(lesson)
        self._sound = folder / "sound.mp4"
        begins = range(0, -int(-self._plan.lasts // 1), SEGMENT)
        self._parts = [(at, folder / f"{at:06}.mp4") for at in begins]

    def make(self) -> Path:
        """The film's path; goes on where it was left, and at once where it is there."""
        self._begin()
        made = self._folder / NAME
        if not made.exists():
            if not self._sound.exists():
                self._mix()
            self._draw()
            (self._folder / CAPTIONS).write_text(captions(self._entries(), self._plan))
            join(self._parts, self._sound, self._plan, made)
        for path in (self._sound, *(path for _, path in self._parts)):
            path.unlink(missing_ok=True)
        return made

    def _begin(self) -> None:
        """What was begun of another state of the lesson is thrown away."""
        about = self._folder / "plan.json"
        told = msgspec.json.encode((PER_SECOND, self._plan, self._tracks))
        if not about.exists() or about.read_bytes() != told:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder.mkdir(parents=True)
            about.write_bytes(told)

    def _mix(self) -> None:
        with Sounds(self._sound) as sounds:
            for n, block in enumerate(mixed(list(self._voices()), self._plan.lasts)):
                sounds.add(block)
                if n % (RATE // BLOCK) == 0:
                    self._tell(SOUND_SHARE * n * BLOCK / RATE / self._plan.lasts)

    def _voices(self) -> Iterator[Voice]:
        for track in self._tracks:
            path = self._shelf.media(self._lesson, track.name)
            if track.track == "voice" and path is not None and track.clusters:
                first = track.clusters[0][0] / 1000
                yield Voice(path, first=first, begins=self._plan.begins)

    def _draw(self) -> None:
        scene, screen, tiles = Scene(self._entries()), Screen(), Tiles()
        easel = Easel(book.sheets(self._shelf, self._lesson))
        for begins, path in self._parts:
            if path.exists():
                continue
            with Pictures(path, tiles) as pictures:
                for n in range(self._count(begins)):
                    scene.until(self._plan.begins + begins + n / PER_SECOND)
                    region = easel.draw(scene)
                    if region:
                        screen.put(region, easel.pixels[region.slices])
                    if region or n % (STILL * PER_SECOND) == 0:
                        pictures.add(screen, n / PER_SECOND)
                        self._done(begins + n / PER_SECOND)

    def _count(self, begins: int) -> int:
        """Pictures of a part, at most."""
        return max(1, round(min(SEGMENT, self._plan.lasts - begins) * PER_SECOND))

    def _done(self, at: float) -> None:
        self._tell(SOUND_SHARE + (1 - SOUND_SHARE) * at / self._plan.lasts)

    def _entries(self) -> Iterator[Entry]:
        for record in self._shelf.read(self._lesson):
            yield from wire.entries(record)
