"""The admin is told of a disk that fills up, in the audit log and on the page."""

import os
import time
from pathlib import Path

import pytest

from recorder.film.studio import FRESH, FilmStudio
from recorder.film.terms import NAME
from recorder.shelf import FileShelf
from signaling.login import Logins
from signaling.storeroom import FULL, Level, Storeroom, level
from synclass.ports import Space

from ..founded import founded
from .server import KEY, school

GB = 1_000_000_000


@pytest.mark.parametrize(
    ("free", "said"),
    [(100 * GB, "enough"), (6 * GB, "low"), (2 * GB, "short"), (FULL - 1, "full"), (0, "full")],
)
def test_how_full_a_disk_is_has_four_words(free: int, said: Level) -> None:
    assert level(Space(free, 2 * GB)) == said


def test_where_nothing_is_to_be_left_free_only_a_full_disk_is_told() -> None:
    assert [level(Space(free, 0)) for free in (FULL, 0)] == ["enough", "full"]


async def test_each_change_is_one_line_of_the_audit_log(tmp_path: Path) -> None:
    registry = await founded(tmp_path / "synclass.sqlite")
    for least, shelf in ((0, "enough"), (10**18, "short")):
        logins = Logins(registry, KEY)
        room = Storeroom(
            registry=registry,
            shelf=FileShelf(tmp_path, least_free=least),
            films=FilmStudio(tmp_path),
            logins=logins,
        )
        await room.look(1000)
        await room.look(1005)
        noted = [(wall, who, act) for wall, who, act, _ in await registry.notes()]
        assert noted == ([] if shelf == "enough" else [(1000, "", "disk.short")])
    await registry.close()


async def test_only_an_admin_is_told_how_much_room_there_is(tmp_path: Path) -> None:
    async with school(tmp_path) as here, here.browser("admin") as admin:
        answer = await (await admin.get("/api/disk")).json()
        assert answer["level"] == "enough" and answer["free"] > 0
        async with here.browser("wang") as teacher:
            assert (await teacher.get("/api/disk")).status == 403


def films(data: Path) -> int:
    return len(list(data.glob(f"films/*/{NAME}")))


async def test_where_the_disk_runs_low_films_go_that_nobody_waits_for(tmp_path: Path) -> None:
    registry, wall = await founded(tmp_path / "synclass.sqlite"), time.time()
    for n, age in enumerate((0.0, 2 * FRESH)):
        film = tmp_path / "films" / f"lesson{n}" / NAME
        film.parent.mkdir(parents=True)
        film.write_bytes(bytes(3_000_000))
        os.utime(film, (wall - age, wall - age))
    for least, left in ((0, 2), (10**18, 1), (10**18, 1)):
        shelf = FileShelf(tmp_path, least_free=least)
        room = Storeroom(
            registry=registry, shelf=shelf, films=FilmStudio(tmp_path), logins=Logins(registry, KEY)
        )
        await room.look(wall)
        assert films(tmp_path) == left
    noted = [(act, what) for _, _, act, what in await registry.notes() if act == "film.drop"]
    assert noted == [("film.drop", "3 MB")]
    await registry.close()
