"""An ended lesson in the library: found and watched by whom it is for, without a pupil's name."""

from pathlib import Path

from synclass.ports import Account
from synclass.words import Role

from ..adapters.registry.villages import TOWN, VILLAGE, settle
from .server import HASH, School
from .test_homework import ask
from .test_replays import tags
from .test_reports import town

__all__ = ["town"]
PATH = "lessons/m1/resource"
SHARE = {"reach": "alliance", "tags": ["五年级", "分数"], "about": "三分之二"}


async def people(town: School) -> None:
    await settle(town.registry)
    for name, of in (("wang", TOWN.name), ("sun", VILLAGE.id), ("qian", "别处小学")):
        await town.registry.save_account(Account(name, name, Role.TEACHER, of, HASH))


async def test_a_shared_lesson_is_found_by_whom_it_is_for(town: School) -> None:
    await people(town)
    async with town.browser("wang") as wang, town.browser("sun") as sun:
        assert (await ask(sun, "library"))["found"] == []
        assert await ask(sun, "lessons/m1/summary") == "not-yours"
        assert await ask(sun, PATH, json=SHARE) == "not-yours"
        assert (await ask(wang, PATH, json=SHARE))["version"] == 1
        found = await ask(sun, "library?tag=五年级&text=三分之二")
        assert [one["title"] for one in found["found"]] == ["分数"]
        assert found["tags"] == ["五年级", "分数"] and not found["found"][0]["mine"]
        assert (await ask(sun, "lessons/m1/summary"))["hands"] == 1
        assert (await ask(sun, "library?tag=古诗"))["found"] == []
    async with town.browser("qian") as qian, town.browser("zhao") as zhao:
        assert (await ask(qian, "library"))["found"] == []
        assert await ask(qian, "lessons/m1/summary") == "not-yours"
        assert len((await ask(zhao, "library"))["found"]) == 1


async def test_who_watches_by_sharing_reads_no_pupils_name(town: School) -> None:
    await people(town)
    async with town.browser("wang") as wang, town.browser("sun") as sun:
        await ask(wang, PATH, json=SHARE)
        hers = tags(await ask(wang, "lessons/m1/log"))
        theirs = tags(await ask(sun, "lessons/m1/log"))
        asked = tags(await ask(sun, "lessons/m1/log?as=r1"))
    assert "roll.listed" in hers and "hand.raised" in theirs
    assert "roll.listed" not in theirs and "roll.listed" not in asked


async def test_a_lesson_taken_out_of_the_library_is_watched_no_more(town: School) -> None:
    await people(town)
    async with town.browser("wang") as wang, town.browser("sun") as sun:
        await ask(wang, PATH, json=SHARE)
        assert isinstance(await ask(sun, "lessons/m1/link"), dict)
        for version, status in (("x", 400), ("7", 409), ("1", 200), ("1", 404)):
            async with wang.delete(f"/api/{PATH}?version={version}") as answer:
                assert answer.status == status
        assert (await ask(wang, PATH))["resource"] is None
        assert await ask(sun, "lessons/m1/link") == "not-yours"
        assert await ask(sun, "lessons/m1/fork", json={}) == "not-shared"


async def test_what_is_shared_has_few_tags_and_is_over(town: School, tmp_path: Path) -> None:
    async with town.browser("wang") as wang:
        assert await ask(wang, PATH, json={**SHARE, "tags": ["x" * 21]}) == "bad-tags"
        assert await ask(wang, PATH, json={**SHARE, "about": "x" * 501}) == "bad-text"
        assert await ask(wang, PATH, json={**SHARE, "reach": "world"}) == "malformed"
        card = await town.registry.lesson_by_code("")
        assert card is None
