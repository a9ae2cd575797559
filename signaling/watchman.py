"""Ends what is open for somebody whose right has been lowered: socket, encoder, player, media."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

import structlog

from synclass.conduct import Leave
from synclass.errors import Refused, Unavailable
from synclass.ports import Account, Accounts, Device, Devices
from synclass.tickets import Ticket

from .bearer import Bearers, sits_in
from .rooms import Rooms

EVERY = 0.4
"""Seconds between looks: a right that was lowered is gone within one second (measured: 0.5)."""
log = structlog.get_logger()


class Admitted(Protocol):
    """Whoever came in by a ticket; it is None until they have shown it."""

    ticket: Ticket | None

    def dismiss(self, code: str, message: str) -> None: ...


class Known(Accounts, Devices, Protocol):
    """Whose right may be lowered."""


class Watchman:
    """Looks at who came by account or device, as often as the registry's answer may matter."""

    def __init__(self, *, rooms: Rooms, accounts: Known, bearers: Bearers) -> None:
        self._rooms = rooms
        self._accounts = accounts
        self._bearers = bearers
        self._watched: set[Admitted] = set()
        self._seen: dict[str, Account | Device] = {}
        """Accounts and devices as they were when all of theirs was last found good."""

    @contextmanager
    def over(self, one: Admitted) -> Iterator[None]:
        """Watch it meanwhile."""
        self.watch(one)
        try:
            yield
        finally:
            self.forget(one)

    def watch(self, one: Admitted) -> None:
        self._watched.add(one)

    def forget(self, one: Admitted) -> None:
        self._watched.discard(one)

    async def run(self) -> None:
        """Look until cancelled."""
        while True:
            try:
                await self.look()
            except Unavailable as error:  # lessons go on without the registry
                log.warning("rights not looked at", code=error.code)
            await asyncio.sleep(EVERY)

    async def look(self) -> None:
        """Dismiss who may no longer be here; raises Unavailable."""
        came = [(one, one.ticket) for one in self._watched if one.ticket and _by(one.ticket)]
        names = {ticket.account for _, ticket in came if ticket.account}
        ids = {ticket.device for _, ticket in came if ticket.device}
        now: dict[str, Account | Device] = {
            **await self._accounts.accounts_named(names),
            **{f"device {id_}": d for id_, d in (await self._accounts.devices_named(ids)).items()},
        }
        for one, ticket in came:
            known = now.get(_by(ticket))
            if known is None or known != self._seen.get(_by(ticket)) or _is_guest(ticket, known):
                await self._look_at(one, ticket)
        self._seen = now

    async def _look_at(self, one: Admitted, ticket: Ticket) -> None:
        try:
            await self._bearers.check(ticket)
        except Refused as error:
            log.info("right gone", lesson=ticket.lesson, who=ticket.holder.id, code=error.code)
            self._leave(ticket)
            one.dismiss(error.code, str(error))

    def _leave(self, ticket: Ticket) -> None:
        """With their place in the lesson goes their media, which would go on without the page."""
        room = self._rooms.live.get(ticket.lesson)
        if room is not None and ticket.holder.id in room.lesson.conduct.present:
            try:
                room.ask(ticket.holder, Leave())
            except (Refused, Unavailable) as error:
                log.warning("not left", who=ticket.holder.id, code=error.code)


def _is_guest(ticket: Ticket, known: Account | Device) -> bool:
    """Whose right may go though the account is what it was: their studio is asked each time."""
    return isinstance(known, Account) and sits_in(ticket, known)


def _by(ticket: Ticket) -> str:
    """Whose right it goes by, "" for who came by a code; no account's name has a space."""
    return f"device {ticket.device}" if ticket.device else ticket.account
