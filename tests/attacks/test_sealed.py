"""A client with good keys seals nonsense: either plane reads it or counts it, and goes on.

It has passed ICE and DTLS, so what it sends authenticates, and reaches every parser behind.
"""

import os
import random
from collections import Counter
from contextlib import ExitStack
from struct import pack_into

import pytest

from signaling.sfu.plane import ALL, SHORTEST, Event
from synclass.cli.benches.meter import resident_kb

from ..signaling.sfu.planes import GCM, NAMES, SHA1, Ends
from . import mutants
from .mutants import ROUNDS, damage

FILM, OTHER, VOICE, RTX = 2, 5, 3, 4  # SSRCs of what the client publishes
SHOWN = 50, 51, 52  # of the streams it is shown: two pictures and a sound
GROWTH = 96 * 1024  # KB; what is kept of each stream is bounded
SIZES = {"datagram": 3, "unknown": 3, "control": 3, "gap": 4, "voice": 7}
TURN = 50  # datagrams between two turns of the clock
SENDERS = 500
"""SSRCs that it says control under: its own libsrtp looks through all it ever sealed under, so that
with more of them the client, not the plane, would take longer with each packet."""
CONTROL = (
    *(mutants.receiver_report(*SHOWN) + mutants.remb(200, 12, *SHOWN), mutants.pli(50)),
    *(mutants.nack(50, (9, 0xFFFF), (80, 3)), mutants.nack(52, (9, 0xFFFF))),
    *(mutants.nack(51, *((17 * n, 0xFFFF) for n in range(200))), mutants.fir(50, 51)),
    *mutants.RTCP_SEEDS,
)


