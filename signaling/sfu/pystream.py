"""A subscriber's stream as the plane in Python has it: sealed, sent, and sent again."""

from collections.abc import Iterator
from itertools import islice
from struct import pack
from typing import Protocol, cast

from . import plane
from .codecs import CLOCK_HZ
from .cover import HEADER, Cover
from .dtls import LONGEST_PLAIN
from .history import Tries
from .numbering import Start
from .orders import Kind
from .packet import abs_send_time
from .plane import KEPT, KEPT_SEALED, KEPT_SOUND, Event
from .pysource import Frame, Packet, size_of
from .pysplice import Splice
from .rtcp import Block, sender_report

_LONGEST_RTX = LONGEST_PLAIN - 14
"""Bytes of extensions and payload: beside them are the header, and the number it had."""
MOST_WENT = 4 * KEPT
"""Packets remembered to have gone: more than a row of numbers that can be asked for has."""


class Client(Protocol):
    """Whose stream it is: a line."""

    def seal(self, plains: list[bytes]) -> list[bytes]:
        """Empty where one cannot be sealed; none of them before there are keys."""

    def forward(self, sealed: list[bytes], cuts: list[int], now: float) -> None: ...

    def utter(self, plain: bytes, now: float) -> bytes:
        """Seal and send sound, which does not wait; empty where it cannot be sealed."""

    def may_resend(self, octets: int, now: float) -> bool: ...

    def resend(self, sealed: bytes, now: float) -> None: ...


