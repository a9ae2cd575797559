"""WHIP (RFC 9725) and WHEP (draft-ietf-wish-whep): the door for encoders and players over HTTP."""

import time
from collections.abc import Awaitable, Callable
from functools import wraps

from aiohttp import web

from synclass.errors import Malformed, Refused, Unavailable
from synclass.permissions import check

from .api import STATUS, error_json
from .bearer import Bearers
from .doors import door
from .fragment import Fragment, matches, read_fragment
from .guests import Guest, Guests, Part
from .limits import Limiter
from .login import too_many
from .rooms import Rooms
from .turn import Turn, links

SDP, FRAGMENT = "application/sdp", "application/trickle-ice-sdpfrag"
LONGEST_OFFER = 60 * 1024  # bytes: below what the server takes of any request
ENTRIES_A_SECOND, ENTRIES_AT_ONCE = 10.0, 500.0  # of one ticket: a hall of players begins together
PATCHES_A_SECOND, PATCHES_AT_ONCE = 2.0, 20.0  # of one session: a client sends a few at its start
OFFERING = ("slow-down", "media-type", "sdp-too-large")
ENTERING: tuple[str, ...] = (
    *OFFERING,
    "not-acceptable",
    "sdp-nonsense",
    "no-codec",
    "no-track",
    "no-bundle",
)
ENTERING = (*ENTERING, "too-many-sections", "no-fingerprint", "full", "held-elsewhere", "not-now")
WAITING = {"not-now": 409, "full": 409}
"""Encoders and players may come again; the house's own pages are told 403."""
PATCHING = (*OFFERING, "no-session", "no-precondition", "stale-session", "bad-request")
OPEN = {  # no cookie opens these doors, so any page may knock; it needs a ticket like everybody
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Location, ETag, Link, Accept-Patch, Retry-After",
}
Work = Callable[[web.Request], Awaitable[web.Response]]


class Whip:
    """The four methods of both doors; what goes in is an offer, a ticket and an ICE fragment."""

    def __init__(self, rooms: Rooms, guests: Guests, turn: Turn, bearers: Bearers) -> None:
        self._rooms = rooms
        self._guests = guests
        self._turn = turn
        self._bearers = bearers
        self._entries = Limiter(ENTRIES_A_SECOND, ENTRIES_AT_ONCE)
        self._patches = Limiter(PATCHES_A_SECOND, PATCHES_AT_ONCE)

    def routes(self) -> list[web.RouteDef]:
        routes = []
        for way in ("whip", "whep"):
            enter, session = f"/{way}/{{lesson}}", f"/{way}/{{lesson}}/{{token}}"
            post = self._publish if way == "whip" else self._watch
            routes += [
                web.post(enter, _answered(post)),
                web.options(enter, _preflight("POST", "Accept-Post", SDP)),
                web.route("*", enter, _answered(_wrong("OPTIONS, POST"))),
                web.patch(session, _answered(self._patch)),
                web.delete(session, _answered(self._delete)),
                web.options(session, _preflight("PATCH, DELETE", "Accept-Patch", FRAGMENT)),
                web.route("*", session, _answered(_wrong("DELETE, OPTIONS, PATCH"))),
            ]
        return routes

    @door(
        ticket="media.publish",
        takes=SDP,
        gives=SDP,
        status=201,
        refuses=ENTERING,
        statuses=WAITING,
    )
    async def _publish(self, request: web.Request) -> web.Response:
        """An encoder comes in: what it sends is its ticket holder's voice and picture."""
        return await self._enter(request, "media.publish", "whip")

    @door(
        ticket="media.watch",
        takes=SDP,
        gives=SDP,
        status=201,
        statuses=WAITING,
        asks={"show": str},
        refuses=ENTERING,
    )
    async def _watch(self, request: web.Request) -> web.Response:
        """A player comes in: it gets the teacher's voice, and camera or content first."""
        first: Part = "content" if request.query.get("show") == "content" else "camera"
        return await self._enter(request, "media.watch", first)

    async def _enter(self, request: web.Request, action: str, part: Part) -> web.Response:
        ticket = await self._bearers.ticket_of(request)
        holder = ticket.holder
        too_many(self._entries.take(f"{ticket.lesson} {holder.id}", time.monotonic()))
        if not _accepts(request, SDP):
            raise Refused("not-acceptable", f"the answer is {SDP}")
        offer = await _body(request, SDP)
        room = await self._rooms.open(ticket.lesson)
        check(holder.role, action, room.lesson.conduct.stage)
        guest, answer = await self._guests.admit(ticket, part, offer)
        headers = {
            "Location": f"/{guest.way}/{guest.lesson}/{guest.token}",
            "ETag": guest.etag,
            "Accept-Patch": FRAGMENT,
        }
        created = web.Response(status=201, text=answer, content_type=SDP, headers=headers)
        for link in links(self._turn.servers(holder.id, time.time())):
            created.headers.add("Link", link)
        return created

    @door(ticket="media.session", takes=FRAGMENT, gives=FRAGMENT, refuses=PATCHING)
    async def _patch(self, request: web.Request) -> web.Response:
        """Candidates are thanked for; a new user name begins ICE anew (RFC 9725 §4.3)."""
        guest = await self._guest(request)
        too_many(self._patches.take(guest.token, time.monotonic()))
        fragment = read_fragment(await _body(request, FRAGMENT))
        if (condition := request.headers.get("If-Match")) is None:
            raise Refused("no-precondition", "say which ICE session you mean: If-Match")
        if not matches(condition, guest.etag):
            raise Refused("stale-session", "there is a newer ICE session than this one")
        if fragment.ufrag in ("", guest.ufrag):
            return web.Response(status=204)
        return await self._restart(guest, fragment)

    async def _restart(self, guest: Guest, fragment: Fragment) -> web.Response:
        ours = await self._guests.restart(guest, fragment.ufrag)
        etag = {"ETag": guest.etag}
        return web.Response(text=ours, content_type=FRAGMENT, headers=etag)

    @door(ticket="media.session", refuses=("no-session",))
    async def _delete(self, request: web.Request) -> web.Response:
        """The session is over."""
        self._guests.forget(await self._guest(request))
        return web.Response()

    async def _guest(self, request: web.Request) -> Guest:
        ticket = await self._bearers.ticket_of(request)
        return self._guests.find(ticket.lesson, request.match_info["token"], ticket.holder.id)


