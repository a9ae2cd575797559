"""Files that no teacher makes: each is refused with a code, and next door nobody notices."""

import asyncio
import gzip
import time
import zlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from xml.etree import ElementTree

import pytest
from aiohttp import ClientSession

from signaling.courseware.workshop import Workshop
from synclass.conduct import Begin, Join
from synclass.inclass.chat import Say
from synclass.words import Stage

from ..conftest import TEACHER
from ..signaling.courseware.files import drawing, joined, office, pdf
from ..signaling.courseware.test_pictures import bomb as picture_bomb
from ..signaling.courseware.test_svg import DISGUISES, check
from ..signaling.server import School, school
from ..signaling.test_library import handouts, upload
from ..signaling.test_rooms import CARD, LESSON

PATIENCE = 8.0  # seconds for a file here; a server gives it five minutes
NOTICED = 0.5  # seconds: a question in class that takes longer is noticed


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[School]:
    async with school(tmp_path) as town:
        await town.registry.save_lesson(CARD)
        town.app.library.intake.workshop = Workshop(patience=PATIENCE)
        room = await town.app.rooms.open(LESSON)
        room.ask(TEACHER, Join())
        room.ask(TEACHER, Begin())
        assert room.lesson.conduct.stage is Stage.INCLASS
        yield town


@asynccontextmanager
async def undisturbed(town: School) -> AsyncIterator[None]:
    """A class goes on meanwhile, and nothing of it takes longer than anybody notices."""
    room, slowest = await town.app.rooms.open(LESSON), [0.0]

    async def teach(browser: ClientSession) -> None:
        while True:
            began = time.monotonic()
            room.ask(TEACHER, Say("好"))
            async with browser.get("/healthz") as response:
                assert response.status == 200
            slowest[0] = max(slowest[0], time.monotonic() - began)
            await asyncio.sleep(0.02)

    async with town.browser() as browser:
        task = asyncio.create_task(teach(browser))
        try:
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
    assert slowest[0] < NOTICED


async def outcome(town: School, data: bytes) -> str:
    """The code of the refusal, or "" where it became a handout."""
    async with undisturbed(town), town.browser() as browser:
        _, said = await upload(browser, data)
    return str(said[-1].get("code", ""))


def tree(depth: int) -> bytes:
    """Pages inside of pages inside of pages."""
    kids = [b"<</Type/Pages/Count 1/Kids[%d 0 R]>>" % (n + 3) for n in range(depth)]
    page = b"<</Type/Page/MediaBox[0 0 960 540]/Parent 2 0 R>>"
    return joined([b"<</Type/Catalog/Pages 2 0 R>>", *kids, page])


def nested_forms(levels: int, times: int) -> bytes:
    """Forms that draw forms that draw forms: a few lines that draw a billion squares."""
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[3 0 R]>>"]
    first = 5
    resources = b"<</XObject<</F %d 0 R>>>>"
    objects.append(
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 960 540]/Contents 4 0 R/Resources%s>>"
        % (resources % first)
    )
    objects.append(b"<</Length 4>>stream\n/F Do\nendstream")
    for level in range(levels):
        draws = b"/F Do\n" * times if level < levels - 1 else b"0 0 9 9 re f\n"
        head = b"<</Type/XObject/Subtype/Form/BBox[0 0 960 540]/Resources%s/Length %d>>"
        head %= (resources % (first + level + 1), len(draws))
        objects.append(head + b"stream\n" + draws + b"endstream")
    return joined(objects)


def inflating(megabytes: int) -> bytes:
    """A page whose lines are a thousand times longer than the file."""
    draws = zlib.compress(b"0 0 m 9 9 l S\n" * (megabytes * 75_000), 1)
    return joined(
        [
            *(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[3 0 R]>>"),
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 960 540]/Contents 4 0 R>>",
            b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(draws), draws),
        ]
    )


REFUSED = {
    "more pages than there are": (
        joined([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 2000000000/Kids[]>>"]),
        {"too-many-pages", "broken-file"},
    ),
    "a page as large as a country": (pdf(size=(999_000, 999_000)), {"bad-size"}),
    "forms in forms": (nested_forms(12, 12), {"too-slow", "not-converted"}),
    "an endless page": (inflating(100), {"too-slow", "not-converted", "too-heavy"}),
    "pages in pages": (
        tree(60_000),
        {"broken-file", "not-converted", "bad-size", "too-many-pages"},
    ),
    "a picture as large as a field": (picture_bomb(60_000, 60_000), {"too-large"}),
    "zeros": (office({"ppt/media/1.bin": bytes(200_000_000)}), {"zip-bomb"}),
    "a way out": (office({"../../../../etc/cron.d/x": b"* * * * * root true"}), {"zip-slip"}),
    "a drawing with entities": (
        drawing("<text>&b;</text>", head='<!DOCTYPE svg [<!ENTITY a "a"><!ENTITY b "&a;&a;">]>'),
        {"broken-file"},
    ),
    "a drawing in a drawing": (drawing("<g>" * 100_000 + "</g>" * 100_000), {"too-heavy"}),
    "a drawing that draws itself": (
        drawing("<g id='a'><use href='#b'/></g><g id='b'><use href='#a'/></g>"),
        {"too-heavy"},
    ),
}


@pytest.mark.parametrize("attack", REFUSED)
async def test_a_bomb_is_refused_and_the_class_goes_on(town: School, attack: str) -> None:
    data, codes = REFUSED[attack]
    assert await outcome(town, data) in codes
    assert not (await handouts(town)).handouts


async def test_a_drawing_full_of_scripts_arrives_without_any(town: School, tmp_path: Path) -> None:
    assert await outcome(town, drawing("".join(DISGUISES))) == ""
    (sheet,) = (await handouts(town)).handouts[1].sheets
    check(ElementTree.fromstring(kept(tmp_path / "pages", sheet.name)))


def kept(store: Path, name: str) -> bytes:
    return gzip.decompress((store / f"{name}.gz").read_bytes())


async def test_after_a_bomb_the_next_file_is_converted(town: School) -> None:
    assert await outcome(town, nested_forms(12, 12)) in REFUSED["forms in forms"][1]
    assert await outcome(town, pdf(2)) == ""
