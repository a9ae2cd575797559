"""Whoever logs in elsewhere is the account they were linked to: never another, never a new one."""

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from aiohttp import ClientSession
from msgspec import structs

from signaling.provider import Oidc
from synclass.ports import Account
from synclass.words import Role

from ..oidc import CLIENT, SECRET, Bureau
from .server import HASH, PASSWORD, School, school
from .test_tokens import said

SUBJECT = {"subject": "2026-0815"}


@pytest.fixture
async def bureau() -> AsyncIterator[Bureau]:
    async with Bureau() as bureau:
        yield bureau


@asynccontextmanager
async def town_of(bureau: Bureau, data: Path, claim: str = "") -> AsyncIterator[School]:
    oidc = Oidc(bureau.issuer, CLIENT, SECRET, "教育局统一登录", claim)
    async with school(data, work=False, oidc=oidc) as town:
        await town.registry.save_account(Account("cao", "曹校长", Role.ADMIN, "草兴小学", HASH))
        yield town


@pytest.fixture
async def town(bureau: Bureau, tmp_path: Path) -> AsyncIterator[School]:
    async with town_of(bureau, tmp_path) as town:
        yield town


async def moved(browser: ClientSession, url: str) -> str:
    async with browser.get(url, allow_redirects=False) as answer:
        assert answer.status == 302, await answer.text()
        return answer.headers["Location"]


async def there(browser: ClientSession) -> str:
    """With what the provider sends the browser back."""
    return await moved(browser, await moved(browser, "/api/oidc/start"))


async def logged_in(browser: ClientSession) -> str:
    """The page somebody comes to, or what is wrong."""
    at = await moved(browser, await there(browser))
    return parse_qs(urlsplit(at).query).get("problem", [at])[0]


async def who(browser: ClientSession) -> str:
    account = (await said(browser.get("/api/me")))[1]["account"]
    return account["name"] if account else ""


async def link(town: School, name: str = "wang", by: str = "admin") -> tuple[int, Any]:
    async with town.browser(by) as admin:
        return await said(admin.post(f"/api/accounts/{name}/subjects", json=SUBJECT))


async def test_who_was_linked_comes_in_by_the_other_login(town: School) -> None:
    async with town.browser() as browser:
        assert (await said(browser.get("/api/oidc")))[1] == {"name": "教育局统一登录"}
        assert await logged_in(browser) == "not-linked"
        assert (await link(town))[0] == 200
        assert await logged_in(browser) == "/home"
        assert await who(browser) == "wang"
    acts = [(name, act) for _, name, act, _ in await town.registry.notes()]
    assert acts == [("wang", "login.oidc"), ("admin", "account.link"), ("", "login.unlinked")]


async def test_an_answer_is_good_once_and_in_the_browser_that_asked(town: School) -> None:
    await link(town)
    async with town.browser() as browser, town.browser() as thief:
        back = await there(browser)
        assert "bad-attempt" in await moved(thief, back)
        await moved(thief, "/api/oidc/start")
        assert "bad-attempt" in await moved(thief, back), "an answer to another login"
        assert await moved(browser, back) == "/home"
        assert "bad-attempt" in await moved(browser, back)
        assert await who(thief) == ""


async def test_a_token_of_another_login_opens_nothing(town: School, bureau: Bureau) -> None:
    """A stolen ID token, put in again: its nonce is that of the login it was made for."""
    await link(town)
    kept: list[str] = []

    def remembering(claims: dict[str, Any]) -> str:
        kept.append(bureau.sign(claims))
        return kept[0]

    bureau.signed = remembering
    async with town.browser() as browser, town.browser() as thief:
        assert await logged_in(browser) == "/home"
        assert await logged_in(thief) == "bad-identity"
        assert await who(thief) == ""


@pytest.mark.parametrize(
    "claims",
    [
        *({"aud": "another"}, {"iss": "https://evil.example"}, {"exp": 1}, {"nonce": "x"}),
        *({"aud": ["synclass", "another"]}, {"sub": ""}, {"exp": None}, {"nonce": None}),
    ],
)
async def test_what_is_not_said_to_us_now_opens_nothing(
    town: School, bureau: Bureau, claims: dict[str, Any]
) -> None:
    await link(town)
    bureau.claims = claims
    async with town.browser() as browser:
        assert await logged_in(browser) == "bad-identity"
        assert await who(browser) == ""


async def test_an_unsigned_token_opens_nothing(town: School, bureau: Bureau) -> None:
    await link(town)
    bureau.signed = bureau.unsigned
    async with town.browser() as browser:
        assert await logged_in(browser) == "bad-identity"


async def test_a_claim_names_an_account_but_never_an_administrator(
    bureau: Bureau, tmp_path: Path
) -> None:
    async with town_of(bureau, tmp_path, "preferred_username") as town, town.browser() as browser:
        for name, outcome in (("admin", "not-linked"), ("nobody", "not-linked"), (7, "not-linked")):
            bureau.claims = {"preferred_username": name}
            assert await logged_in(browser) == outcome
        assert len(await town.registry.accounts()) == 6, "nobody was made"
        bureau.claims = {"preferred_username": "sun"}
        assert await logged_in(browser) == "/home" and await who(browser) == "sun"
        await link(town, "admin")
        assert await logged_in(browser) == "/home" and await who(browser) == "admin", "was linked"


