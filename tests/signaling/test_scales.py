"""What lessons weigh is counted for their school, and what is full takes nothing more in."""

import pytest
from msgspec.structs import replace

from synclass.conduct import End
from synclass.errors import Refused
from synclass.ports import Account
from synclass.school.quota import Quota, Used
from synclass.words import LessonId, Role

from ..conftest import TEACHER
from ..waiting import until
from .server import HASH, School
from .test_library import bearer
from .test_livemap import begin

INCLASS = LessonId("inclass")
ON = "/api/lessons/inclass/handouts"


async def lay(town: School, pages: int) -> None:
    """A page of courseware on the shelf, of so many bytes."""
    shelf = town.app.scales.shelf
    shelf.keep_page(INCLASS, f"{'a' * 64}.json", b"x" * pages)


async def over(town: School) -> bool:
    card = await town.registry.lesson(INCLASS)
    return card is not None and card.ended_at > 0


async def test_a_lesson_that_goes_on_is_weighed_anew_and_one_that_has_ended_once(
    town: School,
) -> None:
    await begin(town)
    await lay(town, 1000)
    await town.app.scales.look(100.0)
    kept = (await town.registry.kept())["s1"]
    assert kept.courseware == 1000 and kept.recordings > 0  # its log is of the recording
    town.app.rooms.live[INCLASS].ask(TEACHER, End())
    await until(lambda: over(town))  # or the server would write its own bell over ours
    card = await town.registry.lesson(INCLASS)
    assert card
    await town.registry.save_lesson(replace(card, began_at=100.0, ended_at=200.0))
    await town.app.scales.look(259.0)
    assert await town.registry.unweighed(until=260.0, limit=1) == [INCLASS]
    await town.app.scales.look(260.0)
    assert await town.registry.unweighed(until=900.0, limit=1) == []


async def test_what_is_nearly_full_and_what_is_full_is_noted_once(town: School) -> None:
    await begin(town)
    quota = await town.registry.put(Quota("", kept=10_000_000))
    for recordings in (7_000_000, 8_000_000, 8_100_000, 10_000_000, 0):
        await town.registry.weigh(LessonId("inclass"), recordings=recordings, courseware=0, at=1.0)
        await town.app.scales.note(2.0)
    await town.registry.put(replace(quota, kept=None))
    await town.app.scales.note(3.0)
    notes = [(note[2], note[3]) for note in await town.registry.notes() if "quota" in note[2]]
    assert sorted(notes) == [("quota.full", "s1"), ("quota.low", "s1")]


async def test_a_full_school_takes_nothing_in_but_what_a_running_lesson_wants(town: School) -> None:
    await begin(town)
    await town.registry.put(Quota("s1", kept=1))
    await town.registry.weigh(INCLASS, recordings=1, courseware=0, at=1.0)
    with pytest.raises(Refused) as refused:
        await town.app.scales.check(INCLASS)
    assert refused.value.code == "quota-kept"
    await town.registry.save_account(Account("zhou", "周", Role.ADMIN, "中心小学", HASH))
    async with town.browser("zhou") as browser:
        answer = await browser.post("/api/arrivals", data=b"PK")
        assert (await answer.json())["code"] == "quota-kept"
    async with town.browser() as browser:
        answer = await browser.post(ON, data=b"no slides", headers=bearer(TEACHER, INCLASS))
        assert "quota-kept" not in await answer.text()
    await town.app.scales.check(LessonId("none"))
    assert (await town.registry.kept("s1"))["s1"] == Used(0, 0, 1, 0)
