from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from synclass.ports import Account
from synclass.school.places import School as Place
from synclass.words import Role

from .server import HASH, PASSWORD, School, school
from .test_api import code

NEW = {"name": "neu", "shown": "新老师", "role": "teacher", "password": PASSWORD}


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[School]:
    """The head of one school, and a teacher of hers and one of another."""
    async with school(tmp_path) as town:
        for name, role, where in (
            ("head", Role.ADMIN, "中心小学"),
            ("near", Role.TEACHER, "中心小学"),
            ("far", Role.TEACHER, "草兴小学"),
        ):
            await town.registry.save_account(Account(name, name, role, where, HASH))
        yield town


async def test_a_head_sees_the_people_of_her_school_only(town: School) -> None:
    async with town.browser("head") as head, town.browser("admin") as admin:
        async with head.get("/api/accounts") as response:
            people = {one["name"] for one in (await response.json())["accounts"]}
        async with admin.get("/api/accounts") as response:
            everybody = {one["name"] for one in (await response.json())["accounts"]}
    assert people == {"head", "near"} and everybody > people | {"far"}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"school": "中心小学"}, ""),
        ({"school": "草兴小学"}, "not-yours"),
        ({"school": ""}, "not-yours"),
        ({"name": "far", "school": "中心小学", "replace": True}, "not-yours"),
        ({"name": "near", "school": "中心小学", "replace": True}, ""),
        ({"name": "head", "role": "admin", "school": "", "replace": True}, "not-yours"),
    ],
)
async def test_a_head_makes_and_changes_accounts_of_her_school_only(
    town: School, change: dict[str, object], expected: str
) -> None:
    async with town.browser("head") as head:
        assert (await code(head, "POST", "/api/accounts", json={**NEW, **change}))[1] == expected


async def test_a_head_sees_lessons_of_her_teachers_only(town: School) -> None:
    async with (
        town.browser("near") as near,
        town.browser("far") as far,
        town.browser("head") as head,
    ):
        for teacher in (near, far):
            await teacher.post("/api/lessons", json={"title": "分数"})
        async with head.get("/api/lessons") as response:
            cards = (await response.json())["lessons"]
    assert [card["teacher"] for card in cards] == ["near"]


async def test_a_password_an_admin_gave_opens_nothing_but_its_change(town: School) -> None:
    async with town.browser("admin") as admin:
        assert await code(admin, "POST", "/api/accounts", json=NEW) == (200, "")
    async with town.browser("neu") as neu, town.browser("neu") as elsewhere:
        async with neu.get("/api/me") as response:
            assert (await response.json())["account"]["given"] is True
        assert await code(neu, "GET", "/api/lessons") == (403, "password-given")
        for change, expected in (
            ({"old": "guessed-horse", "new": "my-own-words"}, (401, "wrong-password")),
            ({"old": PASSWORD, "new": "short"}, (403, "weak-password")),
            ({"old": PASSWORD, "new": PASSWORD}, (403, "same-password")),
            ({"old": PASSWORD, "new": "my-own-words"}, (200, "")),
        ):
            assert await code(neu, "POST", "/api/password", json=change) == expected
        assert await code(neu, "GET", "/api/lessons") == (200, "")
        assert await code(elsewhere, "GET", "/api/lessons") == (401, "login")
    (line, *_) = await town.registry.notes()
    assert line[1:] == ("neu", "password.change", "")


async def test_who_changes_the_password_of_ones_own_account_need_not_again(town: School) -> None:
    own: dict[str, object] = {"name": "admin", "shown": "Admin", "role": "admin", "replace": True}
    async with town.browser("admin") as admin:
        own["password"] = "another-horse"
        assert await code(admin, "POST", "/api/accounts", json=own) == (200, "")
    account = await town.registry.account("admin")
    assert account and not account.given


async def test_a_school_is_one_of_the_districts_by_its_id_or_its_name(town: School) -> None:
    await town.registry.take_in([Place("caoxing", "草兴小学")])
    async with town.browser("admin") as admin:
        for named, kept in (("caoxing", "草兴小学"), ("草兴小学", "草兴小学"), ("", "")):
            body = NEW | {"school": named, "replace": True}
            async with admin.post("/api/accounts", json=body) as response:
                assert (await response.json())["school"] == kept
        body = NEW | {"school": "草心小学", "replace": True}
        async with admin.post("/api/accounts", json=body) as response:
            assert (await response.json())["code"] == "no-school"
        account = await town.registry.account("neu")
        assert account and account.school == ""
