"""Between a lesson and its media worker: slot plans and the tape go down, tracks come up."""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Protocol, get_args

from synclass import wire
from synclass.conduct import Began, Ended, Joined, Left, Opened
from synclass.errors import Unavailable
from synclass.groups import GroupsEnded, GroupsFormed, GroupVisited
from synclass.inclass.light import Lights, LightSet, taped
from synclass.inclass.stage import (
    Cast,
    Enlarged,
    Levels,
    OnStage,
    StageEntered,
    StageLeft,
    casts,
    watched,
)
from synclass.inclass.tracks import (
    NoteClock,
    NoteMissed,
    NoteSilence,
    NoteTaping,
    NoteTrack,
    Tracks,
    Unseen,
    Watched,
)
from synclass.lesson import Entry
from synclass.words import SYSTEM, LessonId, Participant, ParticipantId, Role, Stage, TrackName

from .room import Room
from .sfu import orders
from .spread import Spread
from .tail import INK
from .worker import ANSWER, Worker

TRACK_NAMES: Mapping[str, TrackName] = {name: name for name in get_args(TrackName)}
MOVES = (
    *(Opened, Joined, Left, StageEntered, StageLeft, Enlarged, Began, Ended),
    *(GroupsFormed, GroupsEnded, GroupVisited, LightSet),
)


class Doorkeeper(Protocol):
    """Whoever looks after the peers that came by WHIP or WHEP."""

    def gone(self, lesson: LessonId, peer: str) -> None:
        """This peer, ours or not, has gone."""

    def left(self, lesson: LessonId, who: ParticipantId) -> None:
        """Somebody has left the lesson: their encoders must go."""

    def census(self, lesson: LessonId, there: frozenset[str]) -> None:
        """Of all peers of a lesson, these and no others are there."""

    def found(self, lesson: LessonId, there: frozenset[str]) -> None:
        """A lesson was taken up, and its worker has these peers already."""


