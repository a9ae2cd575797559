"""Who in a lesson is shown which layer of whom, and which layers nobody is shown."""

from collections.abc import Callable, Iterable, Mapping
from itertools import islice

from synclass.inclass.stage import Cast
from synclass.words import TrackName

from . import layers
from .estimate import FLOOR, UNLIMITED
from .layers import Rung
from .orders import Watched, owner
from .peer import Peer
from .ration import Claim, Ration
from .slots import Find, Slot
from .tap import Tap
from .tracks import Source, Track

MEASURED_EVERY = 0.25  # seconds
HEEDED_EVERY = 1.0  # seconds
FRESH = 10.0  # seconds; who receives no picture sends no REMB any more, and loss alone misleads
HEALED = 6.0  # seconds: reports of a voice, one in five, may speak of so long ago
WATCHED_EVERY = 0.5  # seconds; at once where a slot has got something else
REMEMBERED = 300.0  # seconds for which it is known what the line of somebody who is gone carried
TURNS = 5  # ticks, a quarter of a second: REMBs come as often


class Supply:
    """Of one lesson.  Plans are kept for subscribers and publishers who are still to come."""

    def __init__(
        self,
        lesson: str,
        peers: Mapping[str, Peer],
        taps: Mapping[tuple[str, TrackName], Tap],
        *,
        find: Find,
        loud: Mapping[str, int],
        tell: Callable[[Watched], None],
        now: float,
    ) -> None:
        """``peers`` and ``taps`` are the lesson's own, seen as they are at each moment.

        ``loud``: the level of each voice.
        """
        self._lesson = lesson
        self._peers = peers
        self._taps = taps
        self._find = find
        self._loud = loud
        self._tell = tell
        self.plans: dict[str, list[Cast]] = {}
        self._rations: dict[Peer, Ration] = {}
        self._carried: dict[str, tuple[float, int]] = {}
        """When somebody went whose line was known to be thin, and the bit/s it carried."""
        self._shown: dict[Peer, list[tuple[Track, Slot, bool]]] = {}
        self._ladders: dict[tuple[Track, bool], list[Rung]] = {}
        self._choices: dict[Track, list[Source]] = {}
        self._measure_at = self._watch_at = self._heed_at = now
        self._turn = 0
        self._probing: set[str] = set()
        self._filled = False

    def arrange(self, who: str, casts: list[Cast], now: float) -> None:
        """Take a subscriber's whole slot plan."""
        self.plans[who] = casts
        self._fill(who, now)

    def forget(self, who: str) -> None:
        """Nobody is waited for under this name any more."""
        self.plans.pop(who, None)
        self._carried.pop(who, None)

    def refresh(self, now: float) -> None:
        """Somebody or some layer came or went: look at every slot again."""
        present = set(self._peers.values())
        for peer in [peer for peer in self._rations if peer not in present]:
            self._remember(peer.who, self._rations.pop(peer).carries, now)
            self._shown.pop(peer, None)
        self._measure(now)
        self._deal(now)

    def tick(self, now: float) -> bool:
        """Judge the lines, and see that all have what they can carry.

        True: the layers there are have changed, so the tapes must look again, too.
        """
        measured = now >= self._measure_at
        changed = measured and self._measure(now)
        if measured:
            self._heed(now)
        if changed:
            self._deal(now)
        self._judge(now)
        if self._filled or now >= self._watch_at:
            self._watch(now)
        return changed

    def _judge(self, now: float) -> None:
        """One line in TURNS each tick, and those that are being probed."""
        self._turn = (self._turn + 1) % TURNS
        probing, self._probing = self._probing, set()
        due = list(islice(self._peers, self._turn, None, TURNS))
        for who in {*due, *(probing & self._peers.keys())} if probing else due:
            ration = self._ration(self._peers[who], now)
            if ration.judge(now):
                self._fill(who, now)
            if ration.probing:
                self._probing.add(who)

    def _measure(self, now: float) -> bool:
        """Look what there is and what it costs.  True: there is more or less than before."""
        self._measure_at = now + MEASURED_EVERY
        self._ladders.clear()
        found = {}
        for track in self._pictures():
            for source in track.sources.values():
                source.meter.look(source.inlet, now)
            found[track] = layers.choices(track, now)
        before, self._choices = self._choices, found
        return found != before

    def _pictures(self) -> Iterable[Track]:
        """The pictures that have begun."""
        for peer in self._peers.values():
            for track in peer.tracks.values():
                if track.kind == "video" and track.sources:
                    yield track

    def _ration(self, peer: Peer, now: float) -> Ration:
        if peer not in self._rations:
            self._forget_old(now)
            unknown = FLOOR if any(section.thin for section in peer.offer.sections) else UNLIMITED
            _, carried = self._carried.pop(peer.who, (now, unknown))
            self._rations[peer] = Ration(peer, now, carries=carried)
        return self._rations[peer]

    def _remember(self, who: str, carried: int, now: float) -> None:
        """Who comes back by a new connection has their old line."""
        self._forget_old(now)
        if carried < UNLIMITED:
            self._carried[who] = now, carried

    def _forget_old(self, now: float) -> None:
        for who in [who for who, (at, _) in self._carried.items() if now - at > REMEMBERED]:
            del self._carried[who]

    def _deal(self, now: float) -> None:
        for who in self.plans:
            self._fill(who, now)

    def _fill(self, who: str, now: float) -> None:
        peer = self._peers.get(who)
        if peer is None:
            return
        self._filled = True
        ration, claims = self._ration(peer, now), []
        self._shown[peer] = []
        empty = dict.fromkeys(peer.slots)
        for cast in filter(peer.listening.hears, self.plans.get(who, ())):
            slot = peer.slot(cast.kind, cast.slot)
            track = self._find(cast.publisher, cast.track, slot)
            if slot is None or track is None or track.kind != cast.kind:
                continue
            empty.pop(slot, None)
            if cast.kind == "video":
                self._shown[peer].append((track, slot, cast.large))
                claims.append(Claim(slot, _order(cast), self._ladder(track, now, large=cast.large)))
            else:
                ration.hear(slot)
                slot.show(layers.best(track, now), now)
        ration.leave(empty, now)
        ration.deal(claims, now)

    def _heed(self, now: float) -> None:
        """How each room's line is, for the voices it hears; and whose, where it is too thin.

        Where it only knows that much is lost, a queue must say that this is our doing.
        """
        due = now >= self._heed_at
        self._heed_at = now + HEEDED_EVERY if due else self._heed_at
        for who, peer in self._peers.items():
            if due:
                ration = self._ration(peer, now)
                estimate = ration.estimate
                bps, fresh = estimate.bps, 0 <= now - peer.line.remb_at < FRESH
                told = fresh and bps > FLOOR and not estimate.guessed
                rests = ration.rests(now)
                sure = estimate.trips.full or told or rests
                full = now - estimate.trips.full_at < HEALED
                known = FLOOR if rests else bps if bps < UNLIMITED else 0
                peer.listening.look(now, known, sure=sure, full=full)
            if peer.listening.choose(self.plans.get(who, ()), self._loud, now):
                self._fill(who, now)

    def _ladder(self, track: Track, now: float, *, large: bool) -> list[Rung]:
        if (track, large) not in self._ladders:
            self._ladders[track, large] = layers.ladder(track, now, large=large)
        return self._ladders[track, large]

    def _watch(self, now: float) -> None:
        """Tell publishers what somebody is shown of them."""
        self._filled, self._watch_at = False, now + WATCHED_EVERY
        wanted = self._wanted()
        for who, peer in self._peers.items():
            pictures = [track for track in peer.tracks.values() if track.kind == "video"]
            if peer.upward.uplink.relief.on:
                news = [track.watch.look((), now, linger=0.0) for track in pictures]
            else:
                news = [track.watch.look(wanted.get(track, ()), now) for track in pictures]
            if any(news) and owner(who) == who:  # an encoder has no page to be told on
                shown = {track.name: track.watch.awake for track in pictures}
                self._tell(Watched(self._lesson, who, shown))

    def _wanted(self) -> dict[Track, set[str]]:
        """The RIDs that slots and tapes show, wait for, or would show if they came."""
        wanted: dict[Track, set[str]] = {}
        alike = {  # a hundred rooms are shown the same
            (track, slot.source, slot.wanted, large)
            for shown in self._shown.values()
            for track, slot, large in shown
        }
        for track, source, wished, large in alike:
            rids = wanted.setdefault(track, set())
            rids |= self._rids(track, (source, wished), large=large)
        for (who, name), tap in self._taps.items():
            taped = self._find(who, name, None)
            if taped is not None:
                rids = wanted.setdefault(taped, set())
                rids |= self._rids(taped, (tap.wanted,), large=True)
        return wanted

    def _rids(self, track: Track, shown: Iterable[Source | None], *, large: bool) -> set[str]:
        """What is shown of a track; all of it before it has begun, for it might be any."""
        found = self._choices.get(track)
        if not found:
            return set(track.watch.rids)
        rids = {source.rid for source in shown if source is not None}
        if large and found[-1] in shown:
            rids.update(layers.above(track, found[-1]))
        return rids


def _order(cast: Cast) -> int:
    """What is read comes before the teacher, who is large, and she before the others."""
    if cast.track == "content":
        return 0
    return 1 if cast.large else 2
