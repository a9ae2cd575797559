"""A lesson's pages become the courseware of a new one: its files, and its board as another."""

import asyncio
import secrets
import tempfile
import time
from pathlib import Path

from synclass.errors import Refused, Unavailable
from synclass.ports import Account, LessonCard, Press, Printout, Registry, Shelf
from synclass.preclass.handout import LONGEST_TITLE, AddHandout, Handout, Handouts
from synclass.words import SYSTEM, LessonId

from .courseware.slip import SOURCE, Word
from .courseware.workshop import Page
from .library import Library
from .rooms import Rooms

TRIES = 20
"""Codes that are tried for a door."""


class Forks:
    def __init__(
        self, *, registry: Registry, shelf: Shelf, rooms: Rooms, press: Press, library: Library
    ) -> None:
        self._registry, self._shelf, self._rooms = registry, shelf, rooms
        self._press, self._library = press, library

    async def make(self, account: Account, card: LessonCard) -> LessonId:
        """The new lesson.  Raises Refused("nothing") and makes none where there are no pages."""
        channel = (await self._rooms.open(card.id)).lesson.channel(Handouts.name)
        assert isinstance(channel, Handouts)
        handouts = list(channel.handouts.values())
        board = await self._board(card)
        if not handouts and not board:
            raise Refused("nothing", "this lesson has no page that could be taken over")
        new = await self._lesson(account, card)
        for handout in handouts:
            await asyncio.to_thread(self._copy, card.id, new, handout)
            await self._hand_out(new, handout)
        if board:
            await self._library.take_over(new, f"{card.title[: LONGEST_TITLE - 3]} 板书", board)
        return new

    async def _hand_out(self, lesson: LessonId, handout: Handout) -> None:
        room = await self._rooms.open(lesson)
        room.ask(SYSTEM, AddHandout(handout.title, handout.sheets, handout.words))

    def _copy(self, old: LessonId, new: LessonId, handout: Handout) -> None:
        """Lessons share what is alike: it costs no room."""
        names = [f"{s.name}.gz" if s.name.endswith(".svg") else s.name for s in handout.sheets]
        for name in (*names, *([f"{handout.words}.json"] if handout.words else [])):
            if (path := self._shelf.page(old, name)) is not None:
                self._shelf.keep_page(new, name, path.read_bytes())

    async def _board(self, card: LessonCard) -> list[Page]:
        """The board as pages of courseware; none where nothing was written, or none can be made."""

        async def tell(word: Word) -> None:
            return

        try:
            printed = await self._press.print_out(card.id, Printout("pdf"))
        except Unavailable:
            return []
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            await asyncio.to_thread((Path(folder) / SOURCE).write_bytes, printed)
            return await self._library.intake.workshop.convert(Path(folder), tell)

    async def _lesson(self, account: Account, of: LessonCard) -> LessonId:
        for _ in range(TRIES):
            card = LessonCard(
                *(LessonId(secrets.token_hex(6)), of.title, of.subject, account.name),
                code=f"{secrets.randbelow(900_000) + 100_000}",
                made_at=time.time(),
                kind=of.kind,
            )
            try:
                await self._registry.save_lesson(card)
            except Refused:
                continue
            return card.id
        raise Unavailable("registry", "no free code was found")
