"""A lesson falls by a rule a week after its notice, if nobody holds it; else it stays for ever."""

import time
from pathlib import Path

import pytest
from msgspec.structs import replace

from recorder.shelf import lesson_folder
from synclass.ports import Hold, LessonCard
from synclass.school.retention import FOREVER, MONTH, NOTICE, Rule
from synclass.words import LessonId

from ..recorder.test_eraser import taught
from .server import School, school

DOOR = "/api/keeping"
YEAR = 12 * MONTH
OLD, OTHER, NEW = (LessonId(name) for name in ("old", "other", "new"))
NOW = time.time()
CARD = LessonCard(OLD, "分数", "数学", "wang", "", NOW - YEAR, NOW - YEAR, NOW - YEAR)


async def year(town: School, data: Path) -> None:
    """An old lesson of maths, an old one of music, and a new one."""
    cards = (CARD, replace(CARD, id=OTHER, subject="音乐"), replace(CARD, id=NEW, ended_at=NOW))
    for card in cards:
        await town.registry.save_lesson(card)
        taught(data, card.id)


async def there(town: School) -> set[str]:
    return {card.id for card in await town.registry.lessons()}


async def acts(town: School) -> list[tuple[str, str, str]]:
    return [(who, act, what) for _, who, act, what in await town.registry.notes()]


async def test_without_rules_nothing_ever_falls(tmp_path: Path) -> None:
    async with school(tmp_path, work=False) as town:
        await year(town, tmp_path)
        await town.app.retention.look(NOW + 100 * YEAR)
        await town.app.retention.look(NOW + 200 * YEAR)
        assert await there(town) == {OLD, OTHER, NEW} and await acts(town) == []


async def test_a_lesson_falls_a_week_after_its_notice(tmp_path: Path) -> None:
    async with school(tmp_path, work=False) as town, town.browser("admin") as admin:
        await year(town, tmp_path)
        asked = time.time()
        async with admin.post(DOOR, json={"subject": "数学", "months": 6}) as answer:
            plan = await answer.json()
        (fall,) = plan["falling"]
        assert (fall["lesson"], fall["by"]) == (OLD, "Wang")
        assert asked + NOTICE <= fall["falls_at"] <= time.time() + NOTICE
        await town.app.retention.look(NOW + NOTICE - 60)
        assert await there(town) == {OLD, OTHER, NEW}
        await town.app.retention.look(fall["falls_at"])
        assert await there(town) == {OTHER, NEW}
        assert not lesson_folder(tmp_path, OLD).exists()
        assert lesson_folder(tmp_path, OTHER).exists()
        assert await acts(town) == [
            ("", "lesson.erase", OLD),
            ("", "lesson.falls", OLD),
            ("admin", "keeping.save", "数学 6"),
        ]
        async with admin.get(DOOR) as answer:
            assert (await answer.json())["falling"] == []


async def test_a_hold_keeps_what_was_announced_and_its_end_gives_another_week(
    tmp_path: Path,
) -> None:
    async with school(tmp_path, work=False) as town, town.browser("admin") as admin:
        await year(town, tmp_path)
        await town.registry.set_rule(Rule("", "", 6))
        look = town.app.retention.look
        await look(NOW)
        await town.registry.put_hold(Hold(OLD, "admin", "申诉", NOW))
        async with admin.get(DOOR) as answer:
            assert [fall["lesson"] for fall in (await answer.json())["falling"]] == [OTHER]
        await look(NOW + NOTICE)
        assert await there(town) == {OLD, NEW}
        await town.registry.lift_hold(OLD)
        await look(NOW + 2 * NOTICE)
        assert await there(town) == {OLD, NEW}
        await look(NOW + 3 * NOTICE)
        assert await there(town) == {NEW}


async def test_a_rule_that_is_taken_away_takes_its_notices_with_it(tmp_path: Path) -> None:
    async with school(tmp_path, work=False) as town:
        await year(town, tmp_path)
        await town.registry.set_rule(Rule("", "", 6))
        await town.app.retention.look(NOW)
        assert {one.lesson for one in await town.registry.falling()} == {OLD, OTHER}
        await town.registry.set_rule(Rule("数学", "wang", FOREVER))
        await town.app.retention.look(NOW + 60)
        assert {one.lesson for one in await town.registry.falling()} == {OTHER}
        await town.registry.set_rule(Rule("", "", 0))
        await town.app.retention.look(NOW + 2 * NOTICE)
        assert await there(town) == {OLD, OTHER, NEW}


async def test_the_admin_of_the_district_alone_says_how_long(tmp_path: Path) -> None:
    async with school(tmp_path, work=False) as town, town.browser("admin") as admin:
        for name, status in (("", 401), ("wang", 403), ("zhao", 403)):
            async with town.browser(name) as other, other.post(DOOR, json={"months": 1}) as answer:
                assert answer.status == status
        for rule, code in (({"months": 601}, "bad-months"), ({"subject": "x" * 81}, "bad-text")):
            async with admin.post(DOOR, json=rule) as answer:
                assert (await answer.json())["code"] == code
        assert await town.registry.rules() == []


@pytest.mark.parametrize("lessons", [0, 1201])
async def test_a_year_of_lessons_is_looked_at_a_few_at_once(tmp_path: Path, lessons: int) -> None:
    async with school(tmp_path, work=False) as town:
        for n in range(lessons):
            await town.registry.save_lesson(replace(CARD, id=LessonId(f"{n}")))
        await town.registry.set_rule(Rule("", "wang", 3))
        await town.app.retention.look(NOW)
        assert len(await town.registry.falling()) == lessons
