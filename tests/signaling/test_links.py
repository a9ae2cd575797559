"""The media of a recording go out to who may watch it now, by a link of their own."""

import time
from pathlib import Path

from aiohttp import ClientSession
from msgspec import structs

from recorder.shelf import media_folder
from signaling.links import LIFETIME
from signaling.passwords import hashed
from synclass.tickets import Link, Login, sign
from synclass.words import Role

from .server import KEY, School, school
from .test_replays import taught
from .test_rooms import LESSON

NAME = "teacher.voice.1.webm"


async def recorded(town: School, data: Path) -> None:
    await taught(town)
    folder = media_folder(data, LESSON)
    folder.mkdir(parents=True)
    (folder / NAME).write_bytes(bytes(range(100)))


async def link_of(browser: ClientSession) -> str:
    async with browser.get(f"/api/lessons/{LESSON}/link") as response:
        assert response.status == 200
        return str((await response.json())["link"])


async def asked(browser: ClientSession, link: str, lesson: str = LESSON) -> tuple[int, str]:
    """The status and the code of a range that is asked for."""
    path = f"/api/lessons/{lesson}/media/{NAME}?link={link}"
    async with browser.get(path, headers={"Range": "bytes=10-19"}) as response:
        if response.status != 206:
            return response.status, str((await response.json())["code"])
        assert await response.read() == bytes(range(10, 20))
        return response.status, ""


async def test_a_link_opens_the_media_without_a_cookie(tmp_path: Path) -> None:
    async with school(tmp_path) as town, town.browser("zhao") as patrol, town.browser() as nobody:
        await recorded(town, tmp_path)
        assert await asked(nobody, await link_of(patrol)) == (206, "")


async def test_without_a_link_nothing_is_given(tmp_path: Path) -> None:
    async with school(tmp_path) as town, town.browser("admin") as admin:
        await recorded(town, tmp_path)
        login = sign(Login("admin", "", time.time() + 9), KEY)
        for link in ("", "x", login):
            status, code = await asked(admin, link)
            assert (status, code) == (401, "bad-ticket" if link else "no-ticket")


async def test_a_link_is_good_for_a_minute_and_one_lesson(tmp_path: Path) -> None:
    async with school(tmp_path) as town, town.browser("admin") as admin:
        await recorded(town, tmp_path)
        link = await link_of(admin)
        assert await asked(admin, link, "another") == (403, "other-lesson")
        old = sign(Link(LESSON, "admin", "", time.time() - 1), KEY)
        assert await asked(admin, old) == (401, "ticket-expired")
        assert LIFETIME <= 60


async def test_a_new_password_ends_every_link_at_once(tmp_path: Path) -> None:
    async with school(tmp_path) as town, town.browser("admin") as admin:
        await recorded(town, tmp_path)
        link = await link_of(admin)
        account = await town.registry.account("admin")
        assert account
        new = structs.replace(account, password=hashed("another-horse"))
        await town.registry.save_account(new)
        assert await asked(admin, link) == (401, "login")
        async with admin.get(f"/api/lessons/{LESSON}/link") as response:
            assert response.status == 401


async def test_a_lowered_right_ends_every_link_at_once(tmp_path: Path) -> None:
    async with school(tmp_path) as town, town.browser("zhao") as patrol:
        await recorded(town, tmp_path)
        link = await link_of(patrol)
        account = await town.registry.account("zhao")
        assert account
        await town.registry.save_account(structs.replace(account, role=Role.CO_TEACHER))
        assert await asked(patrol, link) == (403, "not-yours")
        await town.registry.save_account(structs.replace(account, role=Role.TEACHER))
        assert await asked(patrol, link) == (403, "not-yours")
