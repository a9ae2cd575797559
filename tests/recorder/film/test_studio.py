"""Films are made one after the other, and what was ordered outlives a fall."""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from recorder.film import studio
from recorder.film.studio import FilmStudio
from recorder.film.terms import NAME
from synclass.errors import Refused
from synclass.ports import FilmState
from synclass.words import LessonId

from ...waiting import until
from .scenes import LESSON, a_class, entries, kept


@asynccontextmanager
async def at_work(data: Path) -> AsyncIterator[FilmStudio]:
    films = FilmStudio(data, again=0.1, idle=False)
    work = asyncio.create_task(films.run())
    try:
        yield films
    finally:
        work.cancel()
        await asyncio.gather(work, return_exceptions=True)


async def test_a_film_is_ordered_made_and_there(tmp_path: Path) -> None:
    kept(tmp_path, entries(a_class(3.0)))
    async with at_work(tmp_path) as films:
        assert films.state(LESSON) == FilmState("none")
        assert films.order(LESSON).state == films.order(LESSON).state == "waiting"
        await until(lambda: films.state(LESSON).state == "ready", within=60)
        assert films.file(LESSON, NAME) is not None
        assert "我们看见了" not in films.captions(LESSON)
        assert films.file(LESSON, "plan.json") is None
        assert films.cancel(LESSON) == FilmState("none")
        assert films.file(LESSON, NAME) is None


async def test_an_order_outlives_a_fall_and_goes_on_where_it_was(tmp_path: Path) -> None:
    kept(tmp_path, entries(a_class(3.0)))
    FilmStudio(tmp_path).order(LESSON)
    async with at_work(tmp_path) as films:
        await until(lambda: films.state(LESSON).state == "ready", within=60)


async def test_a_film_that_is_being_made_can_be_cancelled(tmp_path: Path) -> None:
    kept(tmp_path, entries(a_class(600.0)))
    async with at_work(tmp_path) as films:
        films.order(LESSON)
        await until(lambda: films.state(LESSON).done > 0, within=60)
        assert films.cancel(LESSON) == FilmState("none")
        await until(lambda: not (tmp_path / "films" / LESSON).exists(), within=10)


async def test_a_lesson_that_has_no_film_is_said_so_and_the_next_one_is_made(
    tmp_path: Path,
) -> None:
    kept(tmp_path, entries(a_class(3.0)))
    films = FilmStudio(tmp_path)
    films.order(LessonId("nothing"))
    assert films.order(LESSON).ahead == 1
    async with at_work(tmp_path) as films:
        await until(lambda: films.state(LESSON).state == "ready", within=60)
        assert films.state(LessonId("nothing")) == FilmState("failed", why="no-recording")


async def test_where_the_disk_is_full_the_film_waits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept(tmp_path, entries(a_class(3.0)))
    monkeypatch.setattr(studio, "RESERVE", 1 << 60)
    async with at_work(tmp_path) as films:
        films.order(LESSON)
        await until(lambda: films.state(LESSON) == FilmState("waiting", why="disk-full"))
        monkeypatch.setattr(studio, "RESERVE", 0)
        await until(lambda: films.state(LESSON).state == "ready", within=60)


async def test_what_the_system_refuses_is_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept(tmp_path, entries(a_class(3.0)))
    asked = list[Path]()

    def refuses(path: Path) -> None:
        asked.append(path)
        raise OSError("not now")

    monkeypatch.setattr(shutil, "disk_usage", refuses)
    async with at_work(tmp_path) as films:
        films.order(LESSON)
        await until(lambda: len(asked) > 1)
        assert films.state(LESSON) == FilmState("waiting")
        monkeypatch.undo()
        await until(lambda: films.state(LESSON).state == "ready", within=60)


def test_nobody_waits_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(studio, "MOST_WAITING", 1)
    films = FilmStudio(tmp_path)
    films.order(LESSON)
    with pytest.raises(Refused) as busy:
        films.order(LessonId("other"))
    assert busy.value.code == "busy"


def test_the_oldest_films_go_where_all_are_too_large(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(studio, "MOST_BYTES", 25)
    films = FilmStudio(tmp_path)
    for n in range(4):
        folder = tmp_path / "films" / f"l{n}"
        folder.mkdir(parents=True)
        (folder / NAME).write_bytes(bytes(10))

    for n in range(4):
        os.utime(tmp_path / "films" / f"l{n}" / NAME, (n, n))
    films._bound(LessonId("l3"))
    assert sorted(path.name for path in (tmp_path / "films").iterdir()) == ["l2", "l3"]
