"""Finds the room of a lesson or opens it, keeps its claim, and closes it when all have gone."""

import asyncio
import time
from collections import deque
from collections.abc import Collection
from itertools import chain
from pathlib import Path

import structlog
from msgspec import structs

from synclass import wire
from synclass.channel import Fact
from synclass.classbook import Classbook, written_up
from synclass.conduct import Began, Ended, Joined, Left, Lost, Open
from synclass.errors import Malformed, Refused, Unavailable
from synclass.lesson import Entry
from synclass.ports import Claim, Directory, LessonCard, Registry, Shelf
from synclass.postclass.nameless import nameless
from synclass.webhooks import Event, bell_rang
from synclass.words import UNSEEN, LessonId, ParticipantId, Role, Stage

from .allowance import Allowance
from .casting import Casting
from .outcome import outcome
from .room import Room
from .seating import seat_paired

log = structlog.get_logger()

CLAIM = 15.0  # seconds a claim lives; renewed three times in it
IDLE = 60.0  # seconds an empty room that is not in class stays open
LONGEST_AWAY = 6 * 3600.0
"""Seconds a lesson may have been away over a reboot: more is a clock that leapt meanwhile."""
BOOT = Path("/proc/sys/kernel/random/boot_id")


class Rooms:
    """The live lessons of this node."""

    def __init__(
        self, *, node: str, shelf: Shelf, registry: Registry, directory: Directory, casting: Casting
    ) -> None:
        self.live: dict[LessonId, Room] = {}
        self.allowance = Allowance(registry, directory)
        self._node = node
        self._shelf = shelf
        self._registry = registry
        self._directory = directory
        self._casting = casting
        self._claims: dict[LessonId, Claim] = {}
        self._empty_since: dict[LessonId, float] = {}
        self._opening: dict[LessonId, asyncio.Lock] = {}
        self._rang: dict[tuple[LessonId, type[Fact]], float] = {}
        """Bells whose wall time is still to be written on the card; two a lesson at the most."""
        self._visits: deque[tuple[float, str, str, LessonId]] = deque()
        """Of those whom no classroom sees, until they stand in the audit log."""
        self._came: deque[tuple[LessonId, ParticipantId]] = deque()
        """Classrooms whose class may be seated by itself."""
        self._bell = asyncio.Event()

    async def open(self, lesson: LessonId) -> Room:
        """The lesson's room.

        Raises Refused("no-lesson"), Refused("held-elsewhere"), or Unavailable.
        """
        async with self._opening.setdefault(lesson, asyncio.Lock()):
            if lesson not in self.live:
                await self._open(lesson)
            return self.live[lesson]

    async def resume(self) -> None:
        """Take up again what was live when this process fell."""
        cards = await self._registry.lessons()
        running = [card.id for card in cards if card.began_at and not card.ended_at]
        await asyncio.gather(*map(self._resume, running))

    async def run(self) -> None:
        """Renew claims, write down beginnings and ends, close empty rooms.  Until cancelled."""
        looking = self.allowance.run(self.live)
        await asyncio.gather(self._keep_claims(), self._keep_cards(), looking)

    async def close(self) -> None:
        """Close every room; the lessons themselves go on in the next process."""
        for lesson in tuple(self.live):
            self._shut(lesson, "restart", "the server is starting anew: you will be back at once")

    def drop(self, lesson: LessonId) -> None:
        """This lesson is no more: whoever is still in it leaves."""
        if lesson in self.live:
            self._shut(lesson, "erased", "this lesson was erased")

    async def _resume(self, lesson: LessonId) -> None:
        try:
            await self.open(lesson)
        except (Refused, Malformed, Unavailable) as error:
            log.error("not resumed", lesson=lesson, code=error.code, why=str(error))

    async def _open(self, lesson: LessonId) -> None:
        card = await self._registry.lesson(lesson)
        if card is None:
            raise Refused("no-lesson", "there is no such lesson")
        claim = await self._directory.claim(lesson, self._node, CLAIM)
        teacher = await self._registry.account(card.teacher)
        await self.allowance.learn(lesson)
        room = await asyncio.to_thread(self._read, lesson)
        try:
            self._take_up(room, card, claim, teacher=teacher.shown if teacher else card.teacher)
        except Unavailable:  # a full disk, say: the next try must find the journal free
            room.close("closed", "this lesson could not be opened")
            raise

    def _read(self, lesson: LessonId) -> Room:
        journal = self._shelf.journal(lesson)
        try:
            return Room(
                journal,
                watch=lambda room, new: self._watch(lesson, room, new),
                rest=lambda room: self._casting.rest(lesson),
                admit=lambda by, command: self.allowance.admit(lesson, by, command, self.live),
            )
        except Malformed:
            journal.close()
            raise

    def _take_up(self, room: Room, card: LessonCard, claim: Claim, *, teacher: str) -> None:
        conduct, lesson = room.lesson.conduct, card.id
        origin, wall = _clock(conduct.origin, conduct.wall, room.lesson.ms / 1000)
        epoch = max(claim.epoch, conduct.epoch + 1)
        mark = f"{_boot()}:{origin:.6f}"
        opening = Open(epoch, wall, mark, card.title, card.subject, teacher)
        room.open(opening, origin=origin)
        self.live[lesson], self._claims[lesson] = room, claim
        self._casting.take(lesson, room)
        self._mend_card(room, card)
        log.info("lesson open", lesson=lesson, epoch=epoch, facts=room.lesson.seq)

    def _watch(self, lesson: LessonId, room: Room, entries: list[Entry]) -> None:
        self._casting.watch(lesson, entries)
        for entry in entries:
            if isinstance(entry.fact, Began | Ended) and lesson in self.live:
                self._rang[lesson, type(entry.fact)] = time.time()
                self._bell.set()
            self._note_visit(lesson, entry)
            if isinstance(entry.fact, Joined) and entry.fact.who.role is Role.CLASSROOM:
                self._came.append((lesson, entry.fact.who.id))
                self._bell.set()

    def _note_visit(self, lesson: LessonId, entry: Entry) -> None:
        """Each time that somebody unseen comes in or goes, also by a ticket of this morning."""
        match entry.fact:
            case Joined(who) if who.role in UNSEEN:
                visit = who.id, "lesson.visit"
            case Lost(who_id, unseen=True) | Left(who_id, unseen=True):
                visit = who_id, "lesson.visit-end"
            case _:
                return
        self._visits.append((time.time(), visit[0].removeprefix("u-"), visit[1], lesson))
        self._bell.set()

    def _mend_card(self, room: Room, card: LessonCard) -> None:
        """The log is the truth: a bell the card has not heard of fell between two writes."""
        conduct = room.lesson.conduct
        bells = ((Began, conduct.began_at, card.began_at), (Ended, conduct.ended_at, card.ended_at))
        for bell, at, kept in bells:
            if at is not None and not kept:
                self._rang[card.id, bell] = conduct.wall + at
                self._bell.set()

    async def _keep_cards(self) -> None:
        while True:
            await self._bell.wait()
            self._bell.clear()
            await self._keep_visits()
            await self._seat_classes()
            for (lesson, bell), wall in tuple(self._rang.items()):
                try:
                    await self._keep_card(lesson, bell, wall)
                except Unavailable as error:
                    log.error("card not kept", lesson=lesson, code=error.code)
                    await asyncio.sleep(1.0)
                    self._bell.set()
                else:
                    del self._rang[lesson, bell]

    async def _seat_classes(self) -> None:
        """Whoever cannot be seated now is seated by the co-teacher: a lesson waits for no list."""
        while self._came:
            lesson, who = self._came.popleft()
            try:
                if lesson in self.live:
                    await seat_paired(self._registry, self.live[lesson], who)
            except (Refused, Unavailable) as error:
                log.warning("class not seated", lesson=lesson, code=error.code)

    async def _keep_visits(self) -> None:
        while self._visits:
            try:
                await self._registry.note(*self._visits[0])
            except Unavailable as error:
                log.error("visit not noted", code=error.code)
                await asyncio.sleep(1.0)
            else:
                self._visits.popleft()

    async def _keep_card(self, lesson: LessonId, bell: type[Fact], wall: float) -> None:
        card = await self._registry.lesson(lesson)
        if card is not None and bell is Began:
            await self._registry.save_lesson(
                structs.replace(card, began_at=wall), news=bell_rang(Event.STARTED, lesson, wall)
            )
        elif card is not None:
            await self._keep_book(card)
            ended = structs.replace(card, ended_at=wall, code="")
            await self._registry.save_lesson(ended, news=bell_rang(Event.ENDED, lesson, wall))

    async def _keep_book(self, card: LessonCard) -> None:
        """Before the card says that it has ended: a fall between the two is mended with it."""
        lesson = card.id
        erased = await self._registry.forgotten(after=card.began_at)
        try:
            book = await asyncio.to_thread(self._write_up, lesson, erased)
            report, pupils = await asyncio.to_thread(outcome, self._shelf, lesson, erased)
        except Malformed as error:
            log.error("no class book", lesson=lesson, why=str(error))
        else:
            await self._registry.keep_book(lesson, book)
            await self._registry.keep_results(lesson, report.rooms, pupils, minutes=report.minutes)

    def _write_up(self, lesson: LessonId, erased: Collection[str]) -> Classbook:
        records = map(wire.entries, self._shelf.read(lesson))
        return written_up(nameless(chain.from_iterable(records), erased))

    async def _keep_claims(self) -> None:
        while True:
            await asyncio.sleep(CLAIM / 3)
            for lesson, room in tuple(self.live.items()):
                await self._keep_claim(lesson, room)
                self._close_if_idle(lesson, room)

    async def _keep_claim(self, lesson: LessonId, room: Room) -> None:
        """A running lesson never depends on the directory: only a clear no ends it here."""
        try:
            if await self._directory.renew(self._claims[lesson], CLAIM):
                await self._directory.present(lesson, list(room.members), CLAIM)
                return
            self._claims[lesson] = await self._directory.claim(lesson, self._node, CLAIM)
        except Unavailable as error:
            log.warning("directory away", lesson=lesson, code=error.code)
        except Refused:
            self._shut(lesson, "moved", "this lesson has moved to another server")

    def _close_if_idle(self, lesson: LessonId, room: Room) -> None:
        now = time.monotonic()
        if room.members or room.encoders or room.lesson.conduct.stage is Stage.INCLASS:
            self._empty_since.pop(lesson, None)
        elif now - self._empty_since.setdefault(lesson, now) > IDLE:
            self._shut(lesson, "closed", "everybody has gone")

    def _shut(self, lesson: LessonId, code: str, message: str) -> None:
        room = self.live.pop(lesson)
        self._empty_since.pop(lesson, None)
        self._claims.pop(lesson, None)
        self.allowance.forget(lesson)
        if code != "restart":
            self._casting.drop(lesson)
        room.close(code, message)


def _boot() -> str:
    """Names this run of the machine: its monotonic clock is good until the next."""
    return BOOT.read_text().strip() if BOOT.exists() else ""


def _clock(origin: str, wall: float, last: float) -> tuple[float, float]:
    """(monotonic, wall) seconds of lesson time 0: kept over a restart, found after a reboot."""
    boot, _, mono = origin.rpartition(":")
    if wall and boot and boot == _boot():
        return float(mono), wall
    if wall:
        gone = time.time() - wall
        return time.monotonic() - (gone if last <= gone <= last + LONGEST_AWAY else last), wall
    return time.monotonic(), time.time()
