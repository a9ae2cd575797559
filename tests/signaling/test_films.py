"""A lesson as a film, for those who may watch the recording."""

from pathlib import Path
from urllib.parse import quote

import msgspec
import pytest
from aiohttp.test_utils import make_mocked_request

from signaling.films import language_of
from synclass.conduct import End
from synclass.ports import FilmState

from ..conftest import TEACHER
from ..waiting import until
from .server import School, school
from .test_replays import taught
from .test_rooms import LESSON

FILM = f"/api/lessons/{LESSON}/film"


async def over(town: School) -> None:
    await taught(town)
    town.app.rooms.live[LESSON].ask(TEACHER, End())
    await until(lambda: has_ended(town))


async def has_ended(town: School) -> bool:
    card = await town.registry.lesson(LESSON)
    return card is not None and card.ended_at > 0


async def test_a_teacher_orders_a_film_and_takes_it(tmp_path: Path) -> None:
    async with school(tmp_path) as town, town.browser("wang") as wang:
        await over(town)

        async def state() -> str:
            async with wang.get(FILM) as answer:
                return msgspec.json.decode(await answer.read(), type=FilmState).state

        assert await state() == "none"
        async with wang.get(f"{FILM}.mp4") as answer:
            assert (answer.status, (await answer.json())["code"]) == (404, "no-film")
        async with wang.post(FILM, headers={"Accept-Language": "de,en;q=0.8"}) as answer:
            assert answer.status == 200 and (await answer.json())["state"] == "waiting"

        async def ready() -> bool:
            return await state() == "ready"

        await until(ready, within=60)
        async with wang.get(f"{FILM}.mp4") as answer:
            film = await answer.read()
            assert answer.content_type == "video/mp4" and b"ftyp" in film and b"Page 1" in film
            card = await town.registry.lesson(LESSON)
            assert card is not None
            assert answer.headers["Content-Disposition"].endswith(quote(f"{card.title}.mp4"))
        async with wang.get(f"{FILM}.mp4", headers={"Range": "bytes=0-99"}) as answer:
            assert answer.status == 206
        async with wang.get(f"{FILM}.vtt") as answer:
            assert (await answer.text()).startswith("WEBVTT")
        async with wang.delete(FILM) as answer:
            assert (await answer.json())["state"] == "none"
        acts = [act for _, _, act, _ in await town.registry.notes()]
        assert [acts.count(f"film.{act}") for act in ("make", "cancel")] == [1, 1]
        assert acts.count("film.take") == 3


@pytest.mark.parametrize(
    ("query", "read", "language"),
    [
        ("?language=en", "zh-CN", "en"),
        ("", "en-GB, zh;q=0.5", "en"),
        ("", "fr", "zh"),
        ("", "", "zh"),
    ],
)
def test_chapters_are_named_as_whoever_orders_them_reads(
    query: str, read: str, language: str
) -> None:
    request = make_mocked_request("POST", f"/{query}", headers={"Accept-Language": read})
    assert language_of(request) == language


async def test_only_who_may_watch_takes_it_and_only_her_teacher_orders_it(tmp_path: Path) -> None:
    async with school(tmp_path) as town:
        await over(town)
        for name, looks, orders in (
            ("", 401, 401),
            ("li", 403, 403),
            ("sun", 403, 403),
            ("zhao", 200, 403),
        ):
            async with town.browser(name) as browser:
                async with browser.get(FILM) as answer:
                    assert answer.status == looks, name
                async with browser.post(FILM) as answer:
                    assert answer.status == orders, name
                async with browser.delete(FILM) as answer:
                    assert answer.status == orders, name


async def test_no_film_is_ordered_of_a_lesson_that_goes_on(tmp_path: Path) -> None:
    async with school(tmp_path) as town, town.browser("wang") as wang:
        await taught(town)
        async with wang.post(FILM) as answer:
            assert (answer.status, (await answer.json())["code"]) == (403, "not-ended")
