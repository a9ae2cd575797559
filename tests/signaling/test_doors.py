"""Every route is asked by everybody, and says what the table of permissions says."""

import re
import time
from collections.abc import AsyncIterator, Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from aiohttp import ClientSession, web
from msgspec import Struct

from recorder.paper import press
from signaling import apikeys
from signaling.devices import COOKIE as DEVICE
from signaling.doors import Door, door, door_of, doors
from signaling.login import COOKIE, proof_of
from synclass.conduct import Begin, End, Join
from synclass.permissions import TABLE, Scope, covers, scope
from synclass.ports import Account, Device, LessonCard, Token
from synclass.scopes import SCOPES
from synclass.tickets import Link, Login, Paired, Ticket, sign
from synclass.words import LessonId, Participant, ParticipantId, Role, Stage

from ..conftest import TEACHER
from .server import HASH, KEY, School, school

TOWN, VILLAGE = "中心小学", "草兴小学"
PEOPLE = (
    Account("wang", "王老师", Role.TEACHER, TOWN, HASH),
    Account("sun", "孙老师", Role.TEACHER, TOWN, HASH),
    Account("qian", "钱老师", Role.TEACHER, VILLAGE, HASH),
    Account("li", "李老师", Role.CO_TEACHER, VILLAGE, HASH),
    *(
        Account(f"patrol.{n}", "督导", Role.PATROL, s, HASH)
        for n, s in enumerate(("", TOWN, VILLAGE))
    ),
    *(
        Account(f"admin.{n}", "管理", Role.ADMIN, s, HASH)
        for n, s in enumerate(("", TOWN, VILLAGE))
    ),
)
DENIED = {"login", "not-allowed", "not-yours", "no-ticket", "bad-ticket", "other-lesson"}
DENIED |= {"no-device", "bad-token", "token-scope"}
SPELT = {"kind": "pdf", "page": "index", "name": "x", "token": "x"}
SPELT |= {"n": "1", "sheet": "people", "thing": "x", "school": "x", "classroom": "x"}
SPELT |= {"device": "x", "webhook": "x", "delivery": "x", "calendar": "x", "invitation": "x"}
SPELT |= {"course": "x", "account": "x", "studio": "x", "contest": "x"}
SOCKET = "/ws"  # its ticket comes in the first message: test_session, test_revocation


class Cell(Struct, frozen=True):
    method: str
    path: str
    takes: object
    expected: str
    """The code of the refusal, or "" where the right is there."""


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[School]:
    """One lesson in each stage, all of them Wang's."""
    (tmp_path / "index.html").write_text("<!doctype html>")
    async with school(tmp_path) as town:
        for person in PEOPLE:
            await town.registry.save_account(person)
        for n, stage in enumerate(Stage):
            card = LessonCard(LessonId(stage), "分数", "数学", "wang", f"{n}" * 6, time.time())
            await town.registry.save_lesson(card)
            room = await town.app.rooms.open(card.id)
            for command in (Join(), Begin(), End())[: n + 1]:
                room.ask(TEACHER, command)
        yield town


def routes(town: School) -> Iterator[tuple[str, str, Door]]:
    found = doors(town.server.app.router.routes())
    return ((m, p, d) for m, p, d in found if m != "*" and p != SOCKET)


def spelt(path: str, lesson: str) -> str:
    kind = "svg" if "board/" in path else "pdf"
    page = "1" if "board/" in path else "index"
    words = {**SPELT, "lesson": lesson, "kind": kind, "page": page}
    return re.sub(r"\{(\w+)\}", lambda hit: words.get(hit[1], "1"), path)


async def said(browser: ClientSession, cell: Cell, headers: dict[str, str]) -> str:
    """The code of the answer, "" where it went through."""
    body: dict[str, object] = {}
    if isinstance(cell.takes, str):
        body = {"data": b"?", "headers": {**headers, "Content-Type": cell.takes}}
    else:
        body = {"json": {} if cell.takes else None, "headers": headers}
    async with browser.request(cell.method, cell.path, **body) as answer:  # type: ignore[arg-type]
        assert answer.status < 500 or answer.status == 503, await answer.text()
        if answer.status < 400 or "json" not in answer.content_type:
            return ""
        return str((await answer.json())["code"])


def reached(account: Account, action: str, path: str) -> str:
    reach = scope(account.role, action, school=account.school)
    if reach is Scope.NONE:
        return "not-allowed"
    own, near = account.name == "wang", account.school == TOWN
    return "" if "{lesson}" not in path or covers(reach, own=own, near=near) else "not-yours"


async def held(browser: ClientSession, cells: list[Cell], **headers: str) -> int:
    """Ask all; each says what it should.  To who has an account, a stage is no matter of rights."""
    for cell in cells:
        code = await said(browser, cell, headers)
        code = code if code in (DENIED | {"not-now"} if headers else DENIED) else ""
        assert code == cell.expected, (cell, headers)
    return len(cells)


