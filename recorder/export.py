"""Makes one MP4 of an ended lesson, in parts: what a crash leaves finished is not made again."""

import os
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import msgspec
from msgspec import structs

from synclass import wire
from synclass.lesson import Entry
from synclass.ports import Language, Shelf
from synclass.words import LessonId

from .film.captions import captions
from .film.hands import Hands
from .film.joining import join
from .film.maker import SEGMENT, Job, Maker
from .film.plan import read
from .film.terms import CAPTIONS, NAME

SOUND_SHARE = 0.15  # of the work
HANDS = min(2, os.cpu_count() or 1)  # processes that draw: a class beside them wants the rest
WORTH = 3  # parts: for less nobody else is asked, who would take a second to begin

Tell = Callable[[float], None]
"""Is told the share that is done, and may raise to end it."""


class Export:
    """One film being made in a folder of its own."""

    def __init__(
        self,
        shelf: Shelf,
        lesson: LessonId,
        folder: Path,
        tell: Tell,
        *,
        hands: int = HANDS,
        language: Language = "zh",
    ) -> None:
        """``hands`` is how many processes draw, ``language`` that of the chapters' titles.

        Raises Refused("no-recording") or ("not-ended").
        """
        self._shelf, self._lesson, self._folder, self._tell = shelf, lesson, folder, tell
        self._hands, self._language = hands, language
        self._plan = read(self._entries())
        self._maker = Maker(shelf, lesson, self._plan)
        self._sound = Job(folder / "sound.mp4", None, self._plan.lasts)
        self._parts = [
            Job(folder / f"{at:06}.mp4", at, min(SEGMENT, self._plan.lasts - at))
            for at in range(0, -int(-self._plan.lasts // 1), SEGMENT)
        ]

    def make(self) -> Path:
        """The film's path; goes on where it was left, and at once where it is there."""
        self._begin()
        made = self._folder / NAME
        if not made.exists():
            self._work()
            (self._folder / CAPTIONS).write_text(captions(self._entries(), self._plan))
            parts = [(part.begins or 0, part.path) for part in self._parts]
            join(parts, self._sound.path, self._plan, made, language=self._language)
        for job in (self._sound, *self._parts):
            job.path.unlink(missing_ok=True)
        return made

    def _begin(self) -> None:
        """What was begun of another state of the lesson is thrown away; marks may still come."""
        about = self._folder / "plan.json"
        tracks = self._shelf.tracks(self._lesson)
        plan = structs.replace(self._plan, chapters=[])
        told = msgspec.json.encode((self._maker.rate, plan, tracks, self._language))
        if not about.exists() or about.read_bytes() != told:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder.mkdir(parents=True)
            about.write_bytes(told)

    def _work(self) -> None:
        """Make what is not there yet."""
        jobs = [job for job in (self._sound, *self._parts) if not job.path.exists()]
        done = {job: 0.0 if job in jobs else job.lasts for job in (self._sound, *self._parts)}

        def note(job: Job, seconds: float) -> None:
            done[job] = seconds
            pictures = sum(done[part] for part in self._parts)
            share = SOUND_SHARE * done[self._sound] + (1 - SOUND_SHARE) * pictures
            self._tell(min(1.0, share / self._plan.lasts))

        if self._hands > 1 and len(jobs) > WORTH:
            with Hands(self._hands, self._shelf, self._lesson, self._plan) as hands:
                for job, seconds in hands.make(jobs):
                    note(job, seconds)
        else:
            for job in jobs:
                self._maker.make(job, partial(note, job))
                note(job, job.lasts)

    def _entries(self) -> Iterator[Entry]:
        for record in self._shelf.read(self._lesson):
            yield from wire.entries(record)
