"""A client that is nothing but a line: one UDP socket, ICE, DTLS and SRTP, and no codec."""

import asyncio
import secrets
import socket
from collections.abc import Callable
from struct import unpack

from aioice import stun
from pylibsrtp import Session

from ...errors import Malformed, Unavailable
from .handshake import Handshake, Identity
from .mmsg import SO_TIMESTAMPNS

AUDIO_LEVEL = "urn:ietf:params:rtp-hdrext:ssrc-audio-level"
SEND_TIME = "http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time"
MID = "urn:ietf:params:rtp-hdrext:sdes:mid"
LEVEL_ID, TIME_ID, MID_ID = 1, 2, 4
CHECK_AGAIN = 0.2  # seconds until the first check is answered
CONSENT_EVERY = 2.5  # seconds, as Chromium
FLIGHT_AGAIN = 1.0  # seconds between looks whether a DTLS flight was lost
PATIENCE = 20.0  # seconds for ICE and DTLS
BUFFER = 2 * 1024 * 1024  # bytes; what the kernel keeps while others are served
VOICE, PICTURE, RTX = 111, 96, 97  # payload types
Heard = Callable[["Caller", bytes, int], None]

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
a=extmap:{level_id} {level}
a=extmap:{time_id} {time}
a=extmap:{mid_id} {mid}
a=rtpmap:111 opus/48000/2
m=video 9 UDP/TLS/RTP/SAVPF 96 97
a=mid:1
a={direction}
a=rtcp-mux
a=extmap:{time_id} {time}
a=extmap:{mid_id} {mid}
a=rtpmap:96 VP8/90000
a=rtcp-fb:96 nack
a=rtcp-fb:96 nack pli
a=rtcp-fb:96 goog-remb
a=rtpmap:97 rtx/90000
a=fmtp:97 apt=96
"""


class Caller:
    """``heard`` gets each SRTP or SRTCP datagram as it came, and when the kernel had it.

    That time is in nanoseconds of CLOCK_REALTIME.  ``sending`` and ``hearing`` are there when it is
    connected.
    """

    sending: Session
    hearing: Session

    def __init__(self, identity: Identity, heard: Heard, host: str = "127.0.0.1") -> None:
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.setblocking(False)
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, BUFFER)
        self.socket.setsockopt(socket.SOL_SOCKET, SO_TIMESTAMPNS, 1)
        self.socket.bind((host, 0))
        self.profile = ""
        self._host = host
        self._heard = heard
        self._identity = identity
        self._handshake = Handshake(identity)
        self._ufrag, self._pwd = secrets.token_hex(4), secrets.token_hex(16)
        self._loop = asyncio.get_running_loop()
        self._answered = asyncio.Event()
        self._keyed: asyncio.Future[None] = self._loop.create_future()
        self._consent: asyncio.Task[None] | None = None
        self._loop.add_reader(self.socket, self._readable)

    def offer(self, direction: str) -> str:
        """For a voice and a picture, both sendonly or recvonly."""
        return OFFER.format(
            ufrag=self._ufrag,
            pwd=self._pwd,
            fingerprint=self._identity.fingerprint,
            direction=direction,
            level=AUDIO_LEVEL,
            time=SEND_TIME,
            mid=MID,
            level_id=LEVEL_ID,
            time_id=TIME_ID,
            mid_id=MID_ID,
        ).replace("\n", "\r\n")

    async def connect(self, answer: str) -> None:
        """Raises Unavailable("no-line") where the server cannot be reached."""
        said = dict(line[2:].split(":", 1) for line in answer.splitlines() if ":" in line)
        self._theirs = said["ice-ufrag"], said["ice-pwd"]
        self.to = (self._host, int(answer.split("m=", 1)[1].split()[1]))
        self._consent = asyncio.create_task(self._check())
        try:
            async with asyncio.timeout(PATIENCE):
                await self._shake_hands()
        except TimeoutError as error:
            told = "DTLS" if self._answered.is_set() else "ICE"
            raise Unavailable("no-line", f"no answer to {told}") from error
        except Malformed as error:
            raise Unavailable("no-line", str(error)) from error
        if self._handshake.fingerprint != said["fingerprint"].split()[1]:
            raise Unavailable("no-line", "the answer named another certificate")

    def send(self, data: bytes) -> None:
        self.socket.sendto(data, self.to)

    def let_go(self) -> socket.socket:
        """Read no more; whoever takes the socket does.  Consent goes on."""
        self._loop.remove_reader(self.socket)
        return self.socket

    def close(self) -> None:
        self._loop.remove_reader(self.socket)
        if self._consent is not None:
            self._consent.cancel()
        self.socket.close()

    async def _shake_hands(self) -> None:
        while not self._keyed.done():
            done, _ = await asyncio.wait([self._keyed], timeout=FLIGHT_AGAIN)
            if not done:
                self._flight(self._handshake.again())
        self._keyed.result()

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
                data, control, _, _ = self.socket.recvmsg(2048, 64)
            except OSError:
                return
            if 127 < data[0] < 192:
                seconds, nanoseconds = unpack("qq", control[0][2])
                self._heard(self, data, seconds * 1_000_000_000 + nanoseconds)
            elif data[0] > 3:
                self._hear_dtls(data)
            elif data[0] == 1 and not self._answered.is_set():  # a success response
                self._answered.set()
                self._flight(self._handshake.step())

    def _hear_dtls(self, data: bytes) -> None:
        if self._keyed.done():
            return
        try:
            self._flight(self._handshake.step(data))
        except Malformed as error:
            self._keyed.set_exception(error)
            return
        if self._handshake.done:
            self.profile = self._handshake.profile
            self.sending, self.hearing = self._handshake.sending, self._handshake.hearing
            self._keyed.set_result(None)

    def _flight(self, data: bytes) -> None:
        if data:
            self.send(data)
