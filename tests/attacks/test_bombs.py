"""An offer that is a bomb goes off nowhere: it is refused with its reason, soon."""

import resource
import socket
import time
import zlib
from pathlib import Path

import aiohttp
import pytest

from signaling.sfu.sdp import LARGEST, SECTIONS, read_offer
from synclass import wire
from synclass.errors import Refused

from ..conftest import TEACHER
from ..signaling.wsclient import school
from .call import LESSON, call
from .mutants import SDP_SEEDS

SOON = 3.0  # seconds, on the slowest machine
GROWTH = 64 * 1024  # KB the process may grow by; a bomb that went off takes hundreds of MB
HEAD = "v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n"
SECTION = (
    "m=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=mid:{}\r\na=rtcp-mux\r\na=rtpmap:111 opus/48000/2\r\n"
)
GOOD = SDP_SEEDS[0].decode()
NUMBERS = " ".join(map(str, range(96, 10_000)))


def many(line: str) -> str:
    """A good offer with as many lines of a kind as there is room for."""
    room = LARGEST - len(GOOD)
    lines = "".join(f"{line.format(n)}\r\n" for n in range(room // (len(line) + 12)))
    return GOOD + lines


BOMBS = {
    "too long": ("sdp-too-large", GOOD + "a=" + "x" * LARGEST),
    "one line": ("sdp-nonsense", "v=0 " + "v=0" * (LARGEST // 3 - 2)),
    "nothing but lines": ("sdp-nonsense", "v=0" + "\n" * (LARGEST - 3)),
    "sections": (
        "too-many-sections",
        HEAD + "".join(SECTION.format(n) for n in range(SECTIONS + 1)),
    ),
    "empty sections": ("too-many-sections", HEAD + "m=\r\n" * (LARGEST // 5)),
    "one mid": ("sdp-nonsense", HEAD + "a=group:BUNDLE 1\r\n" + SECTION.format(1) * 2),
    "a number without end": ("sdp-nonsense", many("a=ssrc:" + "9" * 5000 + "{}")),
    "a payload type beyond all": (
        "sdp-nonsense",
        GOOD + "a=rtpmap:" + "9" * 200_000 + " opus/48000/2",
    ),
    "no fingerprint": ("no-fingerprint", HEAD + SECTION.format(1) + "a=ice-ufrag:u\r\n"),
}
HEAVY = {
    "SSRCs": many("a=ssrc:{} cname:x"),
    "groups": many("a=ssrc-group:FID {0} 1{0}"),
    "extensions": many("a=extmap:{} urn:ietf:params:rtp-hdrext:sdes:mid"),
    "payload types": GOOD.replace(
        "m=audio 9 UDP/TLS/RTP/SAVPF", f"m=audio 9 UDP/TLS/RTP/SAVPF {NUMBERS}"
    ),
    "codecs": many("a=rtpmap:{} H264/90000"),
    "parameters": many("a=fmtp:{} apt=96"),
    "encodings": many("a=rid:r{} send"),
    "candidates": many("a=candidate:{} 1 udp 1 10.0.0.1 9 typ host"),
    "fingerprints": many("a=fingerprint:sha-256 00:{}"),
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_is_refused_with_its_reason(bomb: str) -> None:
    code, sdp = BOMBS[bomb]
    began = time.monotonic()
    with pytest.raises(Refused) as refused:
        read_offer(sdp)
    assert refused.value.code == code and len(str(refused.value)) < 1000
    assert time.monotonic() - began < SOON


@pytest.mark.parametrize("load", HEAVY)
def test_a_heavy_offer_is_read_or_refused_soon(load: str) -> None:
    began = time.monotonic()
    try:
        read_offer(HEAVY[load])
    except Refused as refused:
        assert len(str(refused)) < 1000
    assert len(HEAVY[load]) > 40_000 and time.monotonic() - began < SOON


async def test_a_call_goes_on_while_bombs_come(tmp_path: Path) -> None:
    async with call(tmp_path, "caoxing") as here:
        for code, sdp in BOMBS.values():
            with pytest.raises(Refused) as refused:
                await here.signaling.invite(LESSON, "bomber", sdp)
            assert refused.value.code == code
        assert await here.goes_on()


async def test_nothing_is_sent_to_addresses_that_an_offer_names(tmp_path: Path) -> None:
    """We answer whoever asks, and ask nobody: an offer cannot point us at anything."""
    with socket.socket(type=socket.SOCK_DGRAM) as inside:
        inside.setblocking(False)
        inside.bind(("127.0.0.77", 0))
        port = inside.getsockname()[1]
        places = f"127.0.0.77 {port}", "10.0.0.1 22", "169.254.169.254 80", "::1 9", "x.local 9"
        lines = [f"a=candidate:1 1 udp 2113937151 {place} typ host" for place in places]
        lines += [f"a=rtcp:{port} IN IP4 127.0.0.77", f"a=remote-candidates:1 127.0.0.77 {port}"]
        async with call(tmp_path, "caoxing") as here:
            await here.join("pointer", "\r\n".join(lines))
            assert await here.goes_on(200)
        with pytest.raises(BlockingIOError):
            inside.recv(100)


async def test_a_deflated_bomb_is_not_inflated(tmp_path: Path) -> None:
    async with school(tmp_path, media=str(tmp_path / "no.sock")) as here:
        desk = await here.enter(TEACHER)
        deflater = zlib.compressobj(9, wbits=-zlib.MAX_WBITS)
        bomb = deflater.compress(bytes(40_000_000)) + deflater.flush()
        before, began = peak(), time.monotonic()
        await desk.say(wire.Offer(1, bomb[: wire.LONGEST_FRAME - 100]))
        refusal = await desk.hear(wire.Refusal)
        assert refusal.code == "sdp-too-large"
        assert peak() - before < GROWTH and time.monotonic() - began < SOON


async def test_a_frame_is_not_inflated_at_all(tmp_path: Path) -> None:
    """A WebSocket's own compression is not agreed to: whoever uses it all the same is let go."""
    async with school(tmp_path) as here:
        before = peak()
        async with aiohttp.ClientSession() as http:
            ws = await http.ws_connect(f"{here.url}/ws", compress=15)
            assert ws.compress == 0
            await ws.send_bytes(bytes(2 * wire.LONGEST_FRAME))
            said = await ws.receive(timeout=SOON)
            assert said.type in (aiohttp.WSMsgType.CLOSE, aiohttp.WSMsgType.CLOSED)
        assert peak() - before < GROWTH
        assert await here.enter(TEACHER)


def peak() -> int:
    """KB this process had at most so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
