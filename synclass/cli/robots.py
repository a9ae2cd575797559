"""`synclass robots`: a teacher and village rooms that hold a lesson, for demos and for trials."""

import asyncio
import logging
import random
from contextlib import AsyncExitStack
from pathlib import Path

import aiohttp
import click
import structlog

from ..errors import Refused, Unavailable
from ..ports import LessonCard
from .exhibit import tomorrow
from .robot import network, script, sound
from .robot.client import Client
from .robot.door import Door
from .robot.early import wait
from .robot.room import ClassRoom
from .robot.teacher import Teacher

log = structlog.get_logger()

AGAIN = 1.0  # seconds until the next lesson, or the next try
LOOK = 5.0  # seconds between two looks whether a lesson taken over is over
TEACHER = "wang"


@click.command("robots")
@click.option("--url", default="http://localhost:8080", help="The server's address.")
@click.option(
    "--password-file",
    required=True,
    type=click.Path(path_type=Path),
    help="Holds the demo teacher's password.",
)
@click.option(
    "--trust",
    type=click.Path(path_type=Path),
    help="PEM of the server's certificate or its authority, where no device knows it.",
)
@click.option("--rooms", default=3, type=click.IntRange(0, len(script.ROOMS)))
@click.option("--minutes", default=20.0, help="Length of a lesson; then the next one begins.")
def command(
    url: str, *, password_file: Path, trust: Path | None, rooms: int, minutes: float
) -> None:
    """Robots hold a lesson, and then another, until Ctrl-C."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.INFO))
    network.prepare(url)
    asyncio.run(hold(url, password_file, trust=trust, rooms=rooms, minutes=minutes))


async def hold(
    url: str, password_file: Path, *, rooms: int, minutes: float, trust: Path | None = None
) -> None:
    """Lesson after lesson, whatever happens to the server, until cancelled."""
    async with AsyncExitStack() as stack:
        # The server is often named by its address, and aiohttp forgets cookies of those.
        jar = aiohttp.CookieJar(unsafe=True)
        lines = aiohttp.TCPConnector(ssl=network.trusting(trust) if trust else True)
        session = aiohttp.ClientSession(cookie_jar=jar, connector=lines)
        http = await stack.enter_async_context(session)
        voices = [await sound.speech(script.SPOKEN)]
        voices += [await sound.speech([a], pitch=65 + 10 * n) for n, a in enumerate(script.ANSWERS)]
        while True:
            try:
                door = Door(http, url)
                await door.login(TEACHER, await asyncio.to_thread(_read, password_file))
                await School(door, voices, rooms=rooms).lesson(minutes)
            except* (Refused, Unavailable, OSError) as errors:
                log.info("no lesson yet", why=[str(error) for error in errors.exceptions])
            await asyncio.sleep(AGAIN)


class School:
    """The robots of one lesson."""

    def __init__(self, door: Door, voices: list[bytes], *, rooms: int) -> None:
        self._door = door
        self._voices = voices
        self._rooms = rooms
        self._dice = random.Random()

    async def lesson(self, minutes: float) -> None:
        """Hold a lesson from before it begins until it has ended."""
        open_ = [one for one in await self._door.lessons() if not one.ended_at]
        card = self._running(open_)
        card = card or await self._door.make_lesson(script.TITLE, script.SUBJECT)
        log.info("lesson", id=card.id, code=card.code)
        entrance = await self._door.ticket(card.id)
        client = Client(self._door.http, self._door.url, entrance.ticket)
        teacher = Teacher(client, self._voices[0], random.Random(self._dice.random()))
        async with asyncio.TaskGroup() as tasks:
            rooms = [tasks.create_task(self._room(card, n)) for n in range(self._rooms)]
            early = [one for one in open_ if one.id == tomorrow.LESSON and not one.began_at]
            rooms += [tasks.create_task(wait(self._door, one)) for one in early]
            try:
                await teacher.run(rooms=self._rooms, minutes=minutes)
            except* Refused as refused:
                await self._taken_over(card, refused)
            for room in rooms:
                room.cancel()

    def _running(self, cards: list[LessonCard]) -> LessonCard | None:
        """The lesson an earlier run of ours has left; it goes on."""
        return next((one for one in cards if one.title == script.TITLE and one.began_at), None)

    async def _room(self, card: LessonCard, number: int) -> None:
        name = script.ROOMS[number]
        entrance = await self._door.knock(card.code, name)
        client = Client(self._door.http, self._door.url, entrance.ticket)
        voice = self._voices[1 + number % len(script.ANSWERS)]
        await ClassRoom(client, number, voice, random.Random(self._dice.random())).run()

    async def _taken_over(self, card: LessonCard, refused: "ExceptionGroup[Refused]") -> None:
        """Somebody opened the lesson as its teacher: the robots are their class until its end."""
        if any(error.code != "elsewhere" for error in _leaves(refused)):
            raise refused
        log.info("a person teaches", lesson=card.id)
        while not (await self._door.lesson(card.id)).ended_at:  # noqa: ASYNC110  over HTTP
            await asyncio.sleep(LOOK)


def _read(path: Path) -> str:
    return path.read_text().strip()


def _leaves(group: "ExceptionGroup[Refused]") -> list[Refused]:
    leaves: list[Refused] = []
    for error in group.exceptions:
        leaves += _leaves(error) if isinstance(error, ExceptionGroup) else [error]
    return leaves