def _answered(work: Work) -> Work:
    """Errors of our three families as these doors say them, and a word for pages of others."""

    @wraps(work)
    async def answer(request: web.Request) -> web.Response:
        try:
            response = await work(request)
        except Refused as error:
            status = WAITING.get(error.code, STATUS.get(error.code, 403))
            response = error_json(status, error.code, str(error))
        except Malformed as error:
            response = error_json(400, error.code, str(error))
        except Unavailable as error:
            response = error_json(503, error.code, str(error))
        if response.status == 401:
            response.headers["WWW-Authenticate"] = 'Bearer realm="synclass"'
        if response.status in (429, 503):
            response.headers["Retry-After"] = "2"
        response.headers.update(OPEN)
        return response

    return answer


def _preflight(methods: str, header: str, value: str) -> Work:
    """What may be sent here (the Fetch standard's CORS; RFC 9725 §4.2 asks for Accept-Post)."""
    headers = {
        **OPEN,
        "Access-Control-Allow-Methods": f"{methods}, OPTIONS",
        "Access-Control-Allow-Headers": "Authorization, Content-Type, If-Match, ETag, Accept",
        "Access-Control-Max-Age": "86400",
        header: value,
    }

    @door(open="door.ask")
    async def options(request: web.Request) -> web.Response:
        return web.Response(headers=headers)

    return options


def _wrong(allowed: str) -> Work:
    @door(open="door.ask", status=405)
    async def refuse(request: web.Request) -> web.Response:
        response = error_json(405, "no-method", f"here one can {allowed}")
        response.headers["Allow"] = allowed
        return response

    return refuse


def _accepts(request: web.Request, kind: str) -> bool:
    wanted = request.headers.get("Accept", "*/*").lower()
    return any(one in wanted for one in ("*/*", "application/*", kind))


async def _body(request: web.Request, kind: str) -> str:
    """A body of this kind; raises Refused("media-type") / ("sdp-too-large"), Malformed."""
    if request.content_type != kind:
        raise Refused("media-type", f"send {kind}")
    data = await request.content.read(LONGEST_OFFER + 1)
    while len(data) <= LONGEST_OFFER and not request.content.at_eof():
        data += await request.content.read(LONGEST_OFFER + 1 - len(data))
    if len(data) > LONGEST_OFFER:
        raise Refused("sdp-too-large", f"the longest body is {LONGEST_OFFER} bytes")
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        raise Malformed("SDP is UTF-8") from error