class Hostile:
    """Its sources, and the streams that show them: to itself, and to a tape."""

    def __init__(self, ends: Ends, seed: int) -> None:
        self.ends, self.now, self.told = ends, 1.0, Counter[str]()
        self.heard: list[bytes] = []
        self._last: dict[int, int] = {}
        self._dice, self._seq, self._senders = random.Random(seed), 0, list[bytes]()
        self.sources = ends.source(FILM), ends.source(OTHER, "H264"), ends.source(VOICE, "opus", 1)
        ends.plane.repair(ends.line, RTX, self.sources[0])
        ends.plane.bind(ends.address, ends.line)
        kinds = "video", "video", "audio"
        streams = [ends.stream(k, ssrc) for k, ssrc in zip(kinds, SHOWN, strict=True)]  # type: ignore[arg-type]
        self.streams = streams
        self.tapes = ends.plane.tape("video"), ends.plane.tape("audio")
        shown = (*streams, *self.tapes)
        for stream, source in zip(shown, (*self.sources, *self.sources[::2]), strict=True):
            stream.show(source, 96, 0 if source is self.sources[2] else 97)

    def attack(self, rounds: int) -> None:
        for _ in range(rounds):
            dice = self._dice.random()
            if dice < 0.5:
                self._hear(*self.ends.plane.feed(self.ends.line, self._media(), self.now)[1])
            elif dice < 0.85:
                self._hear(*self.ends.plane.feed(self.ends.line, self._control(), self.now)[1])
            elif dice < 0.92:
                plain = damage(self._dice, mutants.RTP_SEEDS)
                self._hear(*self.ends.plane.inject(self.ends.line, plain, self.now))
            else:
                said = self._dice.choice((self._media, self._control, self._noise))()
                self.ends.send(said[self._dice.choice((0, 0, 0, 12, len(said))) :])
                self._hear(*self.ends.plane.receive(0, self.now))
            if self._dice.random() < 1 / TURN:
                self._turn()

    def good(self) -> int:
        """How many of ten good frames come out again after all that."""
        before = self.streams[0].packets
        self.streams[0].limit(ALL)
        for n in range(10):
            key = b"\x90\x80" + bytes((n,)) + b"\x10\0\0\x9d\x01\x2a\x80\2\x68\1"
            self._seq += 1
            plain = mutants.rtp(key, pt=0x80 | 96, seq=self._seq & 0xFFFF, ssrc=FILM)
            sealed = self.ends.theirs.seal(plain)
            self._hear(*self.ends.plane.feed(self.ends.line, sealed, self.now)[1])
        return self.streams[0].packets - before

    def books(self) -> tuple[object, ...]:
        """What has come of it until now."""
        self._drain()
        plane, line = self.ends.plane, self.ends.line
        counts = plane.sent, plane.dropped, plane.failed, plane.refused, line.malformed
        told = line.remb, line.resent, line.octets, line.waiting, round(line.rtt, 3)
        kept = [(source.packets, source.top, source.jitter) for source in self.sources]
        sent = [(s.packets, s.octets, s.ts, s.switches, s.asked, s.resent) for s in self.streams]
        return dict(self.told), counts, told, kept, sent, self.heard

    def _drain(self) -> None:
        while True:
            try:
                data = self.ends.far.recv(2048)
            except BlockingIOError:
                return
            self.heard.append(data)
            self._last[int.from_bytes(data[8:12], "big")] = int.from_bytes(data[2:4], "big")

    def _media(self) -> bytes:
        """Damaged behind its first twelve bytes, mostly, and numbered so that it authenticates."""
        data = bytearray(damage(self._dice, mutants.RTP_SEEDS).ljust(12, b"\0"))
        self._seq += self._dice.choice((1, 1, 1, 1, 1, 2, 9, 70))
        data[0] = data[0] & 0x3F | 0x80
        data[1] = data[1] & 0x80 | self._dice.choice((96, 97, 111))
        pack_into("!H", data, 2, self._seq & 0xFFFF)
        pack_into("!I", data, 8, self._dice.choice((FILM, FILM, OTHER, VOICE, RTX, 99)))
        return self.ends.theirs.seal(bytes(data)) or self._noise()

    def _control(self) -> bytes:
        if self._dice.random() < 0.1:
            return self.ends.theirs.seal_rtcp(self._nack())
        data = bytearray(damage(self._dice, CONTROL).ljust(12, b"\0"))
        if self._dice.random() < 0.9:
            data[:2] = bytes((data[0] & 0x3F | 0x80, self._dice.randrange(200, 208)))
        if len(self._senders) < SENDERS:
            self._senders.append(bytes(data[4:8]))
        data[4:8] = self._dice.choice(self._senders)
        return self.ends.theirs.seal_rtcp(bytes(data[:1200])) or self._noise()

    def _nack(self) -> bytes:
        """For packets that were sent lately."""
        self._drain()
        ssrc = self._dice.choice(SHOWN)
        last = self._last.get(ssrc, 0) - self._dice.randrange(20)
        return mutants.nack(ssrc, (last & 0xFFFF, self._dice.getrandbits(16)))

    def _noise(self) -> bytes:
        return self._dice.randbytes(self._dice.randrange(SHORTEST, 60))

    def _turn(self) -> None:
        """Time goes on, and the rest of the server does what it does."""
        plane, line, dice = self.ends.plane, self.ends.line, self._dice
        self.now += dice.choice((0.001, 0.02, 0.3))
        plane.flush(self.now)
        plane.pump(self.now)
        line.report(self.now, 1.7e9 + self.now)
        line.probe(dice.randrange(5000), self.now)
        line.pace(dice.choice((0, 50_000, 3_000_000)))
        stream = self.streams[dice.randrange(2)]
        dice.choice((stream.restart, lambda: stream.limit(dice.randrange(8))))()
        stream.show(dice.choice((None, *self.sources[:2])), 96, dice.choice((0, 97)))
        self.streams[2].divert(dice.random() < 0.5)
        for tape in self.tapes:
            assert all(len(plain) >= 12 for _, plain in tape.fetch())
        for source in self.sources:
            assert 0 <= source.loudest() <= 127 and isinstance(source.has(self._seq & 0xFFFF), bool)
        self.heard = []
        self._drain()

    def _hear(self, *events: Event) -> None:
        for event in events:
            assert len(event) == SIZES[event[0]]
            self.told[event[0]] += 1
            match event:
                case ("gap", source, first, count):
                    assert source in self.sources and 0 <= first < 2**16 and 0 < count <= 64
                case ("voice", stream, _, ts, marker, payload, at):
                    assert stream is self.streams[2] and at <= self.now
                    stream.emit(ts, payload, pt=111, marker=marker, length=960, now=self.now)


@pytest.mark.parametrize("profile", [GCM, SHA1], ids=["gcm", "sha1"])
@pytest.mark.parametrize("name", NAMES)
def test_whatever_is_sealed_is_read_or_counted_and_good_packets_pass(
    name: str, profile: int
) -> None:
    with Ends(name, profile).connect() as ends:
        hostile = Hostile(ends, mutants.SEED)
        hostile.attack(ROUNDS // 10)
        before = resident_kb([os.getpid()])
        hostile.attack(ROUNDS)
        grown = resident_kb([os.getpid()]) - before
        assert {"unknown", "control", "gap", "voice"} <= set(hostile.told)
        assert ends.line.malformed and ends.plane.dropped and ends.line.resent
        assert all(source.packets for source in hostile.sources)
        assert grown < GROWTH
        hostile.streams[0].show(hostile.sources[0], 96, 97)
        ends.line.pace(0)
        assert hostile.good() >= 9


@pytest.mark.parametrize("profile", [GCM, SHA1], ids=["gcm", "sha1"])
def test_both_planes_make_the_same_of_it(profile: int) -> None:
    """Bit for bit: what they send, tell and count."""
    with ExitStack() as stack:
        key = bytes(range(60))
        ends = [stack.enter_context(Ends(name, profile, key=key).connect()) for name in NAMES]
        both = [Hostile(one, mutants.SEED) for one in ends]
        for number in range(ROUNDS // 20):
            for hostile in both:
                hostile.attack(10)
            one, other = (hostile.books() for hostile in both)
            assert one == other, f"after {10 * number + 10} datagrams"
