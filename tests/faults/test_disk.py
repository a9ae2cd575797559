"""The disk fills up in the middle of a lesson: what cannot be kept is refused, the rest goes on."""

import os
import subprocess
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from recorder import journal, sums
from recorder.reserve import Reserve
from recorder.shelf import FileShelf
from signaling.casting import Casting
from signaling.rooms import Rooms
from synclass.adapters.memory import MemoryDirectory
from synclass.adapters.registry import SqlRegistry
from synclass.cli.robot.client import Client
from synclass.cli.robot.door import Door
from synclass.errors import Malformed, Refused, Unavailable
from synclass.inclass.chat import Said, Say
from synclass.inclass.tracks import Missed, Tracks
from synclass.ink import Chain, encode
from synclass.marks import SEAT
from synclass.ports import LessonCard, TrackFile
from synclass.strokes import BeginStroke
from synclass.words import LessonId, TrackName

from ..cli.server import Server
from ..waiting import until
from .films import latest, times
from .school import SLOW, School, channel, same, serve
from .scribe import PEN
from .watcher import Watcher, longest_gap

LESSON = LessonId("another")
SIZE = "16m"
FULL_FOR = 4.0  # seconds of the teacher's voice heard while the disk is full
MOST = 500  # asks; fewer than a hundred fit into what is left of a page of the file system


@contextmanager
def small(folder: Path) -> Iterator[Path]:
    """A small file system of its own."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(folder)]
    if os.geteuid() or subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("making a file system takes root")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server whose data folder is a small file system."""
    with small(tmp_path_factory.mktemp("disk") / "data") as data:
        yield from serve(data, "--least-free", "1")


async def test_a_full_disk_refuses_what_it_cannot_keep_and_the_teacher_is_heard(
    lesson: School,
) -> None:
    await lesson.teach()
    room = await lesson.room("石桥小学")
    watcher = await lesson.watch(room)
    await until(lambda: channel(room.lesson, Tracks).taping, within=SLOW)
    await until(lambda: len(lesson.tracks()) == 2, within=SLOW)
    await _fill_up(lesson)
    await until(lambda: not channel(room.lesson, Tracks).taping, within=SLOW)
    await lesson.teacher.ask(Say("the lesson goes on"))
    await _closed(lesson)
    assert await _told(lesson) == ("full", ["disk.full"])
    _fill(lesson.server.data / "more")
    kept = await _say_until_refused(lesson.teacher)
    with pytest.raises(Refused) as refused:
        await lesson.teacher.ask(_stroke(lesson.teacher))
    assert refused.value.code == "disk-full"
    await _heard(watcher)
    full = lesson.tracks()
    _make_room(lesson)
    await lesson.teacher.ask(Say("there is room again"))
    await _heard(watcher)
    assert room.welcomes == lesson.teacher.welcomes == 1
    verdict = journal.check(lesson.journal)
    assert verdict.sound, verdict
    said = [entry.fact.text for entry in lesson.entries() if isinstance(entry.fact, Said)]
    assert said == ["the lesson goes on", *kept, "there is room again"]
    await until(lambda: same(room, lesson), within=SLOW)
    freed = lesson.at(time.monotonic())
    await until(lambda: _recorded(lesson, freed), within=SLOW)
    await until(lambda: channel(room.lesson, Tracks).taping, within=SLOW)
    await until(lambda: _missed(lesson) == {"voice", "camera"}, within=SLOW)
    for track in (*full, *lesson.tracks()):
        assert times(lesson.server.data / "lessons" / lesson.card.id / "media" / track.name)


async def test_a_signaling_that_falls_on_a_full_disk_is_back_when_there_is_room(
    lesson: School,
) -> None:
    await lesson.teach()
    room = await lesson.room("草兴小学")
    watcher = await lesson.watch(room)
    await until(lambda: Reserve(lesson.server.data).held, within=SLOW)
    await _fill_up(lesson)
    await _closed(lesson)  # until then recordings give back what they had taken
    _fill(lesson.server.data / "more")
    kept = await _say_until_refused(lesson.teacher)
    lesson.server.kill("signaling")
    await until(lambda: "not resumed" in lesson.server.log.read_text(), within=SLOW)
    await _heard(watcher)
    _make_room(lesson)
    await until(lambda: lesson.teacher.online and room.online, within=SLOW)
    await lesson.teacher.ask(Say("we are back"))
    assert journal.check(lesson.journal).sound
    said = [entry.fact.text for entry in lesson.entries() if isinstance(entry.fact, Said)]
    assert said == [*kept, "we are back"]
    assert room.welcomes == lesson.teacher.welcomes == 2
    await until(lambda: same(room, lesson), within=SLOW)


