"""Who has the link comes to an account of their own, once, and to no more than was meant."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession
from msgspec import structs

from synclass.ports import Account
from synclass.words import Role

from .server import HASH, School, school
from .test_tokens import said

CHEN = {"shown": "陈老师", "role": "teacher", "school": "草兴小学"}
CHOSEN = {"name": "chen", "password": "one short sentence"}


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[School]:
    async with school(tmp_path, work=False) as town:
        await town.registry.save_account(Account("cao", "曹校长", Role.ADMIN, "草兴小学", HASH))
        yield town


async def invited(browser: ClientSession, **fields: Any) -> tuple[int, Any]:
    return await said(browser.post("/api/invitations", json=CHEN | fields))


async def opened(browser: ClientSession, token: str) -> Any:
    return (await said(browser.post("/api/invited", json={"token": token})))[1]


async def accepted(browser: ClientSession, token: str, **fields: Any) -> tuple[int, Any]:
    asked = {"token": token} | CHOSEN | fields
    return await said(browser.post("/api/invited/account", json=asked))


async def test_who_has_the_link_chooses_name_and_password_and_is_in(town: School) -> None:
    async with town.browser("cao") as cao, town.browser() as chen:
        token = (await invited(cao))[1]["token"]
        assert await opened(chen, token) == CHEN | {"by": "曹校长"}
        assert (await accepted(chen, token))[0] == 200
        me = (await said(chen.get("/api/me")))[1]["account"]
        assert me == CHEN | {"name": "chen", "given": False}
        held = (await said(cao.get("/api/invitations")))[1]["invitations"]
        assert [one["account"] for one in held] == ["chen"]
        assert token.split("_", 1)[1] not in str(held)
        assert (await opened(chen, token))["code"] == "invitation-used"
        assert (await accepted(chen, token, name="other"))[1]["code"] == "invitation-used"
    account = await town.registry.account("chen")
    assert account and account.password.startswith("$argon2id$")
    acts = [(who, act) for _, who, act, _ in await town.registry.notes()]
    assert acts == [("chen", "invitation.accept"), ("cao", "invitation.make")]


async def test_a_link_that_is_wrong_old_or_taken_back_says_so(town: School) -> None:
    async with town.browser("admin") as admin, town.browser() as chen:
        answer = (await invited(admin))[1]
        token, id_ = answer["token"], answer["shown"]["id"]
        for wrong in ("", "x", f"{id_}_", f"{id_}_{'x' * 32}", token + "x"):
            assert (await opened(chen, wrong))["code"] == "no-invitation"
        kept = await town.registry.invitation(id_)
        assert kept
        await town.registry.save_invitation(structs.replace(kept, expires_at=1.0))
        assert (await opened(chen, token))["code"] == "invitation-expired"
        await town.registry.save_invitation(kept)
        assert (await said(admin.delete(f"/api/invitations/{id_}")))[0] == 200
        assert (await accepted(chen, token))[1]["code"] == "no-invitation"
        assert (await said(admin.delete(f"/api/invitations/{id_}")))[0] == 404


@pytest.mark.usefixtures("no_refill")
async def test_who_tries_links_is_slowed_down(town: School) -> None:
    async with town.browser() as chen:
        codes = [(await opened(chen, f"a_{n}"))["code"] for n in range(12)]
    assert codes == ["no-invitation"] * 10 + ["slow-down"] * 2


@pytest.mark.parametrize(
    ("who", "fields", "code"),
    [
        ("cao", {"school": ""}, "not-yours"),
        ("cao", {"school": "双庙中心校"}, "not-yours"),
        ("cao", {"school": "", "role": "admin"}, "not-yours"),
        ("admin", {"role": "system"}, "bad-role"),
        ("admin", {"role": "classroom"}, "bad-role"),
        ("admin", {"shown": " "}, "bad-text"),
        ("admin", {"days": 0}, "bad-number"),
        ("admin", {"days": 31}, "bad-number"),
        ("wang", {}, "not-allowed"),
        ("zhao", {}, "not-allowed"),
    ],
)
async def test_nobody_invites_farther_than_their_own_right(
    town: School, who: str, fields: dict[str, Any], code: str
) -> None:
    async with town.browser(who) as browser:
        assert (await invited(browser, **fields))[1]["code"] == code


async def test_a_school_sees_and_takes_back_its_own_only(town: School) -> None:
    async with town.browser("admin") as admin, town.browser("cao") as cao:
        other = (await invited(admin, school="双庙中心校"))[1]["shown"]["id"]
        await invited(cao)
        held = (await said(cao.get("/api/invitations")))[1]["invitations"]
        assert [one["school"] for one in held] == ["草兴小学"]
        assert (await said(cao.delete(f"/api/invitations/{other}")))[0] == 404


async def test_the_links_of_whoever_lost_the_right_open_nothing(town: School) -> None:
    async with town.browser("admin") as admin, town.browser() as chen:
        token = (await invited(admin, role="admin", school=""))[1]["token"]
        before = await town.registry.account("admin")
        assert before
        for lower in ({"role": Role.TEACHER}, {"school": "草兴小学"}):
            await town.registry.save_account(structs.replace(before, **lower))
            assert (await accepted(chen, token))[1]["code"] == "no-invitation"
        await town.registry.save_account(before)
        assert (await accepted(chen, token))[0] == 200


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"name": "Chen"}, "bad-name"),
        ({"name": "wang"}, "name-taken"),
        ({"password": "short"}, "weak-password"),
    ],
)
async def test_a_name_or_password_that_will_not_do_leaves_the_link_good(
    town: School, fields: dict[str, str], code: str
) -> None:
    async with town.browser("cao") as cao, town.browser() as chen:
        token = (await invited(cao))[1]["token"]
        assert (await accepted(chen, token, **fields))[1]["code"] == code
        assert (await said(chen.get("/api/me")))[1]["account"] is None
        assert (await accepted(chen, token))[0] == 200
