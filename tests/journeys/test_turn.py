"""A lesson where not one packet of UDP gets out: through coturn, by the sample configuration.

One browser goes over TLS, which knows coturn's certificate; the other over TCP, and does not.
"""

import asyncio
import base64
import hashlib
import socket
import subprocess
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
import pytest_asyncio
from aioice import stun, turn
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from playwright.async_api import Browser, Page, Playwright

from signaling.turn import Turn
from synclass.cli import tls
from synclass.cli.config import addresses

from ..cli.server import Server, free_ports
from ..waiting import until
from .classroom import Class, employ, write
from .conftest import CHROMIUM, FLAGS, PICTURES
from .test_lesson import CURVE, strokes

SAMPLE = Path(__file__).parent.parent.parent / "deploy/coturn.conf"
SECRET = "a-secret-of-the-test"
NOT_HERE = ("proc-", "log-file")  # what a test cannot have
SCHEMES = {"teacher": "turns:", "village": "turn:"}
"""Of the two addresses that each of them is told."""
RELAY_ONLY = """
const only = setup => ({...setup, iceTransportPolicy: 'relay', iceServers: setup.iceServers.map(
  server => ({...server, urls: server.urls.filter(url => url.startsWith('SCHEME'))}))});
window.RTCPeerConnection = class extends RTCPeerConnection {
  constructor(setup) { super(only(setup)); window.told = setup.iceServers; }
  setConfiguration(setup) { super.setConfiguration(only(setup)); }
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


OVER_TLS = """async () => {
  const iceServers = window.told.map(
    server => ({...server, urls: server.urls.filter(url => url.startsWith('turns:'))}));
  const plain = Object.getPrototypeOf(RTCPeerConnection);
  const pc = new plain({iceServers, iceTransportPolicy: 'relay'});
  const found = [], errors = [];
  pc.onicecandidateerror = error => errors.push(error.errorCode);
  const over = new Promise(done => { pc.onicecandidate = event => {
    if (event.candidate) found.push(event.candidate.relayProtocol); else done(); } });
  pc.addTransceiver('audio');
  await pc.setLocalDescription();
  await over;
  pc.close();
  return [found, errors];
}"""


class Coturn(NamedTuple):
    ip: str
    port: int
    certificate: Path

    @property
    def urls(self) -> list[str]:
        place = f"{self.ip}:{self.port}?transport=tcp"
        return [f"turn:{place}", f"turns:{place}"]

    @property
    def pin(self) -> str:
        """The flag by which Chromium trusts this certificate, and no other without an authority."""
        key = x509.load_pem_x509_certificate(self.certificate.read_bytes()).public_key()
        spki = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        pinned = base64.b64encode(hashlib.sha256(spki).digest()).decode()
        return f"--ignore-certificate-errors-spki-list={pinned}"


@pytest.fixture
def coturn(tmp_path: Path) -> Iterator[Coturn]:
    """The sample configuration with our address, a free port, a secret and our own certificate."""
    tls.auto(tmp_path)
    certificate = tmp_path / "tls/server.crt"
    here = Coturn(addresses()[0], free_ports(socket.SOCK_STREAM), certificate)
    lines = [line for line in SAMPLE.read_text().splitlines() if not line.startswith(NOT_HERE)]
    text = "\n".join(lines).replace("203.0.113.6", here.ip).replace("203.0.113.5", here.ip)
    text = text.replace("listening-port=443", f"listening-port={here.port}")
    text = text.replace("/etc/coturn/fullchain.pem", str(certificate))
    text = text.replace("/etc/coturn/privkey.pem", str(certificate.with_suffix(".key")))
    text = text.replace("change-me", SECRET)
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
            socket.create_connection(here[:2], timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("coturn does not listen")


class Walled(Class):
    """A class whose windows have no way out but TURN."""

    async def window(self, of: str, size: str = "desk", *, script: str = "") -> Page:
        way = RELAY_ONLY.replace("SCHEME", SCHEMES[of])
        return await super().window(of, size, script=way + script)


@pytest_asyncio.fixture(loop_scope="module")
async def lesson(
    coturn: Coturn, chromium: Playwright, films: dict[str, list[str]], tmp_path: Path
) -> AsyncIterator[Walled]:
    urls = [word for url in coturn.urls for word in ("--turn-url", url)]
    options = ["--media-ip", coturn.ip, *urls, "--turn-secret", SECRET]
    with Server(tmp_path / "data", *options) as server:
        browsers: list[Browser] = []
        for role in ("teacher", "village"):
            trusted = [coturn.pin] if SCHEMES[role] == "turns:" else []
            flags = [*FLAGS, *films[role], *trusted]
            launched = await chromium.chromium.launch(executable_path=CHROMIUM, args=flags)
            browsers.append(launched)
        employ(server)
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
    for page, way in ((teacher, "relay tls"), (room, "relay tcp")):
        ways = await page.evaluate(WAY)
        assert ways and set(ways) == {way}
    await lesson.picture(room, "classroom-over-turn")
    assert await teacher.evaluate(OVER_TLS) == [["tls"], []]
    relays, errors = await room.evaluate(OVER_TLS)
    assert relays == [] and errors, "whoever does not know the certificate goes no further"
    lesson.check()


async def test_the_relay_reaches_our_media_addresses_and_nothing_else(coturn: Coturn) -> None:
    (server,) = Turn(coturn.urls, SECRET).servers("u-wang", time.time())
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
        (server,) = Turn(coturn.urls, secret).servers("u-wang", now)
        with pytest.raises(stun.TransactionFailed):
            await turn.create_turn_endpoint(
                asyncio.DatagramProtocol,
                server_addr=(coturn.ip, coturn.port),
                username=server.username,
                password=server.credential,
                transport="tcp",
            )
