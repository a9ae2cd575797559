"""Quotas are set by who looks after the region, and seen by each school."""

from typing import Any

from synclass.words import LessonId

from .server import School
from .test_livemap import begin


async def asked(town: School, who: str, body: Any = None) -> Any:
    async with town.browser(who) as browser:
        if body is None:
            answer = await browser.get("/api/quotas")
        else:
            answer = await browser.post("/api/quotas", json=body)
        return await answer.json()


async def test_the_region_sets_quotas_and_sees_what_is_used_of_them(town: School) -> None:
    await begin(town)
    await town.registry.weigh(LessonId("inclass"), recordings=900, courseware=50, at=1.0)
    common = await asked(town, "admin", {"id": "", "lessons": 4, "kept": 1000})
    assert common["version"] == 1
    await asked(town, "admin", {"id": "s1", "rooms": 12})
    seen = await asked(town, "admin")
    assert (seen["common"]["lessons"], seen["region"]) == (4, True)
    one = next(one for one in seen["schools"] if one["school"] == "s1")
    assert (one["own"]["lessons"], one["own"]["rooms"]) == (None, 12)
    assert {n: one["allowed"][n] for n in ("lessons", "rooms", "kept")} == {
        **{"lessons": 4, "rooms": 12, "kept": 1000}
    }
    assert one["used"] == {"lessons": 1, "rooms": 2, "recordings": 900, "courseware": 50}
    assert one["level"] == "low"
    assert [note[3] for note in await town.registry.notes() if note[2] == "quota.save"] == [
        "s1",
        "",
    ]


async def test_a_school_sees_its_own_and_sets_none(town: School) -> None:
    await begin(town)
    seen = await asked(town, "liang")
    assert ([one["school"] for one in seen["schools"]], seen["region"]) == (["s2"], False)
    assert (await asked(town, "liang", {"id": "s2", "lessons": 9}))["code"] == "not-allowed"
    assert (await asked(town, "wang"))["code"] == "not-allowed"


async def test_what_cannot_be_a_quota_or_was_changed_meanwhile_is_refused(town: School) -> None:
    await begin(town)
    for body, code in (
        ({"id": "", "lessons": 0}, "bad-quota"),
        ({"id": "s1", "kept": 1 << 62}, "bad-quota"),
        ({"id": "none", "lessons": 1}, "no-school"),
        ({"id": "s1", "lessons": "many"}, "malformed"),
        ({"id": "s1", "lessons": 1, "version": 3}, "not-there"),
    ):
        assert (await asked(town, "admin", body))["code"] == code
    await asked(town, "admin", {"id": "s1", "lessons": 1})
    assert (await asked(town, "admin", {"id": "s1", "lessons": 2}))["code"] == "taken"
