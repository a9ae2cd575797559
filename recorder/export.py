"""Makes one MP4 of an ended lesson, in parts: what a crash leaves finished is not made again."""

import math
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from synclass import wire
from synclass.lesson import Entry
from synclass.ports import Shelf
from synclass.words import LessonId

from .film.cameras import Camera, Reel
from .film.captions import captions
from .film.coder import Pictures, Sounds
from .film.corners import free
from .film.easel import Easel
from .film.joining import join
from .film.plan import read
from .film.scene import Scene
from .film.screen import Screen
from .film.stage import Stage
from .film.tiles import Tiles
from .film.voices import BLOCK, RATE, Voice, mixed
from .paper import book

NAME, CAPTIONS = "film.mp4", "chat.vtt"
SEGMENT = 60  # seconds of a part: what a crash costs at most
PER_SECOND = 10  # pictures while something moves: ink is seen to flow
WITH_CAMERA = 12  # the same of a film with the teacher's picture in it
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
        self._cameras = [self._reels(track) for track in ("camera", "content")]
        self._rate = WITH_CAMERA if any(self._cameras) else PER_SECOND
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
        told = msgspec.json.encode((self._rate, self._plan, self._tracks))
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
        stage = Stage(screen, *map(Camera, self._cameras))
        easel, corners = Easel(book.sheets(self._shelf, self._lesson)), self._corners()
        for begins, path in self._parts:
            if path.exists():
                continue
            with Pictures(path, tiles) as pictures:
                for n in range(self._count(begins)):
                    at = self._plan.begins + begins + n / self._rate
                    scene.until(at)
                    region = easel.draw(scene)
                    new = stage.show(at, easel, region, corners[scene.pages.current])
                    if new or n % (STILL * self._rate) == 0:
                        pictures.add(screen, n / self._rate)
                        self._done(begins + n / self._rate)

    def _corners(self) -> dict[int, str]:
        """Of each page, where the teacher's picture is."""
        scene = Scene(self._entries())
        scene.until(math.inf)
        return {number: free(page) for number, page in scene.board.pages.items()}

    def _reels(self, kind: str) -> list[Reel]:
        found = []
        for track in self._tracks:
            path = self._shelf.media(self._lesson, track.name)
            if track.track == kind and track.who in self._plan.teachers and path and track.clusters:
                found.append(Reel(path, track.clusters[0][0] / 1000, track.ends_ms / 1000))
        return found

    def _count(self, begins: int) -> int:
        """Pictures of a part, at most."""
        return max(1, round(min(SEGMENT, self._plan.lasts - begins) * self._rate))

    def _done(self, at: float) -> None:
        self._tell(SOUND_SHARE + (1 - SOUND_SHARE) * at / self._plan.lasts)

    def _entries(self) -> Iterator[Entry]:
        for record in self._shelf.read(self._lesson):
            yield from wire.entries(record)