async def test_every_account_is_told_by_every_route_what_the_table_says(
    town: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(press, "MOST_WAITING", 0)  # a board that is printed takes a second
    count = 0
    for account in PEOPLE:
        login = Login(account.name, proof_of(account), time.time() + 600)
        link = Link(LessonId("inclass"), *(account.name, login.proof, login.expires_at))
        cells = []
        for method, path, opened in routes(town):
            if action := opened.login or opened.link:
                at = spelt(path, "inclass") + (f"?link={sign(link, KEY)}" if opened.link else "")
                cells.append(Cell(method, at, opened.takes, reached(account, action, path)))
        async with ClientSession(town.url, cookies={COOKIE: sign(login, KEY)}) as browser:
            count += await held(browser, cells)
    print(f"{count} cells: accounts at HTTP doors")
    assert count > 200


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SYSTEM])
async def test_every_ticket_opens_what_the_table_says_when_it_says(
    town: School, role: Role
) -> None:
    count, holder = 0, Participant(ParticipantId("somebody"), "x", role)
    for stage in Stage:
        ours, other = (
            sign(Ticket(LessonId(lesson), holder, time.time() + 600), KEY)
            for lesson in (stage, "another")
        )
        cells = []
        for method, path, opened in routes(town):
            if action := opened.ticket:
                rule = TABLE[action]
                expected = "" if stage in rule.when else "not-now"
                expected = expected if role in rule.may else "not-allowed"
                cells.append(Cell(method, spelt(path, stage), opened.takes, expected))
        strange = [Cell(c.method, c.path, c.takes, "other-lesson") for c in cells]
        async with ClientSession(town.url) as browser:
            count += await held(browser, cells, Authorization=f"Bearer {ours}")
            count += await held(browser, strange, Authorization=f"Bearer {other}")
    print(f"{count} cells: a {role}'s ticket at HTTP doors")
    assert count > 50


async def test_who_has_no_key_comes_through_the_open_doors_only(town: School) -> None:
    cells = []
    for method, path, opened in routes(town):
        barred = "login" if opened.login else "no-device" if opened.device else "no-ticket"
        cell = Cell(method, spelt(path, "inclass"), opened.takes, "" if opened.open else barred)
        cells.append(cell)
    async with ClientSession(town.url) as browser:
        print(f"{await held(browser, cells)} cells: nobody at HTTP doors")


@pytest.mark.parametrize("scope", SCOPES)
async def test_a_token_opens_what_its_scope_and_its_owner_may_both_do(
    town: School, scope: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(press, "MOST_WAITING", 0)
    count, ends = 0, time.time() + 600
    for account in PEOPLE:
        key = Token("t1", account.name, "x", apikeys.hash_of("secret"), [scope], 0.0, ends)
        await town.registry.save_token(key)
        cells = []
        for method, path, opened in routes(town):
            if action := opened.login:
                inside = action in SCOPES[scope]
                barred = "bad-ticket" if opened.ticket else "token-scope"
                barred = "login" if action == "password.change" else barred
                expected = reached(account, action, path) if inside else barred
                cells.append(Cell(method, spelt(path, "inclass"), opened.takes, expected))
        bearer = f"Bearer {apikeys.text_of('t1', 'secret')}"
        async with ClientSession(town.url, headers={"Authorization": bearer}) as program:
            count += await held(program, cells)
    print(f"{count} cells: tokens of {scope} at HTTP doors")
    assert count > 200


async def test_a_paired_device_comes_through_the_doors_of_devices_and_no_other(
    town: School,
) -> None:
    secret = "x" * 32
    hashed = sha256(secret.encode()).hexdigest()
    await town.registry.save_device(Device("d1", hashed, "", time.time(), classroom="gone"))
    cells = []
    for method, path, opened in routes(town):
        barred = "login" if opened.login else "no-ticket"
        expected = "" if opened.open else "no-device" if opened.device else barred
        cells.append(Cell(method, spelt(path, "inclass"), opened.takes, expected))
    keys = {name: Paired("d1", name, time.time() + 600) for name in (secret, "another")}
    strange, ours = (sign(keys[name], KEY) for name in ("another", secret))
    async with ClientSession(town.url, cookies={DEVICE: strange}) as browser:
        count = await held(browser, cells)
    async with ClientSession(town.url, cookies={DEVICE: ours}) as browser:
        count += await held(browser, cells)  # its classroom is gone: it opens nothing
    await town.registry.save_device(Device("d1", hashed, "123456", time.time()))
    async with ClientSession(town.url, cookies={DEVICE: ours}) as browser:
        for cell in cells:
            if cell.expected == "no-device":
                assert await said(browser, cell, {}) in ("", "not-paired")
    print(f"{count} cells: devices at HTTP doors")


async def test_an_open_door_has_an_open_row_and_no_other(town: School) -> None:
    for _, path, opened in routes(town):
        assert all(TABLE[action].open is (action == opened.open) for action in opened.actions), path


async def test_a_route_that_does_not_say_whose_it_is_is_not_served() -> None:
    async def secret(request: web.Request) -> web.Response:
        return web.Response()

    app = web.Application()
    route = app.router.add_get("/secret", secret)
    with pytest.raises(LookupError):
        door_of(route)
    with pytest.raises(LookupError):
        door(login="no.such-row")