class Stream(Splice):
    """What a subscriber gets of it goes down its line."""

    def __init__(
        self, client: Client, cover: Cover, rtx_cover: Cover, start: Start, kind: Kind
    ) -> None:
        super().__init__(cover, start, kind)
        self.packets = self.octets = self.asked = self.resent = 0
        self.loss = 0.0
        self.lost = self.jitter = self.reached = 0
        self.reported_at = -1.0
        self._client = client
        self._sound = kind == "audio"
        self._rtx_cover = rtx_cover
        self._rtx_seq = start.seq
        self._size = KEPT
        self._shifts: dict[int, int] = {}
        """What has gone out and may go again as RTX, by the source's number, the latest last: how
        far its picture id was shifted.  It goes again as it went, whatever was left out since."""
        self._sealed: list[tuple[int, bytes] | None] | None = None
        """What went over the wire, where there is no RTX: sealing a number once more with another
        send time would use a GCM nonce twice (RFC 7714 §8.1)."""
        self._tries = Tries()
        self._went = False
        """Something has been sent since all was forgotten."""

    @property
    def repairable(self) -> bool:
        return bool(self._rtx_pt) and self._went and self.current is not None

    def fetch(self) -> list[tuple[float, bytes]]:
        return []

    def emit(
        self, ts: int, payload: bytes, *, pt: int, marker: bool, length: int, now: float
    ) -> bytes:
        self._numbers.top += 1
        number, self.ts = self._numbers.top, ts & 0xFFFFFFFF
        self.at, self.length = now, length
        second = marker << 7 | pt
        sent = abs_send_time(now)
        plain = self._cover.wrap(second, number, self.ts, sent=sent, payload=payload)
        if self._sealed is None:
            self._keep_sealed()
        return self._utter(number, plain, len(payload), now)

    def report(self, now: float, wall: float) -> bytes:
        """The sender report (RFC 3550 §6.4.1); empty until something has been sent."""
        if self.at is None:
            return b""
        rtp = self.ts + int((now - self.at) * CLOCK_HZ[self._kind])
        return sender_report(self.ssrc, wall, rtp, self.packets, self.octets)

    def reported(self, block: Block, now: float) -> None:
        """The subscriber says how it arrives."""
        self.loss, self.lost, self.jitter = block.loss, block.lost, block.jitter
        self.reached = block.reached
        self.reported_at = now

    def answer(self, seqs: tuple[int, ...], now: float) -> None:
        """Answer a NACK, within the bounds of history.py."""
        going = True
        for seq in seqs:
            number = self._numbers.top - ((self._numbers.top - seq) & 0xFFFF)
            kept = self._recall(number)
            if kept is None:
                continue
            self.asked += self._tries.begin(number, now)
            if going and self._tries.may(number, now):
                going = self._again(number, kept, now)

    def _again(self, number: int, kept: bytes | Packet, now: float) -> bool:
        """Send it again; False: its line has had its share."""
        size = len(kept) if isinstance(kept, bytes) else size_of(kept)
        if not self._client.may_resend(size, now):
            return False
        self.resent += 1
        sealed = kept if isinstance(kept, bytes) else self._rtx(number, kept, now)
        self._client.resend(sealed, now)
        return True

    def copies(self, now: float) -> Iterator[bytes]:
        """RTX of the newest packets, newest first."""
        top = self._numbers.top
        for number in range(top, top - self._size, -1):
            kept = self._recall(number)
            if isinstance(kept, Packet):
                yield self._rtx(number, kept, now)

    def _pass(self, frame: Frame) -> None:
        """Sound comes one packet at a time: its way is the short one."""
        if not self._sound:
            super()._pass(frame)
            return
        cover, block = self._cover, self._cover.block(frame.stamp)
        for p in frame.packets:
            self._note(p)
            number, ts = p.number + self._numbers.shift, (p.ts + self._ts_shift) & 0xFFFFFFFF
            second, seq = p.marker | self._pt, number & 0xFFFF
            plain = HEADER.pack(cover.first, second, seq, ts, cover.ssrc) + block + p.payload
            self._utter(number, plain, len(p.payload), frame.now)

    def _go(self, frame: Frame, plains: list[bytes], shifts: list[int]) -> None:
        sealed = self._client.seal(plains)
        if not sealed:
            return
        if b"" in sealed:
            good = [n for n, data in enumerate(sealed) if data]
            if not good:
                return
            frame = Frame([frame.packets[n] for n in good], frame.now)
            sealed, shifts = [sealed[n] for n in good], [shifts[n] for n in good]
        self._went = True
        self.packets += len(sealed)
        self.octets += frame.octets
        if self._sealed is not None:
            for packet, data in zip(frame.packets, sealed, strict=True):
                self._keep(self._numbers.place(packet.number), data)
        else:
            self._shifts.update(zip((p.number for p in frame.packets), shifts, strict=True))
            if len(self._shifts) > MOST_WENT:
                self._shifts = dict(islice(self._shifts.items(), KEPT, None))
        self._client.forward(sealed, frame.cuts, frame.now)

    def _utter(self, number: int, plain: bytes, octets: int, now: float) -> bytes:
        sealed = self._client.utter(plain, now)
        if sealed:
            self.packets += 1
            self.octets += octets
            self._keep(number, sealed)
        return sealed

    def _tell(self, frame: Frame, told: list[Event]) -> None:
        me = cast(plane.Stream, self)
        for p in frame.packets:
            if p.payload:
                ts, marker = self.stamp(p.ts), bool(p.marker)
                told.append(("voice", me, p.number & 0xFFFF, ts, marker, p.payload, p.at))

    def _speak(self) -> None:
        super()._speak()
        if (self._sealed is None) != bool(self._rtx_pt):
            self._forget()

    def _forget(self) -> None:
        self._shifts.clear()
        self._went = False
        self._sealed = None
        self._size = KEPT
        if not self._rtx_pt:
            self._keep_sealed()

    def _keep_sealed(self) -> None:
        self._size = KEPT_SOUND if self._sound else KEPT_SEALED
        self._sealed = [None] * self._size

    def _keep(self, number: int, sealed: bytes) -> None:
        if self._sealed is not None and self._numbers.top - number < self._size:
            self._sealed[number % self._size] = number, sealed

    def _recall(self, number: int) -> bytes | Packet | None:
        """The sealed packet, or the source's, if it was sent and is still there."""
        if self._numbers.top - number >= self._size:
            return None
        if self._sealed is not None:
            kept = self._sealed[number % self._size]
            return kept[1] if kept is not None and kept[0] == number else None
        source, origin = self.current, self._numbers.origin(number)
        packet = source.packet(origin) if source and origin in self._shifts else None
        if packet is None:
            return None
        fits = len(self._rtx_cover.block(b"now")) + size_of(packet) <= _LONGEST_RTX
        return packet if fits else None

    def _rtx(self, number: int, packet: Packet, now: float) -> bytes:
        """RFC 4588 §4: a stream of its own, the old number in front of the payload."""
        self._rtx_seq += 1
        shift = self._shifts[packet.number]
        middle = self._middle(packet.picture, packet.between, packet.tl0, shift)
        payload = pack("!H", number & 0xFFFF) + packet.before + middle + packet.behind
        second, ts = packet.marker | self._rtx_pt, self.stamp(packet.ts)
        plain = self._rtx_cover.wrap(
            second, self._rtx_seq, ts, sent=abs_send_time(now), payload=payload
        )
        sealed = self._client.seal([plain])
        return sealed[0] if sealed else b""
