"""The door ticket that a request carries, for the lesson its address names, if it still opens."""

import secrets
import time

from aiohttp import web

from synclass.errors import Refused
from synclass.ports import Account, Registry
from synclass.tickets import Ticket, read
from synclass.words import LessonId

from .login import Logins, guest_of, proof_of


class Bearers:
    """Whoever has a ticket, as the registry knows them now."""

    def __init__(self, *, registry: Registry, logins: Logins, key: bytes) -> None:
        self._registry = registry
        self._logins = logins
        self._key = key

    async def ticket_of(self, request: web.Request) -> Ticket:
        """The bearer's (RFC 6750 §2.1); raises Refused: no-ticket, other-lesson, as read()."""
        scheme, _, text = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not text:
            raise Refused("no-ticket", "send a door ticket: Authorization: Bearer ...")
        ticket = await self.read(text.strip())
        if ticket.lesson != LessonId(request.match_info["lesson"]):
            raise Refused("other-lesson", "this is a ticket for another lesson")
        return ticket

    async def read(self, text: str) -> Ticket:
        """A ticket that opens now; raises Refused: bad-ticket, ticket-expired, as check()."""
        ticket = read(text, Ticket, self._key, now=time.time())
        await self.check(ticket)
        return ticket

    async def check(self, ticket: Ticket) -> None:
        """Whether who came by account or device may still come so; who came by a code always may.

        Raises Refused: ticket-expired where password, role or school are others now, not-allowed,
        not-yours.
        """
        if ticket.device:
            await self._check_device(ticket)
        if not ticket.account:
            return
        account = await self._registry.account(ticket.account)
        if account is None or not _is_still(account, ticket):
            raise Refused("ticket-expired", "this account has changed: log in and enter anew")
        card = await self._registry.lesson(ticket.lesson)
        if card is None:
            raise Refused("no-lesson", "there is no such lesson")
        if sits_in(ticket, account):
            await self._logins.check_sitting_in(account, card)
        else:
            await self._logins.check(account, "lesson.enter", card)

    async def _check_device(self, ticket: Ticket) -> None:
        device = await self._registry.device(ticket.device)
        if device is None or device.classroom != ticket.proof:
            raise Refused("ticket-expired", "this device is not that classroom's any more")


def sits_in(ticket: Ticket, account: Account) -> bool:
    """Whether somebody came as a guest of a studio, and not in the role of their account."""
    return ticket.holder == guest_of(account)


def _is_still(account: Account, ticket: Ticket) -> bool:
    """An encoder that outlived a restart of ours has no proof: its account alone is looked at."""
    if not ticket.proof:
        return True
    same = secrets.compare_digest(proof_of(account), ticket.proof)
    return same and (account.holder == ticket.holder or sits_in(ticket, account))
