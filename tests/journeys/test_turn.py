"""A lesson where not one packet of UDP gets out: through coturn, by the sample configuration."""

import asyncio
import socket
import subprocess
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from aioice import stun, turn
from playwright.async_api import Browser, Page, Playwright

from signaling.turn import Turn
from synclass.cli.config import addresses

from ..cli.server import Server, free_ports
from ..waiting import until
from .classroom import Class, write
from .conftest import CHROMIUM, FLAGS, PICTURES
from .test_lesson import CURVE, strokes

SAMPLE = Path(__file__).parent.parent.parent / "deploy/coturn.conf"
SECRET = "a-secret-of-the-test"
NOT_HERE = ("cert=", "pkey=", "proc-", "log-file", "tls-listening")  # what a test cannot have
RELAY_ONLY = """
window.RTCPeerConnection = class extends RTCPeerConnection {
  constructor(setup) { super({...setup, iceTransportPolicy: 'relay'}); }
  setConfiguration(setup) { super.setConfiguration({...setup, iceTransportPolicy: 'relay'}); }
};
"""
WAY = """async () => {
  const ways = [];
  for (const pc of window.connections) {
    const stats = await pc.getStats();
    for (const one of stats.values())
      if (one.type === 'transport' && one.selectedCandidatePairId) {
        const local = stats.get(stats.get(one.selectedCandidatePairId).localCandidateId);
        ways.push(`${local.candidateType} ${local.relayProtocol}`);
      }
  }
  return ways;
}"""


class Coturn(NamedTuple):
    ip: str
    port: int

    @property
    def url(self) -> str:
        return f"turn:{self.ip}:{self.port}?transport=tcp"


@pytest.fixture
def coturn(tmp_path: Path) -> Iterator[Coturn]:
    """The sample configuration with this machine's address, a free port and a secret."""
    here = Coturn(addresses()[0], free_ports(socket.SOCK_STREAM))
    lines = [line for line in SAMPLE.read_text().splitlines() if not line.startswith(NOT_HERE)]
    text = "\n".join(lines).replace("203.0.113.6", here.ip).replace("203.0.113.5", here.ip)
    text = text.replace("listening-port=443", f"listening-port={here.port}")
    text = text.replace("change-me", SECRET).replace("no-tlsv1\nno-tlsv1_1", "no-tls")
    settings = tmp_path / "coturn.conf"
    settings.write_text(f"{text}\npidfile={tmp_path}/coturn.pid\n")
    words = ["turnserver", "-c", str(settings), "--log-file", str(tmp_path / "coturn.log")]
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _until_up(here)
        yield here
    finally:
        process.terminate()
        process.wait(timeout=10)


def _until_up(here: Coturn) -> None:
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        try:
            socket.create_connection(here, timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("coturn does not listen")


class Walled(Class):
    """A class whose windows have no way out but TURN."""

    async def window(self, of: str, size: str = "desk", *, script: str = "") -> Page:
        return await super().window(of, size, script=RELAY_ONLY + script)


@pytest.fixture
async def lesson(
    coturn: Coturn, chromium: Playwright, films: dict[str, list[str]], tmp_path: Path
) -> AsyncIterator[Walled]:
    options = ["--media-ip", coturn.ip, "--turn-url", coturn.url, "--turn-secret", SECRET]
    with Server(tmp_path / "data", *options) as server:
        browsers: list[Browser] = []
        for role in ("teacher", "village"):
            flags = [*FLAGS, *films[role]]
            launched = await chromium.chromium.launch(executable_path=CHROMIUM, args=flags)
            browsers.append(launched)
        yield Walled(server, *browsers, pictures=PICTURES)
        for browser in browsers:
            await browser.close()


async def test_a_whole_lesson_goes_over_tcp_alone(lesson: Walled) -> None:
    teacher, room = await lesson.teacher(), await lesson.room("草兴小学")
    await lesson.begin(teacher)
    await lesson.hears_and_sees(room)
    await write(teacher, CURVE)
    await until(lambda: strokes(room, 1))
    await teacher.get_by_role("button", name="请上台").first.click()
    await room.get_by_text("你们在台上").wait_for()
    await lesson.hears_and_sees(teacher)
    for page in (teacher, room):
        ways = await page.evaluate(WAY)
        assert ways and set(ways) == {"relay tcp"}
    await lesson.picture(room, "classroom-over-turn")
    lesson.check()


async def test_the_relay_reaches_our_media_addresses_and_nothing_else(coturn: Coturn) -> None:
    (server,) = Turn([coturn.url], SECRET).servers("u-wang", time.time())
    ours, others = (coturn.ip, 7000), [("10.99.0.2", 80), ("127.0.0.1", 8080), ("8.8.8.8", 53)]
    transport, _ = await turn.create_turn_endpoint(
        asyncio.DatagramProtocol,
        server_addr=(coturn.ip, coturn.port),
        username=server.username,
        password=server.credential,
        transport="tcp",
    )
    relay = transport._TurnTransport__inner_protocol  # type: ignore[attr-defined]
    await relay.channel_bind(0x4000, ours)
    for number, peer in enumerate(others):
        with pytest.raises(stun.TransactionFailed) as failed:
            await relay.channel_bind(0x4001 + number, peer)
        assert failed.value.response.attributes["ERROR-CODE"][0] == 403
    transport.close()


async def test_a_credential_of_yesterday_or_of_another_secret_opens_nothing(
    coturn: Coturn,
) -> None:
    for secret, now in ((SECRET, 0.0), ("another", time.time())):
        (server,) = Turn([coturn.url], secret).servers("u-wang", now)
        with pytest.raises(stun.TransactionFailed):
            await turn.create_turn_endpoint(
                asyncio.DatagramProtocol,
                server_addr=(coturn.ip, coturn.port),
                username=server.username,
                password=server.credential,
                transport="tcp",
            )
