"""A publisher: a voice and a picture of 200 packets a second, each with the time it was sent."""

import asyncio
import time
from struct import pack

from . import reports
from .caller import LEVEL_ID, PICTURE, TIME_ID, VOICE, Caller
from .handshake import Identity

FPS, PACKETS = 30, 5  # 1.2 Mbit/s of picture: 150 packets a second
WORDS = 50  # packets of sound a second
PICTURE_SIZE, VOICE_SIZE = 1000, 100  # bytes of payload
KEY_EVERY = 300  # frames, as cameras do; a plea brings one at once
REPORT_EVERY = 1.0  # seconds
VOICE_SSRC, PICTURE_SSRC = 3, 2
_STAMP = 8  # bytes
_KEY_HEAD = b"\x10\0\0\x9d\x01\x2a\x80\2\x68\1"  # RFC 6386 §9.1: a key frame of 640x360
_DELTA_HEAD = b"\x11\0\0"


class Speaker:
    """``publish`` speaks until cancelled; ``pause`` it while something else is measured."""

    def __init__(self, identity: Identity) -> None:
        self.caller = Caller(identity, self._heard)
        self._going = asyncio.Event()
        self._going.set()
        self.pleas = 0
        """How often a key frame was asked for."""
        self._key_wanted = False
        self._frame = self._word = 0
        self._report_at = 0.0

    def pause(self) -> None:
        self._going.clear()

    def resume(self) -> None:
        self._going.set()

    async def publish(self) -> None:
        began = time.monotonic()
        while True:
            if not self._going.is_set():
                paused = time.monotonic()
                await self._going.wait()
                began += time.monotonic() - paused
            now = time.monotonic() - began
            while self._frame <= now * FPS:
                self._show()
            while self._word <= now * WORDS:
                self._say()
            if now >= self._report_at:
                self._report(now)
            due = began + min(self._frame / FPS, self._word / WORDS)
            await asyncio.sleep(max(0.0, due - time.monotonic()))

    def _show(self) -> None:
        """The next frame."""
        frame = self._frame
        key = self._key_wanted or frame % KEY_EVERY == 0
        self._key_wanted, self._frame = False, frame + 1
        for n in range(PACKETS):
            descriptor = pack(
                "!BBHB", 0x80 | (n == 0) << 4, 0xC0, 0x8000 | frame & 0x7FFF, frame & 0xFF
            )
            head = b"" if n else _KEY_HEAD if key else _DELTA_HEAD
            second, seq = (n == PACKETS - 1) << 7 | PICTURE, frame * PACKETS + n
            payload = (descriptor + head).ljust(PICTURE_SIZE - _STAMP, b"\xa5")
            self._send(
                pack("!BBHII", 0x90, second, seq & 0xFFFF, *_at(frame * 3000, PICTURE_SSRC)),
                payload,
            )

    def _say(self) -> None:
        """The next 20 ms."""
        word, self._word = self._word, self._word + 1
        payload = b"\x78".ljust(VOICE_SIZE - _STAMP, b"\xa5")
        self._send(
            pack("!BBHII", 0x90, VOICE, word & 0xFFFF, *_at(word * 960, VOICE_SSRC)), payload
        )

    def _send(self, head: bytes, payload: bytes) -> None:
        now = time.time_ns()
        fraction = int(now * 2**18 // 1_000_000_000) & 0xFFFFFF
        time_ = bytes((TIME_ID << 4 | 2,)) + fraction.to_bytes(3, "big")
        level = bytes((LEVEL_ID << 4, 0x80 | 30)) if head[1] & 127 == VOICE else b""
        block = (level + time_).ljust(8 if level else 4, b"\0")
        extensions = pack("!HH", 0xBEDE, len(block) // 4) + block
        plain = head + extensions + payload + time.time_ns().to_bytes(_STAMP, "big")
        self.caller.send(self.caller.sending.protect(plain))

    def _report(self, now: float) -> None:
        self._report_at = now + REPORT_EVERY
        wall, pictures = time.time(), self._frame * PACKETS
        for ssrc, ts, packets, size in (
            (PICTURE_SSRC, self._frame * 3000, pictures, PICTURE_SIZE),
            (VOICE_SSRC, self._word * 960, self._word, VOICE_SIZE),
        ):
            plain = reports.sent(ssrc, ts, packets, packets * size, wall)
            self.caller.send(self.caller.sending.protect_rtcp(plain))

    def _heard(self, caller: Caller, data: bytes, at: int) -> None:
        if 192 <= data[1] <= 223:
            pleas = list(reports.pleas(caller.hearing.unprotect_rtcp(data)))
            self.pleas += pleas.count(PICTURE_SSRC)
            self._key_wanted |= PICTURE_SSRC in pleas


def _at(ts: int, ssrc: int) -> tuple[int, int]:
    return ts & 0xFFFFFFFF, ssrc
