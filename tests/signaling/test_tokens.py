"""A program's token is made, shown once, used, and taken back, over HTTP."""

from typing import Any

import pytest
from aiohttp import ClientSession
from msgspec import structs

from synclass.words import Role

from .server import School
from .test_doors import town

__all__ = ["town"]


async def said(answer: Any) -> tuple[int, Any]:
    async with answer as response:
        return response.status, await response.json()


async def made(browser: ClientSession, *scopes: str, days: int = 1) -> tuple[int, Any]:
    body = {"name": "教务系统", "scopes": scopes, "days": days}
    return await said(browser.post("/api/tokens", json=body))


async def test_a_program_does_what_its_owner_may_until_it_is_taken_back(town: School) -> None:
    async with town.browser("wang") as browser:
        _, answer = await made(browser, "lessons.read")
        bearer = {"Authorization": f"Bearer {answer['token']}"}
        async with ClientSession(town.url, headers=bearer) as program:
            assert (await said(program.get("/api/lessons")))[0] == 200
            status, refusal = await said(program.post("/api/lessons", json={"title": "x"}))
            assert (status, refusal["code"]) == (403, "token-scope")
            assert (await said(program.get("/api/me")))[1] == {"account": None}
            shown = (await said(browser.get("/api/tokens")))[1]["tokens"][0]
            assert shown["used_at"] > 0 and shown["scopes"] == ["lessons.read"]
            assert answer["token"].split("_", 2)[2] not in str(shown)
            wang = await town.registry.account("wang")
            assert wang
            await town.registry.save_account(structs.replace(wang, role=Role.PATROL, given=True))
            assert (await said(program.get("/api/lessons")))[1]["code"] == "password-given"
            await town.registry.save_account(wang)
            assert (await said(browser.delete(f"/api/tokens/{shown['id']}")))[0] == 200
            assert (await said(program.get("/api/lessons")))[0] == 401
        assert (await said(browser.delete(f"/api/tokens/{shown['id']}")))[0] == 404


async def test_nobody_takes_back_or_sees_anothers_token(town: School) -> None:
    async with town.browser("wang") as wang, town.browser("sun") as sun:
        _, answer = await made(wang, "lessons.read")
        id_ = answer["shown"]["id"]
        assert (await said(sun.delete(f"/api/tokens/{id_}")))[1]["code"] == "not-there"
        assert (await said(sun.get("/api/tokens")))[1]["tokens"] == []


@pytest.mark.parametrize(
    ("scopes", "days", "code"),
    [((), 1, "bad-scope"), (("all",), 1, "bad-scope"), (("lessons.read",), 0, "bad-number")],
)
async def test_a_token_without_end_or_scope_is_not_made(
    town: School, scopes: tuple[str, ...], days: int, code: str
) -> None:
    async with town.browser("wang") as browser:
        assert (await made(browser, *scopes, days=days))[1]["code"] == code


async def test_tokens_are_few(town: School) -> None:
    async with town.browser("wang") as browser:
        told = [(await made(browser, "lessons.read"))[0] for _ in range(21)]
        assert told == [200] * 20 + [403]