class Casting:
    """Keeps the workers' plans what the lessons say they should be."""

    def __init__(self, sockets: Sequence[str]) -> None:
        self.workers = [
            Worker(path, self._heard, lambda up, n=n: self._turned(n, up))  # type: ignore[misc]
            for n, path in enumerate(sockets)
        ]
        self._rooms: dict[LessonId, Room] = {}
        self._plans: dict[tuple[LessonId, ParticipantId], orders.Arrange] = {}
        self._tapes: dict[LessonId, orders.Tape] = {}
        self._spread = Spread(len(sockets))
        self._riding: dict[LessonId, set[ParticipantId]] = {}
        """Who is sent ink in voice, too."""
        self._back: asyncio.Queue[int] = asyncio.Queue()
        self._known = [asyncio.Event() for _ in sockets]
        """Set where a worker is there, and has been told what it is to do."""
        self._players: dict[LessonId, dict[str, TrackName]] = {}
        """Who looks in from outside, and the picture each wants first."""
        self.doorkeeper: Doorkeeper | None = None
        self._found: dict[LessonId, frozenset[str]] = {}
        """Who a worker had of a lesson that was not live here yet."""

    async def run(self) -> None:
        """Keep the workers, and find out what one that is back has.  Until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            for worker in self.workers:
                tasks.create_task(worker.run())
            while True:
                place = await self._back.get()
                with suppress(Unavailable):  # gone again: it will be back again
                    self._attached(place, await self.workers[place].survey())

    def take(self, lesson: LessonId, room: Room) -> None:
        """This lesson is live here from now on."""
        self._rooms[lesson] = room
        self._repeat(lesson)
        if self.doorkeeper is not None:
            self.doorkeeper.found(lesson, self._found.pop(lesson, frozenset()))

    def drop(self, lesson: LessonId) -> None:
        """This lesson is no longer live here."""
        self._close(lesson)
        self._rooms.pop(lesson, None)
        self._tapes.pop(lesson, None)
        self._riding.pop(lesson, None)
        for key in [key for key in self._plans if key[0] == lesson]:
            del self._plans[key]
        self._spread.forget(lesson)

    async def invite(self, lesson: LessonId, peer: str, sdp: str, *, way: orders.Way = "") -> str:
        """Answer a client's offer.  Raises Refused, or Unavailable("media-down")."""
        if lesson not in self._rooms:
            raise Unavailable("media-down", "this lesson is not live")
        if self._worker(lesson).up:
            await self._told(lesson)
        answer = await self._worker(lesson).invite(lesson, peer, sdp, way)
        self._spread.settle(lesson)
        if plan := self._plans.get((lesson, ParticipantId(peer))):
            self._order(lesson, plan)
        return answer

    async def restart(self, lesson: LessonId, peer: str, ufrag: str) -> str:
        """A client begins ICE anew; returns our side of it as a fragment.  Raises as invite."""
        return await self._worker(lesson).restart(lesson, peer, ufrag)

    def play(self, lesson: LessonId, peer: str, first: TrackName) -> None:
        """Show this player the teacher from now on."""
        self._players.setdefault(lesson, {})[peer] = first
        self._arrange(lesson)

    def dismiss(self, lesson: LessonId, peer: str) -> None:
        """Close one peer."""
        self._players.get(lesson, {}).pop(peer, None)
        self._plans.pop((lesson, ParticipantId(peer)), None)
        self._order(lesson, orders.Dismiss(lesson, peer))

    def room(self, lesson: LessonId) -> Room | None:
        """The lesson's room, while it is live here."""
        return self._rooms.get(lesson)

    def ride(self, lesson: LessonId, who: ParticipantId, *, on: bool) -> None:
        """Let the log ride in the voices somebody hears, or no more: it is mostly ink."""
        riding = self._riding.setdefault(lesson, set())
        (riding.add if on else riding.discard)(who)
        self._order(lesson, orders.Ride(lesson, who, on))

    def rest(self, lesson: LessonId) -> None:
        """Somebody has fallen behind or is live again: what is sent to them follows."""
        if lesson in self._rooms:
            self._arrange(lesson)

    def watch(self, lesson: LessonId, entries: list[Entry]) -> None:
        """The lesson has moved on: where that concerns who sees whom, the plans follow."""
        if self._riding.get(lesson):
            self._let_ride(lesson, entries)
        if lesson in self._rooms and any(isinstance(entry.fact, MOVES) for entry in entries):
            for entry in entries:
                if isinstance(entry.fact, Left):
                    self.dismiss(lesson, entry.fact.who)
                    if self.doorkeeper is not None:
                        self.doorkeeper.left(lesson, entry.fact.who)
                    self._riding.get(lesson, set()).discard(entry.fact.who)
            self._arrange(lesson)
            if any(isinstance(entry.fact, Ended) for entry in entries):
                self._close(lesson)

    def _let_ride(self, lesson: LessonId, entries: list[Entry]) -> None:
        """Every line of the log, or ink behind it would wait for the socket; but own ink.

        Who may not see a fact is told that there was one, and nothing more.
        """
        present = self._rooms[lesson].lesson.conduct.present if lesson in self._rooms else {}
        for entry in entries:
            told: dict[bool, list[str]] = {True: [], False: []}
            writer = {entry.by} if isinstance(entry.fact, INK) and entry.n else set()
            for who in self._riding[lesson] & present.keys() - writer:
                told[entry.audience().admits(present[who])].append(who)
            for may, to in told.items():
                if to:
                    line = wire.ridden(entry, seen=may)
                    self._order(lesson, orders.Ink(lesson, entry.seq & 0xFFFF, line, to))

    def _worker(self, lesson: LessonId) -> Worker:
        return self.workers[self._spread.place(lesson)]

    async def _told(self, lesson: LessonId) -> None:
        """Wait until its worker knows of the lesson.  Raises Unavailable("media-down")."""
        try:
            async with asyncio.timeout(ANSWER):
                await self._known[self._spread.place(lesson)].wait()
        except TimeoutError as error:
            raise Unavailable("media-down", "the media worker does not answer") from error

    def _order(self, lesson: LessonId, order: orders.Order) -> None:
        """Nothing before the worker has said what it has: then it is told everything.

        Nor of a lesson that is not live here: it would be given a place again.
        """
        place = self._spread.place(lesson) if lesson in self._rooms else None
        if place is not None and self._known[place].is_set():
            self.workers[place].order(order)

    def _close(self, lesson: LessonId) -> None:
        self._order(lesson, orders.Close(lesson))
        self._players.pop(lesson, None)
        if self.doorkeeper is not None:
            self.doorkeeper.census(lesson, frozenset())

    def _arrange(self, lesson: LessonId) -> None:
        """Send what has changed of the plans."""
        room = self._rooms[lesson]
        stage = room.lesson.channel(OnStage.name)
        assert isinstance(stage, OnStage)
        plans: dict[str, list[Cast]] = {
            who.id: [] if _rests(room, stage, who) else casts(stage, who)
            for who in room.lesson.conduct.present.values()
        }
        for peer, first in self._players.get(lesson, {}).items():
            plans[peer] = watched(stage, first=first)
        for who, shown in plans.items():
            plan, key = orders.Arrange(lesson, who, shown), (lesson, ParticipantId(who))
            if self._plans.get(key) != plan:
                self._plans[key] = plan
                self._order(lesson, plan)
        live = room.lesson.conduct.stage is Stage.INCLASS
        tape = orders.Tape(lesson, [])
        if live:
            lights = room.lesson.channel(Lights.name)
            assert isinstance(lights, Lights)
            tape = orders.Tape(lesson, list(taped(stage, lights.may)), list(stage.teachers))
        if self._tapes.get(lesson) != tape:
            self._tapes[lesson] = tape
            self._order(lesson, tape)

    def _repeat(self, lesson: LessonId) -> None:
        """Say everything about a lesson again: to a new worker, or to one that was cut off."""
        room = self._rooms.get(lesson)
        if room is None or room.lesson.conduct.stage is Stage.POSTCLASS:
            return
        self._order(lesson, orders.Open(lesson, room.origin))
        for who in self._riding.get(lesson, ()):
            self._order(lesson, orders.Ride(lesson, who, True))
        self._tapes.pop(lesson, None)
        for key in [key for key in self._plans if key[0] == lesson]:
            del self._plans[key]
        self._arrange(lesson)

    def _turned(self, place: int, up: bool) -> None:
        """A worker is there, or is not any more: then others take its lessons at once."""
        if up:
            self._back.put_nowait(place)
            return
        self._known[place].clear()
        for lesson in self._spread.at(place):
            room = self._rooms.get(lesson)
            if room and room.lesson.conduct.stage is Stage.INCLASS:
                room.tell(NoteTaping(False))
        for lesson in self._spread.fall(place):
            self._repeat(lesson)
            self._call_back(lesson, [])

    def _attached(self, place: int, present: Mapping[str, list[str]]) -> None:
        """A worker has these lessons and clients: it gets what is to be there."""
        for stray in self._spread.rise(place, present):
            self.workers[place].order(orders.Close(stray))
        self._known[place].set()
        for lesson, peers in present.items():
            if lesson not in self._rooms:
                self._found[LessonId(lesson)] = frozenset(peers)
        for lesson in self._spread.at(place):
            self._repeat(lesson)
            self._call_back(lesson, present.get(lesson, []))

    def _call_back(self, lesson: LessonId, there: list[str]) -> None:
        """Who is not connected has no tracks, and is asked to offer anew."""
        room = self._rooms.get(lesson)
        if room is None or room.lesson.conduct.stage is Stage.POSTCLASS:
            return
        tracks = room.lesson.channel(Tracks.name)
        assert isinstance(tracks, Tracks)
        owners = {orders.owner(peer) for peer in there}
        for who, track in [key.split("/") for key in tracks.live]:
            if who not in owners:
                room.tell(NoteSilence(ParticipantId(who), TRACK_NAMES[track]))
        for member in room.members.values():
            if member.me.id not in there:
                member.recall()
        if self.doorkeeper is not None:
            self.doorkeeper.census(lesson, frozenset(there))

    def _heard(self, event: orders.Event) -> None:
        lesson = LessonId(getattr(event, "lesson", ""))
        if isinstance(event, orders.Gone):
            self._gone(lesson, event.who)
        room = self._rooms.get(lesson)
        if room is not None and isinstance(event, orders.Missed):  # that may be told at the bell
            room.tell(_missed(event))
        if room is None or room.lesson.conduct.stage is Stage.POSTCLASS:
            return
        match event:
            case orders.Published(_, who, track, codec):
                room.tell(NoteTrack(ParticipantId(who), track, codec))
            case orders.Silent(_, who, track):
                room.tell(NoteSilence(ParticipantId(who), track))
            case orders.Clock(_, who, track, rtp, at):
                room.tell(NoteClock(ParticipantId(who), track, rtp, round(at, 3)))
            case orders.Unseen(_, who, track, codec, viewers):
                told = [ParticipantId(viewer) for viewer in viewers]
                room.show(SYSTEM, Unseen(ParticipantId(who), track, codec, told))
            case orders.Watched(_, who, layers):
                room.show(SYSTEM, Watched(ParticipantId(who), layers))
            case orders.Taping(_, on):
                room.tell(NoteTaping(on))
            case orders.Levels(_, levels):
                room.show(SYSTEM, Levels({ParticipantId(w): db for w, db in levels.items()}))

    def _gone(self, lesson: LessonId, peer: str) -> None:
        if lesson in self._found:
            self._found[lesson] -= {peer}
        elif self.doorkeeper is not None:
            self.doorkeeper.gone(lesson, peer)


def _rests(room: Room, stage: OnStage, who: Participant) -> bool:
    """Whether to send nothing live: a classroom that is behind; never one on stage."""
    return who.id in room.behind and who.role is Role.CLASSROOM and who.id not in stage.on


def _missed(event: orders.Missed) -> NoteMissed:
    since, until = round(event.since, 3), round(event.until, 3)
    return NoteMissed(ParticipantId(event.who), event.track, since, until)
