"""The media of one lesson: its peers, who is shown to whom, and what is taped."""

from collections.abc import Callable, Collection, Iterable

from synclass import tape
from synclass.inclass.stage import Cast
from synclass.words import TrackName

from . import layers
from .blind import Blind
from .orders import Clock, Connected, Event, Gone, Ink, Levels, Published, Silent, owner
from .peer import Peer
from .plane import Plane
from .rtcp import SenderReport
from .slots import Slot
from .supply import Supply
from .tap import Tap
from .tracks import QUIET, Source, Track

LEVELS_EVERY = 0.2  # seconds
CLOCKS_EVERY = 5.0
LEVEL_STEP = 3  # dB: smaller changes are not told


class Lesson:
    """Peers of a lesson get sources of the same lesson, and of no other: it knows no other."""

    def __init__(
        self,
        name: str,
        origin: float,
        *,
        plane: Plane,
        tell: Callable[[Event], None],
        keep: Callable[[tape.ToRecorder], None],
        bind: Callable[[int, Peer], None],
        now: float,
    ) -> None:
        """``tell`` goes to signaling, ``keep`` to the recorder; ``bind``: this SSRC is hers."""
        self.name = name
        self.origin = origin
        self.peers: dict[str, Peer] = {}
        self.taps: dict[tuple[str, TrackName], Tap] = {}
        self._beside: dict[str, list[str]] = {}
        """The peers that came through doors of their own, by the participant they belong to."""
        self._levels: dict[str, int] = {}
        self._loud: dict[str, int] = {}
        self._riding: set[str] = set()
        self._plane = plane
        self._tell = tell
        self._keep = keep
        self._bind = bind
        self._supply = Supply(
            name, self.peers, self.taps, find=self._track, loud=self._loud, tell=tell, now=now
        )
        self._blind = Blind(name, tell, now)
        self._levels_at = self._clocks_at = now

    def admit(self, peer: Peer, now: float) -> None:
        self.peers[peer.who] = peer
        peer.listening.ride(now, on=peer.who in self._riding)
        if owner(peer.who) != peer.who:
            self._beside.setdefault(owner(peer.who), []).append(peer.who)
        self._refresh(now)

    def connected(self, peer: Peer, now: float) -> None:
        """DTLS is up: its slots can be filled."""
        self._tell(Connected(self.name, peer.who))
        self._refresh(now)
        for slot in peer.slots:
            slot.wake(now)

    def remove(self, peer: Peer, now: float, reason: str | None = None) -> None:
        """Let a peer go; with a reason signaling is told so."""
        if self.peers.get(peer.who) is not peer:
            return
        del self.peers[peer.who]
        if peer.who in self._beside.get(owner(peer.who), ()):
            self._beside[owner(peer.who)].remove(peer.who)
        peer.leave(now)
        self._refresh(now)
        self._levels.pop(owner(peer.who), None)
        self._loud.pop(owner(peer.who), None)
        for track in peer.tracks.values():
            if track.sources:
                track.audible = False
                self._tell_flow(peer, track)
        if reason is not None:
            self._tell(Gone(self.name, peer.who, reason))

    def arrange(self, who: str, casts: list[Cast], now: float) -> None:
        """Take a subscriber's whole slot plan; kept for when it, or a publisher, comes."""
        self._supply.arrange(who, casts, now)

    def forget(self, who: str) -> None:
        """Nobody is waited for under this name any more."""
        self._supply.forget(who)
        self._riding.discard(who)

    def ride(self, who: str, now: float, *, on: bool) -> None:
        """Whether ink rides in the voices of this subscriber; kept for when it comes."""
        (self._riding.add if on else self._riding.discard)(who)
        if (peer := self.peers.get(who)) is not None:
            peer.listening.ride(now, on=on)

    def ink(self, ink: Ink) -> None:
        """Let it ride to those it is for."""
        for who in ink.to:
            if (peer := self.peers.get(who)) is not None:
                peer.listening.add(ink.number, ink.batch)

    def rebase(self, origin: float) -> None:
        """Lesson time counts from here."""
        self.origin = origin
        for tap in self.taps.values():
            tap.origin = origin

    def record(
        self, wanted: Iterable[tuple[str, TrackName]], now: float, *, public: Collection[str] = ()
    ) -> None:
        """Take the whole set of tracks to be taped; all are kept locked but those of ``public``."""
        names = set(wanted)
        for key in [key for key in self.taps if key not in names]:
            tap = self.taps.pop(key)
            tap.show(None, now)
            self._shut(tap)
        for who, track in names - set(self.taps):
            self.taps[who, track] = Tap(
                *(self.name, who, track),
                plane=self._plane,
                origin=self.origin,
                locked=who not in public,
            )
        self._thread(now)

    def learnt(self, peer: Peer, source: Source, now: float) -> None:
        """A publisher's SSRC was seen for the first time."""
        for ssrc in {source.ssrc, source.inlet.ssrc}:
            self._bind(ssrc, peer)
        self._refresh(now)

    def reported(self, track: Track, report: SenderReport, now: float) -> None:
        for tap in self.taps.values():
            if self._track(tap.who, tap.name) is track:
                message = tap.reported(track, report, now)
                if message is not None:
                    self._keep(message)

    def reopen(self, now: float) -> None:
        """The recorder is there again: tell it what it gets."""
        for tap in self.taps.values():
            tap.codec = None
        self._thread(now)

    def recount(self) -> None:
        """Signaling is there again: tell it what is going on."""
        for peer in self.peers.values():
            for track in peer.tracks.values():
                if track.audible:
                    self._tell_flow(peer, track)
        self._levels = {}

    def tick(self, now: float) -> None:
        """Look after layers and silences; tell levels and clocks when it is time."""
        self._listen(now)
        for peer in self.peers.values():
            if peer.sources:
                peer.upward.look(now)
            if peer.listening.diverted:
                peer.listening.tick(now)
        for tap in self.taps.values():
            tap.wake(now)
        if self._supply.tick(now):
            self._thread(now)
        self._blind.tick(self._supply.plans, self.peers, self._track, now)
        if now >= self._levels_at:
            self._levels_at = now + LEVELS_EVERY
            self._tell_levels()
        if now >= self._clocks_at:
            self._clocks_at = now + CLOCKS_EVERY
            self._tell_clocks()

    def spool(self) -> None:
        """Hand over what the taps have collected."""
        for tap in self.taps.values():
            packets = tap.fetch()
            if packets is not None:
                self._keep(packets)

    def end(self, now: float) -> list[Peer]:
        """The lesson is over; returns the peers to be closed."""
        self.spool()
        self.record((), now)
        self._keep(tape.Bell(self.name))
        peers = list(self.peers.values())
        self.peers.clear()
        return peers

    def _tracks(self) -> Iterable[tuple[Peer, Track]]:
        """Of those who have sent something: most only listen."""
        speaking = [peer for peer in self.peers.values() if peer.sources]
        return ((peer, track) for peer in speaking for track in peer.tracks.values())

    def _track(self, who: str, name: TrackName, slot: Slot | None = None) -> Track | None:
        """A participant's track: an encoder's while it sends, else that of the page.

        A slot that cannot take what the encoder sends is shown the page's, if there is one.
        """
        peers = [self.peers.get(key) for key in (*self._beside.get(who, ()), who)]
        tracks = [track for peer in peers if peer and (track := peer.track_named(name))]
        flowing = [track for track in tracks if track.audible] or tracks[-1:]
        fitting = [track for track in flowing if slot is None or track.codec in slot.form.pts]
        return next(iter(fitting or flowing), None)

    def _refresh(self, now: float) -> None:
        """Somebody or some layer came or went: look at every slot and tap again."""
        self._supply.refresh(now)
        self._thread(now)

    def _thread(self, now: float) -> None:
        """Lead each tap to the best layer of its track."""
        for tap in self.taps.values():
            track = self._track(tap.who, tap.name)
            source = layers.best(track, now) if track else None
            tap.show(source, now)
            if source is None:
                self._shut(tap)
            elif tap.codec != source.codec:
                self._shut(tap)
                self._keep(tap.open(source.codec, now))

    def _shut(self, tap: Tap) -> None:
        if tap.codec is None:
            return
        packets = tap.fetch()
        if packets is not None:
            self._keep(packets)
        self._keep(tap.shut())

    def _listen(self, now: float) -> None:
        for peer, track in self._tracks():
            track.wake(now)
            flows = bool(track.sources) and not track.fell_silent(now)
            if flows == track.audible or (track.audible and track.watch.excuses(now)):
                continue
            track.audible = flows
            self._tell_flow(peer, track)
            if self._beside.get(owner(peer.who)):
                self._refresh(now)

    def _tell_flow(self, peer: Peer, track: Track) -> None:
        """Say whether this track of the peer's owner flows, through whichever door."""
        who = owner(peer.who)
        shown = self._track(who, track.name)
        if shown is not None and shown.audible:
            self._tell(Published(self.name, who, track.name, shown.codec))
        else:
            self._tell(Silent(self.name, who, track.name))

    def _tell_levels(self) -> None:
        changed = {}
        for peer, track in self._tracks():
            who = owner(peer.who)
            if track.name == "voice" and track.sources and self._track(who, "voice") is track:
                level = self._loud[owner(peer.who)] = track.loudest()
                if abs(level - self._levels.get(who, QUIET)) >= LEVEL_STEP:
                    changed[who] = level
        if changed:
            self._levels |= changed
            self._tell(Levels(self.name, changed))

    def _tell_clocks(self) -> None:
        for peer, track in self._tracks():
            who = owner(peer.who)
            tap = self.taps.get((who, track.name))
            clock = tap.clock() if tap else self._clock(track)
            if track.audible and clock is not None and self._track(who, track.name) is track:
                self._tell(Clock(self.name, who, track.name, *clock))

    def _clock(self, track: Track) -> tuple[int, float] | None:
        flowing = layers.living(track)
        if not flowing or flowing[-1].inlet.last_at < 0:
            return None
        return flowing[-1].inlet.last_ts, flowing[-1].inlet.last_at - self.origin
