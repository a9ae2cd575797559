"""A client that is nothing but a line: one UDP socket, ICE, DTLS and SRTP, and no codec."""

import asyncio
import secrets
import socket
from collections.abc import Callable
from typing import cast

from aioice import stun
from aiortc import rtcdtlstransport as stock
from aiortc.rtcicetransport import RTCIceTransport

from signaling.sfu.dtls import Keys, Session
from signaling.sfu.ice import parse_stun
from signaling.sfu.sdp import MID, TIME

from ...errors import Malformed, Unavailable

CHECK_AGAIN = 0.2  # seconds until the first check is answered
CONSENT_EVERY = 2.5  # seconds, as Chromium
PATIENCE = 20.0  # seconds for ICE and DTLS; a hundred shake hands at a time
BUFFER = 2 * 1024 * 1024  # bytes; what the kernel keeps while others are served
VOICE, PICTURE, RTX = 111, 96, 97  # payload types

OFFER = """v=0
o=- 1 1 IN IP4 0.0.0.0
s=-
t=0 0
a=group:BUNDLE 0 1
a=ice-ufrag:{ufrag}
a=ice-pwd:{pwd}
a=fingerprint:sha-256 {fingerprint}
a=setup:actpass
m=audio 9 UDP/TLS/RTP/SAVPF 111
a=mid:0
a={direction}
a=rtcp-mux
a=extmap:2 {time}
a=extmap:4 {mid}
a=rtpmap:111 opus/48000/2
m=video 9 UDP/TLS/RTP/SAVPF 96 97
a=mid:1
a={direction}
a=rtcp-mux
a=extmap:2 {time}
a=extmap:4 {mid}
a=rtpmap:96 VP8/90000
a=rtcp-fb:96 nack
a=rtcp-fb:96 nack pli
a=rtpmap:97 rtx/90000
a=fmtp:97 apt=96
"""


class _Pipe:
    """What RTCDtlsTransport needs of an ICE transport, by its shape."""

    role, state = "controlling", "completed"

    def __init__(self, send: Callable[[bytes], None]) -> None:
        self._send_datagram = send
        self.arrived: asyncio.Queue[bytes] = asyncio.Queue()

    async def _recv(self) -> bytes:
        return await self.arrived.get()

    async def _send(self, data: bytes) -> None:
        self._send_datagram(data)


class Caller:
    """``heard`` gets each SRTP or SRTCP datagram as it came."""

    def __init__(
        self, certificate: stock.RTCCertificate, heard: Callable[["Caller", bytes], None]
    ) -> None:
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.setblocking(False)
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, BUFFER)
        self.socket.bind(("127.0.0.1", 0))
        self._heard = heard
        self._certificate = certificate
        self._ufrag, self._pwd = secrets.token_hex(4), secrets.token_hex(16)
        self._pipe = _Pipe(self.send)
        self._dtls = stock.RTCDtlsTransport(cast(RTCIceTransport, self._pipe), [certificate])
        self._dtls._set_role("client")
        self._answered = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        self._loop.add_reader(self.socket, self._readable)

    def offer(self, direction: str) -> str:
        """For a voice and a picture, both sendonly or recvonly."""
        prints = self._certificate.getFingerprints()
        sha256 = next(f.value for f in prints if f.algorithm == "sha-256")
        return OFFER.format(
            ufrag=self._ufrag,
            pwd=self._pwd,
            fingerprint=sha256,
            direction=direction,
            time=TIME,
            mid=MID,
        ).replace("\n", "\r\n")

    async def connect(self, answer: str) -> None:
        """Raises Unavailable("no-line") where the server cannot be reached."""
        said = dict(line[2:].split(":", 1) for line in answer.splitlines() if ":" in line)
        self._theirs = said["ice-ufrag"], said["ice-pwd"]
        self._to = ("127.0.0.1", int(answer.split("m=", 1)[1].split()[1]))
        prints = [stock.RTCDtlsFingerprint("sha-256", said["fingerprint"].split()[1])]
        self._consent = asyncio.create_task(self._check())
        try:
            async with asyncio.timeout(PATIENCE):
                await self._answered.wait()
                await self._dtls.start(stock.RTCDtlsParameters(prints))
        except TimeoutError as error:
            raise Unavailable("no-line", "no answer to ICE or DTLS") from error
        if self._dtls.state != "connected":
            raise Unavailable("no-line", "the DTLS handshake failed")
        self.keys = Keys.of(cast(Session, self._dtls._tx_srtp))
        self.session = cast(Session, self._dtls._rx_srtp)

    def send(self, data: bytes) -> None:
        self.socket.sendto(data, self._to)

    def profile(self) -> str:
        """The SRTP profile agreed upon."""
        ssl = self._dtls._ssl
        return (ssl.get_selected_srtp_profile() or b"").decode() if ssl else ""

    def close(self) -> None:
        self._loop.remove_reader(self.socket)
        self._consent.cancel()
        self.socket.close()

    async def _check(self) -> None:
        while True:
            self.send(self._request())
            await asyncio.sleep(CONSENT_EVERY if self._answered.is_set() else CHECK_AGAIN)

    def _request(self) -> bytes:
        ufrag, pwd = self._theirs
        request = stun.Message(message_method=stun.Method.BINDING, message_class=stun.Class.REQUEST)
        request.attributes["USERNAME"] = f"{ufrag}:{self._ufrag}"
        request.attributes["PRIORITY"] = 1
        request.attributes["ICE-CONTROLLING"] = 1
        request.attributes["USE-CANDIDATE"] = None
        request.add_message_integrity(pwd.encode())
        return bytes(request)

    def _readable(self) -> None:
        while True:
            try:
                data = self.socket.recv(2048)
            except OSError:
                return
            if 127 < data[0] < 192:
                self._heard(self, data)
            elif data[0] > 3:
                self._pipe.arrived.put_nowait(data)
            else:
                self._hear_stun(data)

    def _hear_stun(self, data: bytes) -> None:
        try:
            message = parse_stun(data)
        except Malformed:
            return
        if message.message_class == stun.Class.RESPONSE:
            self._answered.set()
