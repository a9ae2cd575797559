"""Robots as clients of a real server: they fold, resume, write, and hold a lesson to its end."""

import asyncio
import random
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import aioice.ice
import pytest
from aiortc.codecs import vpx

from signaling.passwords import hashed
from synclass.cli import robots
from synclass.cli.robot import canvas, network, picture, script, sound
from synclass.cli.robot.client import Client
from synclass.cli.robot.glyphs import GLYPHS
from synclass.cli.robot.pen import BATCH, batches, points
from synclass.conduct import Begin
from synclass.errors import Refused
from synclass.inclass.chat import Chat, Say
from synclass.inclass.tracks import TrackPublished
from synclass.ink import decode_stroke
from synclass.lesson import Lesson
from synclass.marks import SEAT, Pen
from synclass.ports import Account
from synclass.strokes import AddInk, BeginStroke
from synclass.wire import entries
from synclass.words import Participant, Role

from ..conftest import TEACHER, VILLAGE
from ..signaling.sfu.classroom import worker
from ..signaling.wsclient import LESSON, School, school, ticket

LINE = ((100.0, 100.0), (300.0, 140.0), (320.0, 400.0))


@asynccontextmanager
async def present(here: School, who: Participant) -> AsyncIterator[Client]:
    client = Client(here.http, here.url, ticket(who))
    task = asyncio.create_task(client.run())
    try:
        await asyncio.wait_for(client.entered(), 10)
        yield client
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


def draw(client: Client, count: int) -> int:
    """A stroke, all at once; returns the number of its last ask."""
    number, packed = client.seat * SEAT + count, list(batches(points(LINE)))
    asked = client.put(BeginStroke(number, 1, Pen("pen", 0, 12), packed[0]))
    for n, ink in enumerate(packed[1:], 2):
        asked = client.put(AddInk(number, ink, n == len(packed)))
    return asked


def cut(here: School, who: Participant) -> None:
    """The server's side of the line goes without a word."""
    here.app.rooms.live[LESSON].members[who.id]._line.abort()  # type: ignore[attr-defined]


def strokes(lesson: Lesson) -> list[int]:
    board = lesson.channel("board")
    return list(board.pages[1].marks)  # type: ignore[union-attr]


def said(lesson: Lesson) -> list[str]:
    chat = lesson.channel("chat")
    assert isinstance(chat, Chat)
    return [message.text for message in chat.messages]


async def same(here: School, *clients: Client) -> None:
    """Wait until everybody knows everything; then all must have folded the same."""
    live = here.lesson()
    async with asyncio.timeout(10):
        for client in clients:
            await client.until(lambda client=client: client.lesson.seq == live.seq)  # type: ignore[misc]
    for client in clients:
        viewer = live.conduct.present[client.me]
        assert client.lesson.facing(viewer) == live.facing(viewer)


async def test_the_writer_and_a_room_fold_the_same_lesson(tmp_path: Path) -> None:
    async with (
        school(tmp_path) as here,
        present(here, TEACHER) as teacher,
        present(here, VILLAGE) as room,
    ):
        await teacher.ask(Begin())
        draw(teacher, 1)
        await teacher.ask(Say("看黑板"))
        await same(here, teacher, room)
        assert strokes(room.lesson) == [SEAT + 1]


async def test_what_was_asked_over_a_broken_line_happens_once(tmp_path: Path) -> None:
    async with school(tmp_path) as here, present(here, TEACHER) as teacher:
        await teacher.ask(Begin())
        for count in range(1, 6):
            draw(teacher, count)
            if count % 2:
                cut(here, TEACHER)
            await asyncio.wait_for(teacher.ask(Say(f"第{count}笔")), 10)
        await same(here, teacher)
        assert teacher.welcomes == 4
        assert strokes(teacher.lesson) == [SEAT + count for count in range(1, 6)]
        assert said(teacher.lesson) == [f"第{count}笔" for count in range(1, 6)]


async def test_a_server_that_comes_back_finds_its_robots(tmp_path: Path) -> None:
    async with school(tmp_path) as here, present(here, TEACHER) as teacher:
        await teacher.ask(Begin())
        await here.app.rooms.close()
        await asyncio.wait_for(teacher.until(lambda: not teacher.online), 10)
        draw(teacher, 1)
        await asyncio.wait_for(teacher.ask(Say("我们继续")), 10)
        await same(here, teacher)
        assert teacher.welcomes == 2
        assert teacher.lesson.conduct.epoch == 2


