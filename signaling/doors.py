"""What each route is: whose right opens it, what it takes and gives, and may say instead."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from inspect import getdoc
from typing import Any, TypeVar

from aiohttp import web
from msgspec import Struct, structs

from synclass.permissions import TABLE

ASKING = ("not-now", "held-elsewhere", "too-many", "bad-text", "bad-question")
"""What a question to a recording may meet."""
Handler = TypeVar("Handler", bound=Callable[..., Any])


class Nothing(Struct):
    """An answer that says only that it is done."""


class Door(Struct, frozen=True):
    """Actions of the permission table by the key that opens; an empty one opens nothing."""

    open: str = ""
    """Without any key."""
    login: str = ""
    """By the cookie of somebody who has logged in."""
    ticket: str = ""
    """By a door ticket for the lesson, as a bearer's."""
    link: str = ""
    """By a link that who has logged in was given, in the address."""
    device: str = ""
    """By the cookie of a classroom's device that is paired, or waits to be."""
    takes: Any = None
    """The type of a JSON body, or the media type of another."""
    gives: Any = None
    """The type of a JSON answer, or the media types of another."""
    status: int = 200
    asks: Mapping[str, type] = {}
    """What may be asked for behind the question mark."""
    refuses: tuple[str, ...] = ()
    """The codes of Refused it may answer with, beside those of its key, its body and its path."""
    statuses: Mapping[str, int] = {}
    """Of codes that it answers with another status than all others do."""

    ranges: bool = False
    """Whether a part of it can be asked for (RFC 9110 §14)."""
    tagged: bool = False
    """Whether it has an ETag, and says 304 to who has seen it (RFC 9110 §13.1.2)."""
    name: str = ""
    """The handler's."""
    about: str = ""
    """What the handler says of itself."""

    @property
    def actions(self) -> tuple[str, ...]:
        return tuple(a for a in (self.open, self.login, self.ticket, self.link, self.device) if a)


def door(**about: Any) -> Callable[[Handler], Handler]:
    """Say what a route is, beside its handler; the fields are those of a Door."""
    opened = Door(**about)
    if not opened.actions or not set(opened.actions) <= TABLE.keys():
        raise LookupError(f"no row in the table: {opened.actions}")

    def say(handler: Handler) -> Handler:
        words = {"name": handler.__name__.strip("_"), "about": getdoc(handler) or ""}
        handler.__dict__["door"] = structs.replace(opened, **words)
        return handler

    return say


def door_of(route: web.AbstractRoute) -> Door:
    """Raises LookupError for a route that does not say what it is: nobody could say whose it is."""
    found = getattr(route.handler, "door", None)
    if not isinstance(found, Door):
        raise LookupError(f"{route.method} {route.resource} has no door")
    return found


def doors(routes: Iterable[web.AbstractRoute]) -> Iterator[tuple[str, str, Door]]:
    """(method, path, door) of each; the files of the client are open and have none."""
    for route in routes:
        if isinstance(route.resource, web.StaticResource) or route.method == "HEAD":
            continue
        assert route.resource is not None
        yield route.method, route.resource.canonical, door_of(route)
