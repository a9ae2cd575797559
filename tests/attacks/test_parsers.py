"""Whatever bytes come, they are read, or refused with an error we have declared."""

import asyncio
import logging
import random
from collections.abc import Callable, Iterator, Sequence

import pytest
import structlog

from signaling.courseware import kinds, pictures, svg
from signaling.fragment import read_fragment
from signaling.sfu import av1, h264, red, rider, vp8, vp9
from signaling.sfu.dtls import Certificate, Dtls
from signaling.sfu.ice import IceLite
from signaling.sfu.orders import read_event, read_order
from signaling.sfu.packet import parse_rtp
from signaling.sfu.rtcp import parse_rtcp
from signaling.sfu.sdp import read_offer
from signaling.sfu.stun import read_check
from synclass import ink, opus, tickets, wire
from synclass.cli.benches.handshake import Handshake, Identity
from synclass.errors import Malformed, Refused, Unavailable
from synclass.words import LessonId

from ..conftest import TEACHER
from ..signaling.courseware.files import drawing
from ..signaling.courseware.test_svg import DISGUISES, PNG
from . import mutants
from .mutants import ROUNDS, damage, damaged

LINES = 40  # of an offer that are kept: whole ones take a millisecond each
DEEP = 100  # one damaged datagram in so many comes in the middle of a true handshake
RECORD = 13  # bytes of a DTLS record's header (RFC 6347 §4.1)
HOST = ("127.0.0.1", 5, 0)


def offer(data: bytes) -> None:
    read_offer(data.decode("utf-8", "replace"))


def judge(data: bytes) -> None:
    """What anybody's datagram goes through: parser, user name, integrity."""
    ice = IceLite[str]()
    ice.open("us", "us", "secret")
    ice.check(data, HOST)


def fragment(data: bytes) -> None:
    read_fragment(data.decode("utf-8", "replace"))


def copies(data: bytes) -> None:
    """What a line would unfold: the packet's payload with those before it."""
    short = red.bare(mutants.rtp(data, pt=63), 63, 9, lambda _: True)
    *_, newest = red.unwrap(2**31, data)
    assert not short or short[12:] == newest.payload


def batch(data: bytes) -> None:
    """As the board takes it: what its head promises must be there to be read."""
    first = bool(data[:1] > b"\x7f")
    claimed = ink.check_batch(data, first=first)
    assert len(ink.decode(ink.Chain(), data)) == claimed


def note(data: bytes) -> None:
    tickets.read(data.decode("latin-1"), tickets.Ticket, KEY, now=0)


def clean(data: bytes) -> None:
    kinds.kind_of(data)
    svg.clean(data, pictures.inside, shorten=bool(len(data) % 2))


KEY = bytes(32)
TICKET = tickets.sign(tickets.Ticket(LessonId("math"), TEACHER, 1), KEY).encode()
CARRIED = rider.Rider()
for number in range(3):
    CARRIED.add(number, bytes(20 * number))
INK = [
    ink.encode(ink.Chain(), [(9 * n, 7 * n, n) for n in range(9)], first=f) for f in (False, True)
]
DRAWINGS = [
    drawing(f"{disguise}<path d='M1 2h3.25l-.5.5zM9,9c1-1 2-2 3,3' transform='scale(2)'/>")
    for disguise in (*DISGUISES, f"<image href='{PNG}' width='9'/>", "<g><use href='#a'/></g>")
]
SHORT_OFFERS = [b"\n".join(seed.splitlines()[:LINES]) for seed in mutants.SDP_SEEDS]
HELLO = wire.encode(wire.Hello(wire.SCHEMA, "ticket", (1, 2)))
ASK = wire.encode(wire.Offer(1, b"deflated"))
PARSERS: dict[str, tuple[Callable[[bytes], object], Sequence[bytes]]] = {
    "RTP": (parse_rtp, mutants.RTP_SEEDS),
    "RTCP": (parse_rtcp, mutants.RTCP_SEEDS),
    "STUN": (read_check, mutants.STUN_SEEDS),
    "checks": (judge, mutants.STUN_SEEDS),
    "VP8": (vp8.describe, mutants.MEDIA_SEEDS),
    "VP9": (vp9.describe, mutants.MEDIA_SEEDS),
    "AV1": (av1.is_key, mutants.MEDIA_SEEDS),
    "H.264": (h264.is_key, mutants.MEDIA_SEEDS),
    "Opus": (opus.duration, mutants.MEDIA_SEEDS),
    "Opus frames": (opus.split, mutants.MEDIA_SEEDS),
    "RED": (copies, [red.wrap(9000, 111, b"\x78new", [(8040, b"\x78old"), (8520, b"\x78er")])]),
    "ink in voice": (rider.read, [CARRIED.take(700), b"\x02\0\1"]),
    "orders": (read_order, mutants.ORDER_SEEDS),
    "events": (read_event, mutants.ORDER_SEEDS),
    "offers": (offer, SHORT_OFFERS),
    "messages": (wire.up, [HELLO, ASK]),
    "ink": (batch, INK),
    "fragments": (fragment, [mutants.FRAGMENT]),
    "tickets": (note, [TICKET]),
    "drawings": (clean, DRAWINGS),
}


