"""Where the disk runs low, what lies in another place too leaves it, and comes when wanted."""

from pathlib import Path
from typing import Any

from recorder.shelf import FileShelf
from signaling.carrier import Carrier
from signaling.storeroom import LOW
from synclass.errors import Unavailable
from synclass.ports import Space
from synclass.words import LessonId

from .server import school
from .test_rooms import LESSON
from .test_takeaway import ended


class Elsewhere:
    def __init__(self) -> None:
        self.done: list[Any] = []

    def keep_up(self) -> list[str]:
        self.done.append("keep up")
        return []

    def free(self, wanted: int, now: float) -> int:
        self.done.append(wanted)
        return wanted

    def bring(self, lesson: LessonId) -> None:
        self.done.append(lesson)

    def erase(self, lesson: LessonId) -> None:
        raise Unavailable("offsite", "not asked in this test")

    def bring_photograph(self, name: str) -> None:
        raise Unavailable("offsite", "not asked in this test")

    erase_photograph = bring_photograph


class Narrow(FileShelf):
    free = 0

    def space(self) -> Space:
        return Space(self.free, 1000)


async def test_only_as_much_leaves_as_the_disk_lacks(tmp_path: Path) -> None:
    elsewhere, shelf = Elsewhere(), Narrow(tmp_path)
    shelf.free = 10_000_000
    await Carrier(elsewhere, shelf).look(0.0)
    assert elsewhere.done == ["keep up"]
    shelf.free = 1
    await Carrier(elsewhere, shelf).look(0.0)
    assert elsewhere.done[1:] == ["keep up", LOW * 1000]


async def test_whoever_watches_takes_home_or_wants_a_film_has_the_media_brought(
    tmp_path: Path,
) -> None:
    elsewhere = Elsewhere()
    async with school(tmp_path, shelf=FileShelf(tmp_path, offsite=elsewhere)) as town:
        await ended(town)
        async with town.browser("admin") as admin:
            for method, what in (("GET", "tracks"), ("GET", "lesson.html"), ("POST", "film")):
                async with admin.request(method, f"/api/lessons/{LESSON}/{what}") as answer:
                    assert answer.status == 200, await answer.text()
    assert elsewhere.done == [LESSON] * 3