@asynccontextmanager
async def _rooms(data: Path) -> AsyncIterator[Rooms]:
    """The lessons of a signaling process without its network."""
    registry = await SqlRegistry.open(data / "synclass.sqlite")
    await registry.save_lesson(LessonCard(LESSON, "分数", "数学", "wang", "123456", time.time()))
    rooms = Rooms(
        node="here",
        shelf=FileShelf(data),
        registry=registry,
        directory=MemoryDirectory(),
        casting=Casting([str(data / "no-media.sock")]),
    )
    yield rooms
    await rooms.close()
    await registry.close()


async def test_a_lesson_that_could_not_be_opened_on_a_full_disk_is_not_held_for_ever(
    tmp_path: Path,
) -> None:
    with small(tmp_path / "disk") as disk:
        async with _rooms(disk / "data") as rooms:
            await rooms.open(LESSON)
            _fill(disk / "ballast")
            with pytest.raises(Unavailable) as full:
                for _ in range(MOST):
                    await rooms.close()
                    await rooms.open(LESSON)
            assert full.value.code == "disk-full"
            (disk / "ballast").unlink()
            await rooms.open(LESSON)


async def test_a_journal_that_is_no_lessons_is_called_so_at_every_try(tmp_path: Path) -> None:
    strange = FileShelf(tmp_path).journal(LESSON)
    strange.append(b"not a record of ours")
    strange.close()
    async with _rooms(tmp_path) as rooms:
        for _ in range(2):
            with pytest.raises(Malformed):
                await rooms.open(LESSON)


def _fill(ballast: Path) -> None:
    with ballast.open("wb", buffering=0) as file:
        for size in (65536, 4096):
            try:
                while True:
                    file.write(bytes(size))
            except OSError:
                pass


async def _fill_up(lesson: School) -> None:
    """Until the reserve is given up: by the recorder, or by the log."""
    assert Reserve(lesson.server.data).held
    _fill(lesson.server.data / "ballast")
    await until(lambda: not Reserve(lesson.server.data).held, within=SLOW)


def _make_room(lesson: School) -> None:
    for name in ("ballast", "more"):
        (lesson.server.data / name).unlink()


async def _closed(lesson: School) -> None:
    """The recording is whole, with its index and its hashes."""
    await until(lambda: not any(track.live for track in lesson.tracks()), within=SLOW)
    media = lesson.journal.parent / "media"
    assert all(sums.beside(media / track.name).exists() for track in lesson.tracks())


async def _told(lesson: School) -> tuple[str, list[str]]:
    """What an admin is told of the disk: on the page, and in the audit log."""
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as http:
        await Door(http, lesson.server.url).login("admin", lesson.server.password())

        async def get(path: str) -> Any:
            async with http.get(lesson.server.url + path) as answer:
                return await answer.json()

        await until(lambda: _noted(get), within=SLOW)
        notes = (await get("/api/audit"))["notes"]
        acts = [note["act"] for note in notes if note["act"].startswith("disk.")]
        return (await get("/api/disk"))["level"], acts


async def _noted(get: Callable[[str], Awaitable[Any]]) -> bool:
    return any(note["act"] == "disk.full" for note in (await get("/api/audit"))["notes"])


def _missed(lesson: School) -> set[str]:
    return {entry.fact.track for entry in lesson.entries() if isinstance(entry.fact, Missed)}


async def _say_until_refused(client: Client) -> list[str]:
    """What was kept before."""
    kept: list[str] = []
    for n in range(MOST):
        try:
            await client.ask(Say(f"sentence {n}"))
        except Refused as error:
            assert error.code == "disk-full"
            return kept
        kept.append(f"sentence {n}")
    raise AssertionError("the disk has no end")


async def _heard(watcher: Watcher) -> None:
    """Seconds of unbroken sound and pictures from now on."""
    since = time.monotonic()
    await until(lambda: watcher.heard[-1] > since + FULL_FOR, within=SLOW)
    for notes in (watcher.heard, watcher.seen):
        assert longest_gap(notes, since, since + FULL_FOR) < 1.5


def _stroke(client: Client) -> BeginStroke:
    return BeginStroke(client.seat * SEAT, 1, PEN, encode(Chain(), [(9, 9, 9)], first=True))


def _recorded(lesson: School, second: float) -> bool:
    names: tuple[TrackName, ...] = ("voice", "camera")
    newest = [latest(lesson.tracks(), name) for name in names]
    return all(isinstance(t, TrackFile) and t.ends_ms / 1000 > second for t in newest)
