"""One client: its path, its keys, the tracks it publishes and the slots it is shown."""

import asyncio
import random
from typing import Protocol

from synclass.errors import Malformed

from .codecs import Codec
from .dtls import Certificate, Dtls
from .feedback import reports
from .ice import Address, Path
from .listening import Listening, Speakers
from .numbering import Start
from .orders import Kind
from .packet import Rtp, build_rtp, parse_rtp
from .plane import Event, Plane
from .plane import Source as Inlet
from .red import bare, unfold
from .rtcp import KeyframePlea, SenderReport, parse_rtcp, pli
from .sdp import LEVEL, MID, REPAIRED, RID, TIME, Offer, Section
from .slots import Format, Slot
from .tracks import Source, Track
from .upward import Upward
from .watch import Watch

SOURCES = 16  # SSRCs learnt of one client; three layers of two videos and a voice need seven
REPORT_EVERY = 1.0  # seconds
_ASIDE = 1 << 31
"""Turned in the SSRC under which the plane knows a voice whose packets come with copies: those
it does not know, so that each comes to us first."""


class Listener(Protocol):
    """Whoever wants to hear of a peer's packets."""

    def learnt(self, peer: "Peer", source: Source, now: float) -> None:
        """A source has begun; this is its first packet."""

    def reported(self, track: Track, report: SenderReport, now: float) -> None:
        """The publisher's sender report of one of the track's sources."""


