"""The door ticket that a request carries, for the lesson its address names."""

import time

from aiohttp import web

from synclass.errors import Refused
from synclass.tickets import Ticket, read
from synclass.words import LessonId


def ticket_of(request: web.Request, key: bytes) -> Ticket:
    """The bearer's (RFC 6750 §2.1); raises Refused: no-ticket, bad-ticket, other-lesson."""
    scheme, _, text = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not text:
        raise Refused("no-ticket", "send a door ticket: Authorization: Bearer ...")
    ticket = read(text.strip(), Ticket, key, now=time.time())
    if ticket.lesson != LessonId(request.match_info["lesson"]):
        raise Refused("other-lesson", "this is a ticket for another lesson")
    return ticket
