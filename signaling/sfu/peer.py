"""One client: its path, its keys, the tracks it publishes and the slots it is shown."""

import random
from collections.abc import Callable
from typing import Protocol

from synclass.errors import Malformed

from .codecs import Codec, arrive
from .dtls import Certificate, Dtls
from .feedback import reports, welcome
from .frames import Frames
from .history import Allowance
from .ice import Address, Path
from .numbering import Start
from .orders import Kind
from .packet import Rtp, parse_rtp
from .rtcp import KeyframePlea, Nack, Remb, SenderReport, parse_rtcp, pli
from .sdp import LEVEL, MID, REPAIRED, RID, TIME, Offer, Section
from .slots import Format, Slot
from .tracks import Source, Track

SOURCES = 16  # SSRCs learnt of one client; three layers of two videos and a voice need seven
REPORT_EVERY = 1.0  # seconds
REPORTS = 40  # sender reports in a datagram, of 28 bytes each
LINK_BPS = 1_000_000  # until the first REMB, which takes 3-5 s


class Listener(Protocol):
    """Whoever wants to hear of a peer's packets."""

    def learnt(self, peer: "Peer", source: Source, now: float) -> None:
        """A source has begun; this is its first packet."""

    def reported(self, track: Track, report: SenderReport, now: float) -> None:
        """The publisher's sender report of one of the track's sources."""


