"""All lessons being recorded: gives each message of the tape to its track."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Protocol

import structlog

from synclass.errors import Malformed
from synclass.tape import (
    Bell,
    Kept,
    KeyframeWanted,
    Missed,
    Packets,
    Report,
    ToRecorder,
    ToWorker,
    TrackClosed,
    TrackOpened,
)
from synclass.words import ParticipantId, TrackName

from . import mend
from .deck import Deck
from .names import media_name, safe
from .room import Room, Share
from .shelf import media_folder
from .timeline import Publisher

LONGEST_LESSON = 86_400.0
"""Seconds: an arrival beyond a day is no lesson's."""
TAKEN_UP = 10.0
"""Seconds after our start: a track that is opened later had gone, and nothing of it was missed."""
FORGOTTEN = 600.0
"""Seconds without a word after which a lesson's files are finished: its worker is gone."""

_log = structlog.get_logger()


class Source(Protocol):
    """The media worker a track comes from."""

    def tell(self, message: ToWorker) -> None:
        """Say this; lost where the worker is gone or does not read."""


class Tape:
    """One lesson's tracks."""

    def __init__(self, lesson: str, folder: Path, room: Room) -> None:
        self._lesson, self.folder = lesson, folder
        self._share = Share(room)
        self._kept = True
        self.fallen: dict[tuple[ParticipantId, TrackName], float] = {}
        """Tracks that an earlier recorder had open when it fell, and when that was."""
        self._decks: dict[tuple[ParticipantId, TrackName], Deck] = {}
        self._sources: dict[tuple[ParticipantId, TrackName], Source] = {}
        self._publishers: dict[ParticipantId, Publisher] = {}
        self._origin = float("inf")
        self.heard_at = float("-inf")

    def take(self, message: ToRecorder, source: Source, now: float) -> None:
        """Do what the message says; raises Malformed."""
        self.heard_at = now
        match message:
            case TrackOpened():
                self._open(message, source, now)
            case Packets():
                self._put(message, now)
            case Report():
                self._report(message, now)
            case TrackClosed(who=who, track=track):
                self._close((who, track), now)
            case Bell():
                self.finish(now)

    def tick(self, now: float) -> None:
        """Write what is due and ask for the key frames that are needed."""
        if self._origin == float("inf"):
            return
        at = now - self._origin
        for (who, track), deck in self._decks.items():
            deck.tick(at)
            if deck.wants_keyframe(at):
                self._sources[who, track].tell(KeyframeWanted(self._lesson, who, track))
            self._tell_missed((who, track), deck)
        self._tell_kept()

    def finish(self, now: float) -> None:
        for key in list(self._decks):
            self._close(key, now)

    def _open(self, message: TrackOpened, source: Source, now: float) -> None:
        """A track begins, or its worker came back to go on with it."""
        key = message.who, message.track
        deck = self._decks.get(key)
        if deck is not None and deck.codec != message.codec:
            self._close(key, now)
            deck = None
        if deck is None:
            by = self._publishers.setdefault(message.who, Publisher())
            self._decks[key] = Deck(
                *(self.folder, message.who, message.track),
                codec=message.codec,
                by=by,
                share=self._share,
                locked=message.locked,
            )
            if key in self.fallen:
                self._decks[key].lost_since(self.fallen.pop(key))
        self._sources[key] = source
        self._kept = True  # as a worker believes that is new, or has no tape open

    def _put(self, message: Packets, now: float) -> None:
        """Packets of a track that was never opened, or is closed, are dropped."""
        deck = self._decks.get((message.who, message.track))
        if deck is None:
            return
        for at, packet in message.packets:
            self._clock(at, now)
            deck.put(at, packet)
        deck.tick(now - self._origin)

    def _report(self, message: Report, now: float) -> None:
        deck = self._decks.get((message.who, message.track))
        if deck is not None:
            self._clock(message.at, now)
            deck.report(message.ntp, message.rtp)

    def _clock(self, at: float, now: float) -> None:
        """Lesson second 0 on this clock; what took least time on its way to us tells it best."""
        if not -1.0 <= at <= LONGEST_LESSON:
            raise Malformed(f"an arrival at lesson second {at}")
        self._origin = min(self._origin, now - at)

    def _close(self, key: tuple[ParticipantId, TrackName], now: float) -> None:
        deck = self._decks.pop(key, None)
        if deck is not None:
            deck.close(now - self._origin)
            self._tell_missed(key, deck)
        self._sources.pop(key, None)
        if not any(who == key[0] for who, _ in self._decks):
            self._publishers.pop(key[0], None)

    def _tell_missed(self, key: tuple[ParticipantId, TrackName], deck: Deck) -> None:
        for since, until in deck.missed:
            self._sources[key].tell(Missed(self._lesson, *key, since, until))
        deck.missed.clear()

    def _tell_kept(self) -> None:
        kept = not any(deck.stuck for deck in self._decks.values())
        if kept is not self._kept:
            self._kept = kept
            for source in set(self._sources.values()):
                source.tell(Kept(self._lesson, kept))


class Recordings:
    """The lessons by their ids; one that is over or forgotten is let go.

    ``now`` is this machine's monotonic clock, which its workers share.
    """

    def __init__(
        self, data: Path, room: Room, *, over: Callable[[str], None], fallen: Iterable[Path] = ()
    ) -> None:
        """``over`` is told the folder of each lesson whose files are finished.

        ``fallen`` are the files that an earlier recorder had open when it fell.
        """
        self._data, self._room, self._over = data, room, over
        self._fallen = list(fallen)
        self._began_at: float | None = None
        self._tapes: dict[str, Tape] = {}

    def take(self, message: ToRecorder, source: Source, now: float) -> None:
        """Do what a message of the tape says; raises Malformed."""
        tape = self._tapes.get(message.lesson)
        if tape is None and isinstance(message, TrackOpened):
            tape = Tape(message.lesson, media_folder(self._data, message.lesson), self._room)
            tape.fallen = self._fallen_of(tape.folder)
            self._tapes[message.lesson] = tape
        if tape is not None:
            tape.take(message, source, now)
        if isinstance(message, Bell):
            self._tapes.pop(message.lesson, None)
            self._over(safe(message.lesson))

    def tick(self, now: float) -> None:
        """To be called every 50 ms."""
        self._room.tick(now)
        self._began_at = now if self._began_at is None else self._began_at
        if now - self._began_at > TAKEN_UP:
            self._fallen = []
        for lesson, tape in list(self._tapes.items()):
            tape.tick(now)
            if now - tape.heard_at > FORGOTTEN:
                _log.warning("lesson forgotten", lesson=lesson)
                tape.finish(now)
                del self._tapes[lesson]
                self._over(safe(lesson))

    def _fallen_of(self, folder: Path) -> dict[tuple[ParticipantId, TrackName], float]:
        """The tracks of a lesson that were open at the fall, and how far they are kept."""
        found = {}
        for path in self._fallen:
            if path.parent == folder and path.exists():
                name = media_name(path.name)
                found[name.who, name.track] = mend.scan(path)[1][-1].ends_ms / 1000
        return found

    def finish(self, now: float) -> None:
        """The recorder stops: finish every file."""
        for tape in self._tapes.values():
            tape.finish(now)
        self._tapes.clear()