class Peer:
    """Its packets go by the plane; here is who is who.  When to do what is told from outside."""

    def __init__(
        self,
        who: str,
        offer: Offer,
        certificate: Certificate,
        *,
        plane: Plane,
        speakers: Speakers,
        listener: Listener,
        dice: random.Random,
        now: float,
    ) -> None:
        """``dice`` gives SSRCs and first numbers."""
        self.who = who
        self.offer = offer
        self.line = plane.line()
        self.path = Path(now, self._aim)
        self.dtls = Dtls(certificate, self.line.send, calls=offer.passive)
        self._reached = asyncio.Event()
        self.ufrags: list[str] = []
        self.pwd = ""
        self.born_at = now
        self._wall = 0.0
        """Unix time when our own was 0."""
        self.sources: dict[int, Source] = {}
        self.upward = Upward(self.line, now)
        self._plane = plane
        self._listener = listener
        self._repairs: set[int] = set()
        self._agree(offer, dice)
        self.listening = Listening(self.slots, self.line, speakers)

    def slot(self, kind: Kind, number: int) -> Slot | None:
        """The slots of a kind are counted in the order of the offer."""
        slots = [slot for slot in self.slots if slot.form.kind == kind]
        return slots[number] if 0 <= number < len(slots) else None

    def track_named(self, name: str) -> Track | None:
        return next((track for track in self.tracks.values() if track.name == name), None)

    async def handshake(self) -> None:
        """Become able to receive.  Raises Unavailable("dtls-failed"): it is over then."""
        if self.offer.passive:
            await self._reached.wait()
        await self.dtls.handshake(self.offer.fingerprint)
        if self.dtls.keys is not None:
            self.line.key(*self.dtls.keys)

    def meet(self, plain: bytes, now: float) -> list[Event]:
        """A packet of this client that the plane did not know: learn whose it is, and let it go on.

        -> what the plane tells of it then.
        """
        if single := self._bare(plain):
            return self._plane.inject(self.line, single, now)
        packet = parse_rtp(plain)
        known = packet.ssrc in self.sources or packet.ssrc in self._repairs
        if not known:  # nor learnt by another packet that was read with this one
            repairs = self._repairs_others(packet)
            known = self._learn_repair(packet) if repairs else self._learn(packet, now)
        source = self.sources.get(packet.ssrc)
        if source is not None and source.inlet.ssrc != packet.ssrc:
            return self._unfold(packet, source.inlet, now)
        return self._plane.inject(self.line, plain, now) if known else []

    def hear(self, plain: bytes, now: float) -> None:
        """RTCP in which there is something for us.  Raises Malformed."""
        for message in parse_rtcp(plain):
            match message:
                case SenderReport(ssrc) if ssrc in self.sources:
                    source = self.sources[ssrc]
                    source.reception.sender_report(message.ntp, now)
                    self._listener.reported(source.track, message, now)
                case KeyframePlea(ssrc) if ssrc in self._slot_of:
                    self._slot_of[ssrc].ask_key(now)

    def tick(self, now: float, wall: float) -> None:
        """Once a second: say how things arrive and how they were sent; wake who waits."""
        for slot in self.slots:
            slot.wake(now)
        self._wall = wall - now
        if not self.dtls.keyed:
            return
        self.report(now)
        live = [s for s in self.sources.values() if now - s.last_at < 5 * REPORT_EVERY]
        for packet in reports(s.reception.block(now) for s in live):
            self.line.control(packet)
        self.upward.tell(now)

    def report(self, now: float) -> None:
        """Say how far our streams have come; what comes back tells the round trip."""
        self.line.report(now, self._wall + now)

    def leave(self, now: float) -> None:
        """Let go of what others show of us, and of what we are shown."""
        self.listening.close()
        for slot in self.slots:
            slot.show(None, now)

    def _aim(self, address: Address) -> None:
        """Its packets go there from now on; the first address is where a passive one is called."""
        self.line.aim(address)
        self._reached.set()

    def _agree(self, offer: Offer, dice: random.Random) -> None:
        """Set up what the offer asks for: tracks, slots, and how to know their packets."""
        self.tracks = {s.mid: track for s in offer.sections if (track := self._track(s))}
        self.slots = [self._slot(s, dice) for s in offer.sections if s.use == "down"]
        self._slot_of = {slot.ssrc: slot for slot in self.slots}
        self._ids = {uri: n for s in offer.sections for uri, n in s.extensions.items()}
        self._rtx = {f.rtx for s in offer.sections for f in s.formats if f.rtx}
        up = [s for s in offer.sections if s.track is not None]
        self._red = {s.track: s.formats[0].red for s in up if s.formats[0].red}

    def _track(self, section: Section) -> Track | None:
        if section.track is None:
            return None
        kind: Kind = "audio" if section.kind == "audio" else "video"
        form = section.formats[0]
        mends = kind == "video" or form.nack
        watch = Watch(section.rids or [""], self.born_at)
        return Track(section.track, kind, form.codec, plead=self._plead, mends=mends, watch=watch)

    def _slot(self, section: Section, dice: random.Random) -> Slot:
        kind: Kind = "audio" if section.kind == "audio" else "video"
        pts: dict[Codec, tuple[int, int]] = {f.codec: (f.pt, f.rtx) for f in section.formats}
        ids = section.extensions
        red = section.formats[0].red
        form = Format(section.mid, kind, pts, ids.get(MID, 0), ids.get(TIME, 0), red)
        start = Start(*(dice.getrandbits(bits) for bits in (15, 31, 14, 8)))
        ssrc, rtx = (dice.randrange(2, 2**32) for _ in range(2))
        return Slot(form, self.line, self._plane, ssrc=ssrc, rtx_ssrc=rtx, start=start)

    def _plead(self, ssrc: int) -> None:
        self.line.control(pli(ssrc))

    def _learn(self, packet: Rtp, now: float) -> bool:
        """An SSRC is known by its MID and RID; browsers send them until our first report."""
        track = self._track_of(packet)
        if track is None or len(self.sources) >= SOURCES:
            return False
        level_id = self._ids.get(LEVEL, 0)
        ssrc = packet.ssrc ^ _ASIDE if track.name in self._red else packet.ssrc
        inlet = self._plane.source(self.line, ssrc, track.codec, level_id=level_id)
        source, replaced = track.add(inlet, self._text(packet, RID), now, ssrc=packet.ssrc)
        self.sources[packet.ssrc] = source
        if replaced is not None:
            del self.sources[replaced.ssrc]
            self.upward.drop(replaced.inlet)
            self._plane.drop(self.line, replaced.inlet)
        self.upward.add(source)
        self._listener.learnt(self, source, now)
        return True

    def _bare(self, plain: bytes) -> bytes:
        """A packet of a voice whose copies have all come already; else empty."""
        source = self.sources.get(int.from_bytes(plain[8:12], "big"))
        if source is None or source.inlet.ssrc == source.ssrc:
            return b""
        inlet = source.inlet
        return bare(plain, self._red.get(source.track.name, 0), inlet.ssrc, inlet.has)

    def _unfold(self, packet: Rtp, inlet: Inlet, now: float) -> list[Event]:
        """A voice with copies goes on without them, but for those of what has not come."""
        parts = [packet]
        if packet.pt in self._red.values():
            try:
                parts = unfold(packet, inlet.has)
            except Malformed:
                return []
        plains = [build_rtp(part._replace(ssrc=inlet.ssrc)) for part in parts]
        return [e for plain in plains for e in self._plane.inject(self.line, plain, now)]

    def _repairs_others(self, packet: Rtp) -> bool:
        """Is it RTX of the publisher's?"""
        return packet.pt in self._rtx or self._ids.get(REPAIRED, -1) in packet.extensions

    def _learn_repair(self, packet: Rtp) -> bool:
        """RTX is known by the RID it repairs, by the offer, or where its track has one source."""
        if len(self._repairs) >= SOURCES:
            return False
        source = self._repaired(packet)
        if source is None:
            return False
        self._repairs.add(packet.ssrc)
        self._plane.repair(self.line, packet.ssrc, source.inlet)
        return True

    def _repaired(self, packet: Rtp) -> Source | None:
        named = [s.repairs[packet.ssrc] for s in self.offer.sections if packet.ssrc in s.repairs]
        if named:
            return self.sources.get(named[0])
        track = self.tracks.get(self._text(packet, MID))
        if track is None:
            return None
        if rid := self._text(packet, REPAIRED):
            return track.sources.get(rid)
        sources = list(track.sources.values())
        return sources[0] if len(sources) == 1 else None

    def _track_of(self, packet: Rtp) -> Track | None:
        """By MID; else by the SSRCs of the offer; else by the payload type, if only one has it."""
        mid = self._text(packet, MID)
        if mid:
            return self.tracks.get(mid)
        up = [s for s in self.offer.sections if s.track is not None]
        named = [s.mid for s in up if packet.ssrc in s.ssrcs]
        mids = named or [s.mid for s in up if packet.pt in (s.formats[0].pt, s.formats[0].red)]
        return self.tracks.get(mids[0]) if len(mids) == 1 else None

    def _text(self, packet: Rtp, uri: str) -> str:
        return packet.extensions.get(self._ids.get(uri, 0), b"").decode("ascii", "replace")