@pytest.mark.parametrize("name", PARSERS)
def test_whatever_comes_is_read_or_malformed(name: str) -> None:
    parse, seeds = PARSERS[name]
    read = 0
    for data in damaged(seeds, ROUNDS):
        try:
            parse(data)
            read += 1
        except (Malformed, Refused):
            pass
    assert read, "some must be readable, or nothing was tried"


@pytest.mark.parametrize("seed", range(len(mutants.SDP_SEEDS)))
def test_a_whole_offer_with_any_line_damaged_is_read_or_refused(seed: int) -> None:
    lines, dice = mutants.SDP_SEEDS[seed].splitlines(), random.Random(seed)
    read = 0
    for _ in range(ROUNDS // 40):
        at = dice.randrange(len(lines))
        changed = [*lines[:at], damage(dice, lines[at : at + 1]), *lines[at + 1 :]]
        try:
            offer(b"\r\n".join(changed))
            read += 1
        except Refused:
            pass
    assert read > 0


@pytest.fixture
def quiet() -> Iterator[None]:
    """A handshake that fails is logged; here are thousands."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    yield
    structlog.reset_defaults()


class Shaking:
    """Our half of a handshake, and somebody who sends it what he likes."""

    def __init__(self, certificate: Certificate) -> None:
        self.sent: list[bytes] = []
        self.dtls = Dtls(certificate, self.sent.append)
        self.task = asyncio.create_task(self._shake())

    async def _shake(self) -> str:
        try:
            await self.dtls.handshake("AA:" * 31 + "AA")
        except Unavailable as unavailable:
            return unavailable.code
        return "keyed"

    async def feed(self, *datagrams: bytes) -> None:
        for data in datagrams:
            self.dtls.feed(data)
        for _ in range(4):  # turns of the loop until it has been read
            await asyncio.sleep(0)

    async def end(self) -> None:
        if not self.task.done():
            self.task.cancel()
            await asyncio.wait([self.task])
        await self.dtls.close()


@pytest.mark.usefixtures("quiet")
async def test_whatever_comes_into_a_handshake_ends_it_or_does_not() -> None:
    dice, hello = random.Random(mutants.SEED), mutants.client_hello()
    certificate, identity = Certificate.generateCertificate(), Identity()
    seeds = [hello, mutants.alert(1, 0), mutants.alert(2, 40), b"\x16\xfe\xfd" + b"\xff" * 40]
    shaking, ends = Shaking(certificate), set[str]()
    for number in range(ROUNDS):
        if number % DEEP == 0:
            await shaking.end()
            shaking = Shaking(certificate)
            seeds[-1] = await flight(shaking, identity)
        data = damage(dice, seeds)
        if len(data) >= RECORD and 19 < data[0] < 64:  # the gate lets nothing else through
            await shaking.feed(data)
        if shaking.task.done():
            ends.add(shaking.task.result())
            await shaking.end()
            shaking = Shaking(certificate)
    await shaking.end()
    assert ends == {"dtls-failed"}


async def flight(shaking: Shaking, identity: Identity) -> bytes:
    """A client's certificate, key and finish, ready to be damaged."""
    client = Handshake(identity)
    await shaking.feed(client.step())
    flights = [client.step(data) for data in shaking.sent]
    return next((data for data in flights if data), b"\x16")