class Peer:
    """Packets in, packets out; when to do what is told from outside."""

    def __init__(
        self,
        who: str,
        offer: Offer,
        certificate: Certificate,
        *,
        send: Callable[[bytes, Address], None],
        frames: Frames,
        listener: Listener,
        dice: random.Random,
        now: float,
    ) -> None:
        """``send`` puts a datagram on the wire, ``frames`` takes what others may be shown.

        ``dice`` gives SSRCs and first numbers.
        """
        self.who = who
        self.offer = offer
        self.line = frames.plane.line()
        self.path = Path(now, self.line.aim)
        self.dtls = Dtls(certificate, self.send)
        self.link_bps = LINK_BPS
        self.allowance = Allowance()
        self.ufrags: list[str] = []
        self.pwd = ""
        self.born_at = now
        self.sources: dict[int, Source] = {}
        self.malformed = 0
        self._send = send
        self._frames = frames
        self._listener = listener
        self._report_at = now + REPORT_EVERY
        self._agree(offer, dice)

    def slot(self, kind: Kind, number: int) -> Slot | None:
        """The slots of a kind are counted in the order of the offer."""
        slots = [slot for slot in self.slots if slot.form.kind == kind]
        return slots[number] if 0 <= number < len(slots) else None

    def track_named(self, name: str) -> Track | None:
        return next((track for track in self.tracks.values() if track.name == name), None)

    async def handshake(self) -> None:
        """Become able to receive.  Raises Unavailable("dtls-failed"): it is over then."""
        await self.dtls.handshake(self.offer.fingerprint)
        if self.dtls.keys is not None:
            self.line.key(self.dtls.keys)

    def seal(self, plain: bytes) -> bytes:
        return self.dtls.seal(plain)

    def send(self, sealed: bytes) -> None:
        """Put it on the wire, if we know where to."""
        if sealed and self.path.address:
            self._send(sealed, self.path.address)

    def arrived(self, sealed: bytes, now: float) -> bool:
        """Take an SRTP or SRTCP datagram; True where it authenticated."""
        try:
            plain = self.dtls.open(sealed)
        except Malformed:
            self.malformed += 1
            return False
        try:
            if 192 <= sealed[1] <= 223:
                self._hear(plain, now)
            else:
                self.forward(parse_rtp(plain), now)
        except Malformed:
            self.malformed += 1
        return True

    def forward(self, packet: Rtp, now: float) -> None:
        """Pass a packet of this client on to whoever is shown it."""
        source = self.sources.get(packet.ssrc) or self._learn(packet, now)
        if source is None:
            return
        arrival = arrive(source.codec, packet, now)
        source.track.came(source, arrival)
        self._hear_level(source.track, packet)
        self._frames.add(source, arrival)

    def tick(self, now: float, wall: float) -> None:
        """Ask again for key frames; once a second say how things arrive and how they were sent."""
        for track in self.tracks.values():
            track.wake(now)
        if now < self._report_at or not self.dtls.keyed:
            return
        self._report_at = now + REPORT_EVERY
        own = [report for slot in self.slots if (report := slot.report(now, wall))]
        for at in range(0, len(own), REPORTS):  # together: sealing and sending is the dear part
            self._send_rtcp(b"".join(own[at : at + REPORTS]))
        live = [s for s in self.sources.values() if now - s.last_at < 5 * REPORT_EVERY]
        video = [s.ssrc for s in live if s.track.kind == "video"]
        for packet in reports((s.reception.block(s.ssrc, now) for s in live), video):
            self._send_rtcp(packet)

    def leave(self, now: float) -> None:
        """Let go of what others show of us, and of what we are shown."""
        for slot in self.slots:
            slot.show(None, now)

    def _agree(self, offer: Offer, dice: random.Random) -> None:
        """Set up what the offer asks for: tracks, slots, and how to know their packets."""
        self.tracks = {s.mid: track for s in offer.sections if (track := self._track(s))}
        self.slots = [self._slot(s, dice) for s in offer.sections if s.use == "down"]
        self._slot_of = {slot.ssrc: slot for slot in self.slots}
        self._ids = {uri: n for s in offer.sections for uri, n in s.extensions.items()}
        self._repairs = {f.rtx for s in offer.sections for f in s.formats if f.rtx}

    def _track(self, section: Section) -> Track | None:
        if section.track is None:
            return None
        kind: Kind = "audio" if section.kind == "audio" else "video"
        return Track(section.track, kind, section.formats[0].codec, plead=self._plead)

    def _slot(self, section: Section, dice: random.Random) -> Slot:
        kind: Kind = "audio" if section.kind == "audio" else "video"
        pts: dict[Codec, tuple[int, int]] = {f.codec: (f.pt, f.rtx) for f in section.formats}
        ids = section.extensions
        form = Format(section.mid, kind, pts, ids.get(MID, 0), ids.get(TIME, 0))
        start = Start(*(dice.getrandbits(bits) for bits in (15, 31, 14, 8)))
        ssrc, rtx = (dice.randrange(2, 2**32) for _ in range(2))
        return Slot(form, self, self._frames.plane, ssrc=ssrc, rtx_ssrc=rtx, start=start)

    def _plead(self, ssrc: int) -> None:
        self._send_rtcp(pli(ssrc))

    def _send_rtcp(self, plain: bytes) -> None:
        if plain:
            self.send(self.dtls.seal_rtcp(plain))

    def _hear_level(self, track: Track, packet: Rtp) -> None:
        level = packet.extensions.get(self._ids.get(LEVEL, 0))
        if level and track.kind == "audio":
            track.loudest = min(track.loudest, level[0] & 127)

    def _learn(self, packet: Rtp, now: float) -> Source | None:
        """An SSRC is known by its MID and RID; browsers send them until our first report."""
        if REPAIRED in self._ids and self._ids[REPAIRED] in packet.extensions:
            return None
        track = self._track_of(packet)
        if track is None or packet.pt in self._repairs or len(self.sources) >= SOURCES:
            return None
        rid = self._text(packet, RID)
        source, replaced = track.add(packet.ssrc, rid, now)
        self.sources[packet.ssrc] = source
        if replaced is not None:
            del self.sources[replaced.ssrc]
        if track.kind == "video":
            self._send_rtcp(welcome([packet.ssrc]))
        self._listener.learnt(self, source, now)
        return source

    def _track_of(self, packet: Rtp) -> Track | None:
        """By MID; else by the SSRCs of the offer; else by the payload type, if only one has it."""
        mid = self._text(packet, MID)
        if mid:
            return self.tracks.get(mid)
        up = [s for s in self.offer.sections if s.track is not None]
        named = [s.mid for s in up if packet.ssrc in s.ssrcs]
        mids = named or [s.mid for s in up if s.formats[0].pt == packet.pt]
        return self.tracks.get(mids[0]) if len(mids) == 1 else None

    def _text(self, packet: Rtp, uri: str) -> str:
        return packet.extensions.get(self._ids.get(uri, 0), b"").decode("ascii", "replace")

    def _hear(self, plain: bytes, now: float) -> None:
        for message in parse_rtcp(plain):
            match message:
                case SenderReport(ssrc) if ssrc in self.sources:
                    source = self.sources[ssrc]
                    source.reception.sender_report(message.ntp, now)
                    self._listener.reported(source.track, message, now)
                case Nack(ssrc, seqs) if ssrc in self._slot_of:
                    self._slot_of[ssrc].resend(seqs, now)
                case KeyframePlea(ssrc) if ssrc in self._slot_of:
                    self._slot_of[ssrc].ask_key(now)
                case Remb(bps):
                    self.link_bps = bps
