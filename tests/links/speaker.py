"""A teacher and rooms without browsers: they make, count and ask for packets themselves."""

import asyncio
import time
from itertools import count

from signaling.sfu.orders import Arrange
from signaling.sfu.packet import Rtp, build_rtp, parse_rtp
from signaling.sfu.rtcp import KeyframePlea, Nack, Remb, parse_rtcp, pli
from synclass.cli.benches.caller import MID_ID, PICTURE, RTX, VOICE, Caller
from synclass.cli.benches.handshake import Identity
from synclass.inclass.stage import Cast
from synclass.words import ParticipantId

from ..signaling.sfu.classroom import Signaling
from ..signaling.sfu.packets import vp8
from .proxy import Link

LESSON, WHO = "links", ParticipantId("teacher")
CASTS = [Cast("audio", 0, WHO, "voice", True), Cast("video", 0, WHO, "camera", True)]
VOICE_SSRC, PICTURE_SSRC, RTX_SSRC = 11, 12, 13
EVERY = 0.02  # seconds of a packet of voice
FRAME = 4  # packets of voice for each picture
PACKETS, SIZE = 10, 1000  # of a picture: 1 Mbit/s
FLIGHT = 1.0  # seconds in which a packet may still be repaired


class Speaker:
    """Speaks, films, sends again what is asked for, and notes what else it is asked."""

    def __init__(self, identity: Identity, *, packets: int = PACKETS) -> None:
        self.caller = Caller(identity, self._heard)
        self.pleas: list[float] = []
        self.estimates: list[int] = []
        self.again = 0
        self._packets = packets
        self._seqs = {VOICE_SSRC: count(65400), PICTURE_SSRC: count(65000), RTX_SSRC: count()}
        self._kept: dict[tuple[int, int], tuple[Rtp, bytes]] = {}
        self._key = True

    async def enter(self, signaling: Signaling, link: Link | None = None) -> None:
        offer = self.caller.offer("sendonly").replace(
            "a=rtpmap:111 opus/48000/2\r\n", "a=rtpmap:111 opus/48000/2\r\na=rtcp-fb:111 nack\r\n"
        )
        offer += f"a=ssrc-group:FID {PICTURE_SSRC} {RTX_SSRC}\r\n"
        offer += "".join(f"a=ssrc:{ssrc} cname:x\r\n" for ssrc in (PICTURE_SSRC, RTX_SSRC))
        answer = await signaling.invite(LESSON, WHO, offer)
        await self.caller.connect(link.lead(answer) if link else answer)

    async def speak(self) -> None:
        """Until cancelled."""
        began = time.monotonic()
        for n in count():
            self._say(VOICE_SSRC, n * 960, b"\x78" + bytes(40), marker=False)
            if n % FRAME == 0:
                self._film(n // FRAME)
            await asyncio.sleep(began + (n + 1) * EVERY - time.monotonic())

    def _film(self, number: int) -> None:
        key, self._key = self._key, False
        for part in range(self._packets):
            payload = vp8(number, key=key, tl0=number, start=part == 0)
            last = part == self._packets - 1
            stamp = round(number * FRAME * EVERY * 90000)
            self._say(PICTURE_SSRC, stamp, payload + bytes(SIZE), marker=last)

    def _say(self, ssrc: int, ts: int, payload: bytes, *, marker: bool) -> None:
        sound = ssrc == VOICE_SSRC
        pt, mid = (VOICE, b"0") if sound else (PICTURE, b"1")
        seq = next(self._seqs[ssrc]) & 0xFFFF
        packet = Rtp(marker, pt, seq, ts & 0xFFFFFFFF, ssrc, {MID_ID: mid}, payload)
        sealed = self.caller.sending.protect(build_rtp(packet))
        self._kept[ssrc, seq] = packet, sealed
        self.caller.send(sealed)

    def _heard(self, caller: Caller, data: bytes, _: int) -> None:
        if not 192 <= data[1] <= 223:
            return
        for message in parse_rtcp(caller.hearing.unprotect_rtcp(data)):
            match message:
                case KeyframePlea():
                    self.pleas.append(time.monotonic())
                    self._key = True
                case Remb(bps):
                    self.estimates.append(bps)
                case Nack(ssrc, seqs):
                    for seq in seqs:
                        self._repeat(ssrc, seq)

    def _repeat(self, ssrc: int, seq: int) -> None:
        """Sound bit by bit, pictures as RTX (RFC 4588 §4)."""
        if (ssrc, seq) not in self._kept:
            return
        self.again += 1
        packet, sealed = self._kept[ssrc, seq]
        if ssrc == PICTURE_SSRC:
            old, number = seq.to_bytes(2, "big"), next(self._seqs[RTX_SSRC]) & 0xFFFF
            again = packet._replace(pt=RTX, ssrc=RTX_SSRC, seq=number, payload=old + packet.payload)
            sealed = self.caller.sending.protect(build_rtp(again))
        self.caller.send(sealed)


class Room:
    """Counts what comes; asks for nothing by itself."""

    def __init__(self, identity: Identity, who: str) -> None:
        self.caller = Caller(identity, self._heard)
        self.who = who
        self.came: dict[int, dict[int, float]] = {VOICE: {}, PICTURE: {}}
        """By payload type: numbers, unwrapped, and when they came."""
        self._ssrcs: dict[int, int] = {}

    async def enter(self, signaling: Signaling, link: Link | None = None) -> None:
        signaling.worker.order(Arrange(LESSON, self.who, CASTS))
        answer = await signaling.invite(LESSON, self.who, self.caller.offer("recvonly"))
        await self.caller.connect(link.lead(answer) if link else answer)

    def lost(self, pt: int) -> float:
        """The share that never came; of the last second nothing is said."""
        numbers, now = self.came[pt], time.monotonic()
        settled = [number for number, at in numbers.items() if now - at > FLIGHT]
        expected = max(settled) - min(settled) + 1
        return 1 - len(settled) / expected

    def plead(self) -> None:
        """Ask for a key frame, as a browser that cannot go on."""
        if PICTURE in self._ssrcs:
            self.tell(pli(self._ssrcs[PICTURE]))

    def tell(self, rtcp: bytes) -> None:
        self.caller.send(self.caller.sending.protect_rtcp(rtcp))

    def _heard(self, caller: Caller, data: bytes, _: int) -> None:
        if 192 <= data[1] <= 223:
            return
        packet = parse_rtp(caller.hearing.unprotect(data))
        numbers = self.came.get(packet.pt)
        if numbers is not None:
            self._ssrcs[packet.pt] = packet.ssrc
            newest = next(reversed(numbers), packet.seq)
            numbers[newest + (packet.seq - newest + 0x8000 & 0xFFFF) - 0x8000] = time.monotonic()
