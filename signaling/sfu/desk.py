"""Carries out the orders of signaling: opens lessons, invites clients, and sees them off."""

import asyncio
import random
import secrets
from collections import deque
from collections.abc import Callable

import structlog
from msgspec import structs

from synclass import tape
from synclass.errors import Refused, Unavailable

from .answer import Door, write_answer, write_fragment
from .choice import choose, keep, tastes
from .dtls import Certificate
from .lesson import Lesson
from .orders import (
    Arrange,
    Close,
    Declined,
    Dismiss,
    Event,
    Ink,
    Invite,
    Invited,
    Missed,
    Open,
    Order,
    Restart,
    Ride,
    Survey,
    Surveyed,
    Tape,
    Taping,
)
from .peer import REPORT_EVERY, Peer
from .sdp import Offer, read_offer
from .spool import Spool
from .udp import Wire

PATIENCE = 30.0  # seconds a client has to come and finish its handshake
log = structlog.get_logger("sfu.desk")


class Desk:
    """All lessons of one worker."""

    def __init__(
        self,
        wire: Wire,
        hosts: list[str],
        *,
        tell: Callable[[Event], None],
        clock: Callable[[], float],
    ) -> None:
        """``tell`` goes to signaling (or nowhere while it is away)."""
        self.lessons: dict[str, Lesson] = {}
        self.spool = Spool()
        self._wire = wire
        self._certificate = Certificate.generateCertificate()
        self._door = Door(hosts, wire.port, self._certificate.fingerprint)
        self._tell = tell
        self._clock = clock
        self._dice = random.SystemRandom()
        self._tasks: dict[Peer, asyncio.Task[None]] = {}
        self._farewells: set[asyncio.Task[None]] = set()
        self._taping: dict[str, bool] = {}
        self._unkept: set[str] = set()
        """Lessons for whose tape the recorder has no room."""
        self._due: deque[tuple[float, Lesson, Peer]] = deque()
        """When to look after which peer: the first is due first, for all wait equally long."""

    def order(self, order: Order) -> None:
        """Do what signaling wants.  An order for a lesson that is not open changes nothing."""
        now = self._clock()
        match order:
            case Open(name, origin):
                self._open(name, origin, now)
            case Survey():
                self._survey()
            case Invite():
                self._tell(self._invite(order, now))
            case Restart():
                self._tell(self._restart(order))
            case Arrange(name, who, casts) if name in self.lessons:
                self.lessons[name].arrange(who, casts, now)
            case Tape(name, tracks, public) if name in self.lessons:
                self.lessons[name].record(tracks, now, public=public)
            case Ride(name, who, on) if name in self.lessons:
                self.lessons[name].ride(who, now, on=on)
            case Ink(name) if name in self.lessons:
                self.lessons[name].ink(order)
            case Dismiss(name, who) if name in self.lessons:
                self._dismiss(self.lessons[name], who, now)
            case Close(name) if name in self.lessons:
                self._close(name, now)

    def hear(self, message: tape.ToWorker) -> None:
        """What the recorder says: it cannot go on without a key frame, or has kept nothing."""
        match message:
            case tape.KeyframeWanted(name, who, track):
                lesson = self.lessons.get(name)
                tap = lesson.taps.get((who, track)) if lesson else None
                if tap is not None:
                    tap.ask_key(self._clock())
            case tape.Kept(name, on):
                (self._unkept.discard if on else self._unkept.add)(name)
            case tape.Missed():
                self._tell(Missed(*structs.astuple(message)))

    def reopen(self) -> None:
        """The recorder takes our tape (again); what it cannot keep it will say anew."""
        self._unkept.clear()
        for lesson in self.lessons.values():
            lesson.reopen(self._clock())

    def tick(self, wall: float) -> None:
        """Let time pass: about twenty times a second.  ``wall`` is Unix time."""
        now = self._clock()
        while self._due and self._due[0][0] <= now:
            _, lesson, peer = self._due.popleft()
            if lesson.peers.get(peer.who) is peer:
                self._look_after(lesson, peer, now, wall)
        for name, lesson in self.lessons.items():
            lesson.tick(now)
            kept = self.spool.taking and name not in self._unkept
            self._tell_taping(name, on=kept and bool(lesson.taps))

    def wind(self) -> None:
        """Bring what the taps have collected to the spool."""
        for lesson in self.lessons.values():
            lesson.spool()

    async def close(self) -> None:
        """Say goodbye to everybody."""
        for name in list(self.lessons):
            self._close(name, self._clock())
        await asyncio.gather(*self._farewells)

    def _open(self, name: str, origin: float, now: float) -> None:
        if name in self.lessons:
            self.lessons[name].rebase(origin)
            return
        self.lessons[name] = Lesson(
            name,
            origin,
            plane=self._wire.plane,
            tell=self._tell,
            keep=self.spool.put,
            bind=self._wire.gate.bind,
            now=now,
        )

    def _close(self, name: str, now: float) -> None:
        for peer in self.lessons.pop(name).end(now):
            self._drop(peer)
        self._tell_taping(name, on=False)
        self._taping.pop(name, None)
        self._unkept.discard(name)

    def _survey(self) -> None:
        present = {
            name: [peer.who for peer in lesson.peers.values() if peer.dtls.keyed]
            for name, lesson in self.lessons.items()
        }
        self._tell(Surveyed(present))
        for name, lesson in self.lessons.items():
            lesson.recount()
            self._tell(Taping(name, self._taping.get(name, False)))

    def _invite(self, order: Invite, now: float) -> Invited | Declined:
        lesson = self.lessons.get(order.lesson)
        if lesson is None:
            return Declined(order.n, "no-lesson", "this lesson is not open here")
        try:
            offer = read_offer(order.sdp, order.way)
            stock = order.way != ""
            return Invited(order.n, self._answer(lesson, order.who, offer, now, stock=stock))
        except Refused as refused:
            return Declined(order.n, refused.code, str(refused))

    def _restart(self, order: Restart) -> Invited | Declined:
        lesson = self.lessons.get(order.lesson)
        peer = lesson.peers.get(order.who) if lesson else None
        if peer is None:
            return Declined(order.n, "no-session", "there is no such session")
        if peer.offer.ufrag != order.ufrag:
            self._renew(peer)
            peer.offer = peer.offer._replace(ufrag=order.ufrag)
        ours = {"ufrag": peer.ufrags[-1], "pwd": peer.pwd}
        return Invited(order.n, write_fragment(peer.offer, self._door, **ours))

    def _answer(
        self, lesson: Lesson, who: str, offer: Offer, now: float, *, stock: bool = False
    ) -> str:
        peer = lesson.peers.get(who)
        if peer is None or peer.offer.fingerprint != offer.fingerprint:
            if peer is not None:
                self._dismiss(lesson, who, now, forget=False)
            peer = self._admit(lesson, who, offer, now)
        elif peer.offer.shape() != offer.shape():
            raise Refused("sections-changed", "an ICE restart keeps its sections")
        elif peer.offer.ufrag != offer.ufrag:
            self._renew(peer)
        peer.offer = offer = keep(offer, peer)
        slots = {slot.form.mid: (slot.ssrc, slot.rtx_ssrc) for slot in peer.slots}
        ufrag, pwd = peer.ufrags[-1], peer.pwd
        return write_answer(offer, self._door, ufrag=ufrag, pwd=pwd, slots=slots, stock=stock)

    def _admit(self, lesson: Lesson, who: str, offer: Offer, now: float) -> Peer:
        peer = Peer(
            who,
            choose(offer, tastes(lesson.peers.values(), who)),
            self._certificate,
            plane=self._wire.plane,
            speakers=self._wire.speakers,
            listener=lesson,
            dice=self._dice,
            now=now,
        )
        self._renew(peer)
        lesson.admit(peer, now)
        self._due.append((now + REPORT_EVERY, lesson, peer))
        task = asyncio.get_running_loop().create_task(self._accompany(lesson, peer))
        self._tasks[peer] = task
        return peer

    def _renew(self, peer: Peer) -> None:
        """New ICE credentials: 32 and 128 random bits (RFC 8445 §5.3 wants 24 and 128)."""
        self._wire.gate.admit(peer, secrets.token_hex(4), secrets.token_hex(16))

    async def _accompany(self, lesson: Lesson, peer: Peer) -> None:
        """From the handshake to the goodbye of one client."""
        try:
            await peer.handshake()
            lesson.connected(peer, self._clock())
            await peer.dtls.over()
            reason = "left"
        except Unavailable as failed:
            reason = failed.code
        except Exception:
            log.exception("a client's task failed", who=peer.who)
            reason = "dtls-failed"
        lesson.remove(peer, self._clock(), reason)
        self._drop(peer)

    def _look_after(self, lesson: Lesson, peer: Peer, now: float, wall: float) -> None:
        """Once a second."""
        self._due.append((now + REPORT_EVERY, lesson, peer))
        peer.tick(now, wall)
        self._wire.gate.sweep(peer, now)
        self._see_off(lesson, peer, now)

    def _see_off(self, lesson: Lesson, peer: Peer, now: float) -> None:
        reason = None
        if not peer.dtls.keyed and now - peer.born_at > PATIENCE:
            reason = "never-connected"
        elif peer.dtls.keyed and peer.path.lost(now):
            reason = "consent-lost"
        if reason is not None:
            lesson.remove(peer, now, reason)
            self._drop(peer)

    def _dismiss(self, lesson: Lesson, who: str, now: float, *, forget: bool = True) -> None:
        peer = lesson.peers.get(who)
        if forget:
            lesson.forget(who)
        if peer is not None:
            lesson.remove(peer, now)
            self._drop(peer)

    def _drop(self, peer: Peer) -> None:
        self._wire.gate.forget(peer)
        task = self._tasks.pop(peer, None)
        if task is not None and task is not asyncio.current_task():
            task.cancel()
        farewell = asyncio.get_running_loop().create_task(_part(peer))
        self._farewells.add(farewell)
        farewell.add_done_callback(self._farewells.discard)

    def _tell_taping(self, name: str, *, on: bool) -> None:
        if self._taping.get(name, False) is not on:
            self._taping[name] = on
            self._tell(Taping(name, on))


async def _part(peer: Peer) -> None:
    """Say goodbye, and only then cut the line."""
    await peer.dtls.close()
    peer.line.close()