async def test_a_password_that_was_given_opens_nothing_any_more(town: School) -> None:
    wang = await town.registry.account("wang")
    assert wang
    await town.registry.save_account(structs.replace(wang, given=True))
    await link(town)
    async with town.browser() as browser, town.browser("wang") as by_password:
        assert await logged_in(browser) == "/home"
        assert (await said(browser.get("/api/lessons")))[0] == 200
        assert await who(by_password) == ""


async def test_a_school_links_its_own_people_and_takes_it_back(town: School) -> None:
    assert (await link(town, "wang", by="cao"))[1]["code"] == "not-yours"
    assert (await link(town, "admin", by="cao"))[1]["code"] == "not-yours"
    assert (await link(town, "nobody"))[1]["code"] == "no-account"
    assert (await link(town, "cao", by="cao"))[0] == 200
    assert (await link(town, "wang"))[1]["code"] == "taken"
    async with town.browser("cao") as cao, town.browser() as browser:
        at = "/api/accounts/cao/subjects"
        (known,) = (await said(cao.get(at)))[1]["subjects"]
        assert known["subject"] == "2026-0815" and abs(known["since"] - time.time()) < 60
        assert (await said(cao.delete(at)))[0] == 200
        assert await logged_in(browser) == "not-linked"


async def test_where_there_is_no_other_login_nothing_is_offered(tmp_path: Path) -> None:
    async with school(tmp_path, work=False) as town, town.browser() as browser:
        assert (await said(browser.get("/api/oidc")))[1] == {"name": ""}
        assert (await said(browser.get("/api/oidc/start")))[1]["code"] == "no-oidc"
        assert (await said(browser.get("/api/oidc/back")))[1]["code"] == "no-oidc"


async def test_a_provider_that_is_away_says_so_at_the_login(town: School, bureau: Bureau) -> None:
    await bureau.__aexit__()
    async with town.browser() as browser:
        assert await moved(browser, "/api/oidc/start") == "/login?problem=provider"


async def linked_own(browser: ClientSession, *, begun: str = "") -> str:
    """The page somebody who is logged in comes to when they link themselves."""
    status, away = await said(browser.post("/api/oidc/mine", json={}))
    assert status == 200, away
    return await moved(browser, begun or await moved(browser, away["to"]))


async def test_who_is_logged_in_links_themselves_and_takes_it_back(town: School) -> None:
    async with town.browser("sun") as sun, town.browser() as browser:
        assert (await said(sun.get("/api/oidc/mine")))[1]["subjects"] == []
        assert await linked_own(sun) == "/account?linked"
        mine = (await said(sun.get("/api/oidc/mine")))[1]
        assert mine["name"] == "教育局统一登录" and mine["subjects"][0]["subject"] == "2026-0815"
        assert await logged_in(browser) == "/home" and await who(browser) == "sun"
        assert (await said(sun.delete("/api/oidc/mine")))[0] == 200
        async with town.browser() as later:
            assert await logged_in(later) == "not-linked"
    acts = [(name, act) for _, name, act, _ in await town.registry.notes()]
    assert ("sun", "account.link") in acts and ("sun", "account.unlink") in acts


async def test_who_is_linked_elsewhere_is_refused_and_stays_so(town: School) -> None:
    await link(town, "wang")
    async with town.browser("sun") as sun:
        assert await linked_own(sun) == "/account?problem=taken"
    (kept,) = await town.registry.subjects("wang")
    assert kept.subject == "2026-0815" and not await town.registry.subjects("sun")


async def test_a_link_that_was_begun_ends_with_the_login(town: School) -> None:
    """Logged out, given a new password, or somebody else by now: nobody is linked."""
    sun = await town.registry.account("sun")
    assert sun
    async with town.browser("sun") as browser:
        away = (await said(browser.post("/api/oidc/mine", json={})))[1]
        back = await moved(browser, away["to"])
        await browser.post("/api/logout")
        assert "bad-attempt" in await moved(browser, back)
    async with town.browser("sun") as browser:
        away = (await said(browser.post("/api/oidc/mine", json={})))[1]
        back = await moved(browser, away["to"])
        await browser.post("/api/login", json={"name": "li", "password": PASSWORD})
        assert await moved(browser, back) == "/account?problem=bad-attempt"
    async with town.browser("sun") as browser:
        away = (await said(browser.post("/api/oidc/mine", json={})))[1]
        back = await moved(browser, away["to"])
        await town.registry.save_account(structs.replace(sun, password=f"{HASH} "))
        assert await moved(browser, back) == "/account?problem=bad-attempt"
    assert not await town.registry.subjects("sun") + await town.registry.subjects("li")


async def test_another_browser_cannot_finish_somebodys_link(town: School) -> None:
    async with town.browser("sun") as sun, town.browser("wang") as wang:
        away = (await said(sun.post("/api/oidc/mine", json={})))[1]
        back = await moved(sun, away["to"])
        assert "bad-attempt" in await moved(wang, back)
        assert await linked_own(wang, begun=back) == "/account?problem=bad-attempt"
    assert not await town.registry.subjects("wang") + await town.registry.subjects("sun")
