"""A photograph is where its work is: whatever falls between, none is lost, and none is left."""

import asyncio
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from recorder.eraser import FileEraser
from recorder.shelf import FileShelf
from signaling.album import AT_ONCE, WITHIN, Album, clear
from synclass.adapters.registry import SqlRegistry
from synclass.adapters.registry.database import Database
from synclass.adapters.registry.photographs import PICTURE
from synclass.cli.backup import backup
from synclass.cli.restore import restore
from synclass.errors import Refused, Unavailable
from synclass.ports import LessonCard
from synclass.postclass.homework import Work
from synclass.school import retention
from synclass.words import LessonId

from ..adapters.registry.conftest import made, postgres
from ..adapters.registry.test_photographs import PHOTO, TASK, inside
from ..recorder.test_photographs import files
from .server import school

__all__ = ["made", "postgres"]


@pytest.fixture
async def database(made: Path | str) -> AsyncIterator[Database]:
    database = await Database.open(made)
    yield database
    await database.close()


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "shelf").mkdir()
    return tmp_path / "shelf"


@pytest.fixture
async def album(database: Database, data: Path) -> Album:
    registry = SqlRegistry(database)
    await registry.put(TASK)
    return Album(registry, FileShelf(data))


class Full(FileShelf):
    """Has no room."""

    def keep_photograph(self, name: str, photo: bytes) -> None:
        raise Unavailable("disk-full", "no room")


class Falls(FileShelf):
    """Has written the file when the power fails."""

    def keep_photograph(self, name: str, photo: bytes) -> None:
        super().keep_photograph(name, photo)
        raise KeyboardInterrupt


async def later(registry: SqlRegistry, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is to go within the hour has gone."""
    now = time.time()
    with monkeypatch.context() as clock:
        clock.setattr(time, "time", lambda: now + 2 * WITHIN)
        await clear(registry, FileEraser(data))


async def test_what_was_kept_is_read_and_nothing_else(album: Album, data: Path) -> None:
    work = await album.keep(PHOTO, b"webp")
    assert await album.photo(work) == b"webp"
    [path] = files(data)
    assert path == await album.path(work)
    path.write_bytes(b"wepb")
    assert await album.photo(work) is None, "it is not what was kept"
    path.unlink()
    assert await album.photo(work) is None and await album.path(work) is None


async def test_a_full_disk_keeps_neither_the_work_nor_the_photograph(
    database: Database, album: Album, data: Path
) -> None:
    registry = SqlRegistry(database)
    with pytest.raises(Unavailable) as full:
        await Album(registry, Full(data)).keep(PHOTO, b"webp")
    assert full.value.code == "disk-full" and files(data) == []
    assert await registry.work(PHOTO.id) is None and await registry.photograph(PHOTO.id) is None
    assert await album.photo(await album.keep(PHOTO, b"webp")) == b"webp"


async def test_a_photograph_nobody_took_is_gone_within_the_hour(
    database: Database, album: Album, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    registry = SqlRegistry(database)
    work = await album.keep(PHOTO, b"webp")
    with pytest.raises(Refused):
        await album.keep(replace(work, version=9), b"late")
    with pytest.raises(KeyboardInterrupt):
        await Album(registry, Falls(data)).keep(work, b"fell")
    await clear(registry, FileEraser(data))
    assert len(files(data)) == 3, "somebody may be about to take them"
    await later(registry, data, monkeypatch)
    assert files(data) == [await album.path(work)] and await album.photo(work) == b"webp"


async def test_one_that_cannot_be_removed_is_removed_at_the_next_look(
    database: Database, album: Album, data: Path
) -> None:
    registry = SqlRegistry(database)
    work = await album.keep(PHOTO, b"webp")
    await registry.remove(Work, work.id, work.version)

    class Stuck(FileEraser):
        def drop_photograph(self, name: str) -> None:
            raise Unavailable("offsite", "the bucket does not answer")

    await clear(registry, Stuck(data))
    assert len(files(data)) == 1
    await clear(registry, FileEraser(data))
    assert files(data) == []


async def many(database: Database, count: int) -> list[Work]:
    registry = await inside(database)
    works = [replace(PHOTO, version=1)]
    for n in range(1, count):
        one = replace(PHOTO, id=f"w2-{n}", pupil=f"小{n}", receipt=f"r{n}")
        works.append(await registry.put(one))
        await database.write(database.upsert(PICTURE, {"work": one.id, "data": b"%d" % n}))
    return works


async def test_those_inside_are_moved_out_and_back_whatever_falls_between(
    database: Database, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    works, registry = await many(database, 12), SqlRegistry(database)
    album = Album(registry, FileShelf(data))
    photos = [b"webp", *(b"%d" % n for n in range(1, 12))]
    for fell in (3, 7):
        for _ in range(fell):
            await album._move_out((await registry.inside(limit=1))[0])
        with pytest.raises(KeyboardInterrupt):
            await Album(registry, Falls(data)).move_out()
    assert await album.photo(works[11]) == b"11", "one that is still inside is moved at once"
    assert await album.move_out() == 0 or await registry.inside(limit=1) == []
    assert [await album.photo(work) for work in works] == photos
    assert await album.move_out() == 0
    await later(registry, data, monkeypatch)
    assert len(files(data)) == 12, "what the falls left is gone"
    assert await album.move_back() == 12 and await album.move_back() == 0
    await clear(registry, FileEraser(data))
    assert files(data) == [] and len(await registry.inside(limit=AT_ONCE)) == 12
    assert [await album.photo(work) for work in works] == photos


async def test_one_that_is_damaged_is_not_moved_back(
    database: Database, album: Album, data: Path
) -> None:
    await album.keep(PHOTO, b"webp")
    files(data)[0].write_bytes(b"harm")
    with pytest.raises(Unavailable) as damaged:
        await album.move_back()
    assert damaged.value.code == "damaged"
    assert await SqlRegistry(database).inside(limit=9) == []


async def test_a_lesson_that_goes_while_its_photographs_are_moved_leaves_none(
    database: Database, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await many(database, 3)
    registry = SqlRegistry(database)
    with pytest.raises(KeyboardInterrupt):
        await Album(registry, Falls(data)).move_out()
    await registry.remove_lesson(LessonId("m1"))
    await asyncio.gather(*(Album(registry, FileShelf(data)).move_out() for _ in range(2)))
    await later(registry, data, monkeypatch)
    assert files(data) == []


async def test_photographs_fall_with_their_lesson_by_its_rule(tmp_path: Path) -> None:
    async with school(tmp_path, work=False) as town:
        ended = time.time() - retention.MONTH * 2
        card = LessonCard(TASK.lesson, "分数", "数学", "wang", "", ended, ended, ended)
        await town.registry.save_lesson(card)
        await town.registry.put(TASK)
        await town.app.album.keep(PHOTO, b"webp")
        await town.registry.set_rule(retention.Rule("数学", "", 1))
        await town.app.retention.look(time.time())
        assert len(files(tmp_path / "photographs")) == 1, "it is announced first"
        await town.app.retention.look(time.time() + retention.NOTICE + 60)
        assert files(tmp_path / "photographs") == []


async def test_photographs_are_in_a_backup_and_come_back_with_it(tmp_path: Path) -> None:
    async with school(tmp_path / "old", work=False) as town:
        await town.registry.put(TASK)
        kept = await town.app.album.keep(PHOTO, b"webp")
        backup(tmp_path / "old", tmp_path / "b.tar")
    restore(tmp_path / "b.tar", tmp_path / "new")
    async with school(tmp_path / "new", work=False) as town:
        assert await town.app.album.photo(kept) == b"webp"
