"""A worker inside the test, a teacher who is but packets, and a page that does nothing but hear.

So light that what is measured is the line and not the machine.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path

from playwright.async_api import Browser, Page, Route

import signaling
from signaling.sfu.desk import Desk
from signaling.sfu.listening import Listening
from signaling.sfu.orders import Arrange, Event, Ink, Invite, Invited, Open, Ride
from signaling.sfu.packet import Rtp, build_rtp
from signaling.sfu.sdp import LEVEL, MID
from signaling.sfu.udp import Wire
from synclass import opus
from synclass.inclass.stage import Cast
from synclass.words import ParticipantId

from ..signaling.sfu.test_sdp import text
from .proxy import Link

LESSON, TEACHER, ROOM = "links", ParticipantId("teacher"), "room"
ASSETS = Path(signaling.__file__).parent / "static" / "assets"
PAGE = "http://localhost/"  # a secure context, whoever answers
HEAR = """async ({red, nack, ink}) => {
  const pc = new RTCPeerConnection({bundlePolicy: 'max-bundle'});
  window.connections = [pc];
  window.ridden = [];
  const slot = pc.addTransceiver('audio', {direction: 'recvonly'});
  const wanted = red ? /opus|red/i : /opus/i;
  const codecs = RTCRtpReceiver.getCapabilities('audio').codecs;
  slot.setCodecPreferences(codecs.filter(codec => wanted.test(codec.mimeType)));
  if (ink) {
    const worker = new Worker('/ink.js', {type: 'module'});
    worker.onmessage = ({data}) => window.ridden.push([data[0], Date.now() / 1000]);
    slot.receiver.transform = new RTCRtpScriptTransform(worker);
  }
  const heard = new MediaStream([slot.receiver.track]);
  document.querySelector('audio').srcObject = heard;
  const offer = await pc.createOffer();
  const mended = offer.sdp.replace(/a=rtpmap:(\\d+) opus.*\\r\\n/g, '$&a=rtcp-fb:$1 nack\\r\\n');
  await pc.setLocalDescription({type: 'offer', sdp: nack ? mended : offer.sdp});
  const answer = await window.invite(pc.localDescription.sdp);
  await pc.setRemoteDescription({type: 'answer', sdp: answer});
}"""


class Studio:
    """The server's side."""

    def __init__(self, host: str, words: Sequence[bytes]) -> None:
        self.wire = Wire(0, [host], time.monotonic)
        self.address = host, self.wire.port
        self.late = 0.0
        """Seconds that the teacher's latest packet was late: then the machine is measured."""
        self.drawn: dict[int, float] = {}
        self._words = words
        self._told: list[Event] = []
        self._desk = Desk(self.wire, [host], tell=self._told.append, clock=time.monotonic)
        self._desk.order(Open(LESSON, 0.0))
        offer = self.invite(TEACHER, text("chromium-teacher"))
        assert offer
        self._peer = self._desk.lessons[LESSON].peers[TEACHER]
        self._peer.born_at = float("inf")  # her handshake is not waited for
        self._desk.order(Arrange(LESSON, ROOM, [Cast("audio", 0, TEACHER, "voice", True)]))

    @property
    def listening(self) -> Listening:
        return self._desk.lessons[LESSON].peers[ROOM].listening

    def invite(self, who: str, sdp: str) -> str:
        self._desk.order(Invite(1, LESSON, who, sdp))
        answer = self._told[-1]
        assert isinstance(answer, Invited), answer
        return answer.sdp

    def ride(self) -> None:
        self._desk.order(Ride(LESSON, ROOM, True))

    async def draw(self, batches: int) -> None:
        """Twenty batches of ink a second, as a pen makes them."""
        for n in range(batches):
            self.drawn[n] = time.time()
            self._desk.order(Ink(LESSON, n, bytes(20), [ROOM]))
            await asyncio.sleep(0.05)

    async def speak(self) -> None:
        """Packets of 20 ms, until cancelled."""
        section = self._peer.offer.sections[0]
        said = {section.extensions[MID]: section.mid.encode(), section.extensions[LEVEL]: b"\x14"}
        began = time.monotonic()
        for n in count():
            payload = self._words[n % len(self._words)]
            await asyncio.sleep(max(0.0, began + n * 0.02 - time.monotonic()))
            self.late = max(self.late, time.monotonic() - began - n * 0.02)
            self._send(
                Rtp(n == 0, 111, n & 0xFFFF, n * opus.FRAME, section.ssrcs[0], said, payload)
            )

    async def tick(self) -> None:
        while True:
            self._desk.tick(time.time())
            await asyncio.sleep(0.05)

    async def close(self) -> None:
        await self._desk.close()
        self.wire.close()

    def _send(self, packet: Rtp) -> None:
        now = time.monotonic()
        events = list(self.wire.plane.inject(self._peer.line, build_rtp(packet), now))
        while events:
            event = events.pop(0)
            if event[0] == "unknown":
                events += self._peer.meet(event[2], now)
            elif event[0] == "voice":
                self.wire.speakers[event[1]](event)


@asynccontextmanager
async def speaking(host: str, words: Sequence[bytes]) -> AsyncIterator[Studio]:
    studio = Studio(host, words)
    tasks = [asyncio.create_task(work()) for work in (studio.speak, studio.tick)]
    yield studio
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    await studio.close()


async def hear(browser: Browser, studio: Studio, link: Link, **how: bool) -> Page:
    """A page that hears the teacher over this link.  ``how``: red, nack, ink."""
    page = await browser.new_page()
    await page.route("**/*", _answer)
    await page.expose_function("invite", lambda sdp: link.lead(studio.invite(ROOM, sdp)))
    await page.goto(PAGE)
    await page.evaluate(HEAR, {"red": True, "nack": True, "ink": False} | how)
    return page


async def _answer(route: Route) -> None:
    if route.request.url.endswith("/ink.js"):
        worker = next(ASSETS.glob("ink.worker-*.js"))
        await route.fulfill(path=worker, content_type="text/javascript")
    else:
        await route.fulfill(body="<audio autoplay></audio>", content_type="text/html")
