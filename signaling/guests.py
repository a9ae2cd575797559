"""Encoders and players that came by WHIP or WHEP: who they are, and when they are gone."""

import secrets
from typing import Literal, Protocol, get_args

import structlog

from synclass.errors import Refused, Unavailable
from synclass.tickets import Ticket
from synclass.words import LessonId, Participant, ParticipantId, Role

from .casting import Casting
from .fragment import ufrag_of
from .room import Room
from .sfu.orders import Way, owner

MOST_GUESTS = 1000  # in a lesson: more players than a worker can feed
Part = Literal["whip", "camera", "content"]
"""What a guest is here for: to publish, or to see one of the teacher's pictures first."""


class Watch(Protocol):
    """Whoever sees to it that a guest's right is still there."""

    def watch(self, one: "Guest") -> None: ...
    def forget(self, one: "Guest") -> None: ...


log = structlog.get_logger()


class Guest:
    """One session: an encoder or a player, its peer in the worker, its ICE session's tag."""

    def __init__(self, guests: "Guests", ticket: Ticket, *, part: Part, token: str) -> None:
        self.ticket: Ticket | None = ticket
        self.lesson = ticket.lesson
        self.me = holder = ticket.holder
        self.part: Part = part
        self.token = token
        self.peer = f"{holder.id}#{part}-{token}"
        self.ufrag = ""
        """Theirs."""
        self.etag = ""
        """Names the ICE session; another after each restart, and made of our own user name."""
        self._guests = guests

    @property
    def way(self) -> Way:
        return "whip" if self.part == "whip" else "whep"

    def dismiss(self, code: str, message: str) -> None:
        """The room closes; where that is for a restart of ours, its media goes on meanwhile."""
        self._guests.forget(self, hang_up=code != "restart")


class Guests:
    """The guests of all lessons.  A guest survives signaling: its peer's name tells who it was."""

    def __init__(self, casting: Casting, watch: Watch) -> None:
        self._casting = casting
        self._watch = watch
        self._guests: dict[tuple[LessonId, str], Guest] = {}
        casting.doorkeeper = self

    async def admit(self, ticket: Ticket, part: Part, sdp: str) -> tuple[Guest, str]:
        """Answer a guest's offer; -> (the guest, the answer).  Raises Refused, Unavailable."""
        lesson = ticket.lesson
        if sum(1 for other, _ in self._guests if other == lesson) >= MOST_GUESTS:
            raise Refused("full", f"there are {MOST_GUESTS} guests in this lesson already")
        guest = Guest(self, ticket, part=part, token=secrets.token_urlsafe(16))
        answer = await self._casting.invite(lesson, guest.peer, sdp, way=guest.way)
        guest.ufrag, guest.etag = ufrag_of(sdp), f'"{ufrag_of(answer)}"'
        room = self._casting.room(lesson)
        if room is None:
            raise Unavailable("media-down", "this lesson is not live")
        self._seat(guest, room)
        return guest, answer

    def find(self, lesson: LessonId, token: str, holder: ParticipantId) -> Guest:
        """A session of this holder's; raises Refused("no-session")."""
        guest = self._guests.get((lesson, token))
        if guest is None or guest.me.id != holder:
            raise Refused("no-session", "there is no such session, or it is over")
        return guest

    async def restart(self, guest: Guest, ufrag: str) -> str:
        """Begin ICE anew; returns our side as a fragment.  Raises Refused, Unavailable."""
        fragment = await self._casting.restart(guest.lesson, guest.peer, ufrag)
        guest.ufrag, guest.etag = ufrag, f'"{ufrag_of(fragment)}"'
        return fragment

    def forget(self, guest: Guest, *, hang_up: bool = True) -> None:
        """The session is over: nothing of it is left."""
        if self._guests.pop((guest.lesson, guest.token), None) is None:
            return
        self._watch.forget(guest)
        if hang_up:
            self._casting.dismiss(guest.lesson, guest.peer)
        room = self._casting.room(guest.lesson)
        if guest.part == "whip" and room is not None:
            room.unplug(guest)
        log.info("guest gone", lesson=guest.lesson, peer=guest.peer)

    def gone(self, lesson: LessonId, peer: str) -> None:
        for guest in self._of(lesson):
            if guest.peer == peer:
                self.forget(guest)

    def left(self, lesson: LessonId, who: ParticipantId) -> None:
        for guest in self._of(lesson):
            if guest.part == "whip" and guest.me.id == who:
                self.forget(guest)

    def census(self, lesson: LessonId, there: frozenset[str]) -> None:
        for guest in self._of(lesson):
            if guest.peer not in there:
                self.forget(guest)
        self.found(lesson, there)

    def found(self, lesson: LessonId, there: frozenset[str]) -> None:
        known = {guest.peer for guest in self._of(lesson)}
        for peer in there - known:
            if owner(peer) != peer:
                self._adopt(lesson, peer)

    def _of(self, lesson: LessonId) -> list[Guest]:
        return [guest for (other, _), guest in self._guests.items() if other == lesson]

    def _seat(self, guest: Guest, room: Room) -> None:
        if guest.part == "whip":
            room.plug_in(guest)
        else:
            self._casting.play(guest.lesson, guest.peer, guest.part)
        self._guests[guest.lesson, guest.token] = guest
        self._watch.watch(guest)
        log.info("guest", lesson=guest.lesson, peer=guest.peer)

    def _adopt(self, lesson: LessonId, peer: str) -> None:
        """A guest of the signaling process before us; its encoder's owner must still be known."""
        room, (part, _, token) = self._casting.room(lesson), peer.partition("#")[2].partition("-")
        id_ = ParticipantId(owner(peer))
        holder = room.lesson.conduct.present.get(id_) if room else None
        parts = {name: name for name in get_args(Part)}
        if room is None or part not in parts or (part == "whip" and holder is None):
            self._casting.dismiss(lesson, peer)
            return
        unseen = Participant(id_, "", Role.PATROL)
        ticket = Ticket(lesson, holder or unseen, 0.0, account_of(id_))
        self._seat(Guest(self, ticket, part=parts[part], token=token), room)


def account_of(who: ParticipantId) -> str:
    """Of the account somebody came by; "" for a classroom."""
    return who.removeprefix("u-") if who.startswith("u-") else ""
