"""Which media worker has which lesson: spread evenly, and moved away from one that has fallen."""

import zlib
from collections import Counter
from collections.abc import Iterable

from synclass.words import LessonId


class Spread:
    """A lesson goes to the worker that has fewest, and stays there for as long as that one lives.

    While none is there yet its place is a guess, until a worker says that it has the lesson:
    workers outlive us, and their classes go on meanwhile.
    """

    def __init__(self, workers: int) -> None:
        self._workers = workers
        self._up: set[int] = set()
        self._places: dict[LessonId, int] = {}
        self._guessed: set[LessonId] = set()

    def place(self, lesson: LessonId) -> int:
        """Where the lesson is, or is to be from now on."""
        if lesson not in self._places:
            if not self._up:
                self._guessed.add(lesson)
            self._places[lesson] = self._freest(lesson)
        return self._places[lesson]

    def at(self, place: int) -> list[LessonId]:
        """The lessons of a worker."""
        return [lesson for lesson, there in self._places.items() if there == place]

    def forget(self, lesson: LessonId) -> None:
        """It is not live here any more."""
        self._places.pop(lesson, None)
        self._guessed.discard(lesson)

    def settle(self, lesson: LessonId) -> None:
        """Clients are there: its place is no guess any more."""
        self._guessed.discard(lesson)

    def rise(self, place: int, found: Iterable[str]) -> list[LessonId]:
        """A worker is there, and has these lessons; -> those of them that are elsewhere now."""
        self._up.add(place)
        strays = []
        for lesson in map(LessonId, found):
            if lesson in self._guessed:
                self._places[lesson] = place
                self._guessed.discard(lesson)
            elif self._places.get(lesson, place) != place:
                strays.append(lesson)
        return strays

    def fall(self, place: int) -> list[LessonId]:
        """A worker is gone; -> its lessons that others have now; without others, they wait."""
        self._up.discard(place)
        if not self._up:
            return []
        moved = self.at(place)
        for lesson in moved:
            del self._places[lesson]
            self.place(lesson)
            self._guessed.discard(lesson)
        return moved

    def _freest(self, lesson: LessonId) -> int:
        """By the lesson's name where several are as free: two nodes' first lessons differ."""
        taken = Counter(self._places.values())
        first = zlib.crc32(lesson.encode())
        among = sorted(self._up) or range(self._workers)
        return min(among, key=lambda place: (taken[place], (place - first) % self._workers))