async def test_whoever_opens_the_lesson_elsewhere_takes_it_from_the_robot(tmp_path: Path) -> None:
    async with school(tmp_path) as here:
        robot = Client(here.http, here.url, ticket(TEACHER))
        task = asyncio.create_task(robot.run())
        await robot.entered()
        await here.enter(TEACHER)
        with pytest.raises(Refused) as refused:
            await asyncio.wait_for(task, 10)
        assert refused.value.code == "elsewhere"


async def test_a_refusal_is_told_to_who_asked(tmp_path: Path) -> None:
    async with school(tmp_path) as here, present(here, VILLAGE) as room:
        with pytest.raises(Refused) as refused:
            await room.ask(Begin())
        assert refused.value.code == "not-allowed"
        room.put(Begin())
        await asyncio.wait_for(room.until(lambda: bool(room.refusals)), 10)


@pytest.fixture
def untouched() -> Iterator[None]:
    """What network.prepare() changes is put back."""
    kept = (
        aioice.ice.get_host_addresses,
        aioice.ice.CONSENT_FAILURES,
        vpx.DEFAULT_BITRATE,
        vpx.MIN_BITRATE,
    )
    yield
    aioice.ice.get_host_addresses, aioice.ice.CONSENT_FAILURES = kept[:2]
    vpx.DEFAULT_BITRATE, vpx.MIN_BITRATE = kept[2:]


@pytest.mark.usefixtures("untouched")
async def test_robots_hold_a_lesson_with_voices_and_pictures_to_its_end(tmp_path: Path) -> None:
    password = tmp_path / "demo.password"
    password.write_text("abcd-efgh\n")
    async with (
        worker(tmp_path) as door,
        school(tmp_path, media=str(door)) as here,
    ):
        wang = Account("wang", "王老师", Role.TEACHER, "中心小学", hashed("abcd-efgh"))
        await here.registry.save_account(wang)
        network.prepare(here.url)
        holding = asyncio.create_task(robots.hold(here.url, password, rooms=1, minutes=0.1))
        async with asyncio.timeout(40):
            while not [c for c in await here.registry.lessons() if c.ended_at]:  # noqa: ASYNC110
                await asyncio.sleep(0.05)
        (card,) = [c for c in await here.registry.lessons() if c.ended_at]
        holding.cancel()
        await asyncio.gather(holding, return_exceptions=True)
        lesson = here.app.rooms.live[card.id].lesson
        facts = [e.fact for r in here.app.rooms._shelf.read(card.id) for e in entries(r)]
    assert card.title == script.TITLE and lesson.conduct.ended_at is not None
    assert len(strokes(lesson)) > 3 and said(lesson)
    published = {(f.who, f.track) for f in facts if isinstance(f, TrackPublished)}
    assert {("u-wang", "voice"), ("u-wang", "camera")} < published
    assert len(published) == 3, "the room's camera; its microphone is off"


def test_packed_ink_is_the_pens_way_and_comes_in_batches_of_a_tick() -> None:
    found = points(LINE)
    packed = list(batches(found))
    assert decode_stroke(b"".join(packed)) == found
    assert len(packed) == -(-len(found) // BATCH)
    assert found[0][2] < max(p for _, _, p in found) > found[-1][2]


def test_every_sheet_fits_the_board_and_can_be_written() -> None:
    pages = script.sheets(random.Random(1))
    for _ in range(8):
        for part in next(pages).parts:
            assert part.lines
            for x, y, _ in (point for line in part.lines for point in points(line)):
                assert 0 < x < 1920 * 4 and 0 < y < 1080 * 4
    assert all(letter in GLYPHS for letter in script.TITLE)


def test_a_picture_shows_the_time_of_the_lesson() -> None:
    draw_teacher = picture.teacher(lambda: True)
    frames = [bytes(draw_teacher(at).frame().planes[0]) for at in (61.0, 61.0, 62.0)]
    assert frames[0] == frames[1] != frames[2]


def test_what_lies_outside_a_canvas_is_not_drawn() -> None:
    small = canvas.Canvas(16, 8, canvas.WHITE)
    small.disc(0, 0, 40, canvas.RED)
    small.box(-5, 6, 100, 100, canvas.INK)
    luma = bytes(small.frame().planes[0])
    assert set(luma[:16]) == {canvas.RED[0]}


async def test_without_a_speech_program_there_is_a_melody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    tune = await sound.speech(["你好"])
    assert tune == sound.melody(1.0)
    assert len(tune) > 2 * sound.RATE
