"""Both planes, and a client at the other end who has the keys."""

import os
import secrets
import socket
from typing import Self
from unittest import mock

import pytest
from pylibsrtp import Error, Policy, Session

from signaling.sfu.cover import block_of
from signaling.sfu.dtls import Keys
from signaling.sfu.gcm import Gcm
from signaling.sfu.ice import Address
from signaling.sfu.numbering import Start
from signaling.sfu.orders import Kind
from signaling.sfu.packet import Rtp, build_rtp
from signaling.sfu.plane import Event, Plane, Source, Stream
from signaling.sfu.planes import ENVIRONMENT, choose

NAMES = ("python", "c")
GCM, SHA1 = Policy.SRTP_PROFILE_AEAD_AES_128_GCM, Policy.SRTP_PROFILE_AES128_CM_SHA1_80
_KEY_SIZE = {GCM: 28, SHA1: 30}  # bytes, with the salt
START = Start(65530, 4, 5, 6)


class Ends:
    """A plane's socket here, and a client's there, which opens what comes and seals what goes."""

    def __init__(self, name: str, profile: int = GCM, *, key: bytes = b"") -> None:
        self.near, self.far = (_bound() for _ in range(2))
        self.plane = made(name, [self.near])
        self.line = self.plane.line()
        size = _KEY_SIZE[profile]
        down, up = (key[:size], key[size : 2 * size]) if key else _keys(size)
        # Stricter than aiortc's: what is sealed twice is refused, and counted as failed.
        session = Session(_policy(down, Policy.SSRC_ANY_OUTBOUND, profile))
        self.sending = Keys.of(session, Gcm.of(down) if profile == GCM else None)
        self.receiving = Keys.of(Session(_policy(up, Policy.SSRC_ANY_INBOUND, profile)))
        self.theirs = Keys.of(Session(_policy(up, Policy.SSRC_ANY_OUTBOUND, profile)))
        self._opening = Session(_policy(down, Policy.SSRC_ANY_INBOUND, profile))
        self.streams: list[Stream] = []
        """All that were made: a stream lives as long as somebody has it."""
        self.raw: list[bytes] = []
        """What came, as it came."""
        self.sent: list[bytes] = []
        """RTP that came for the first time, opened."""
        self.said: list[bytes] = []
        """RTCP that came, opened."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.plane.close()
        self.near.close()
        self.far.close()

    @property
    def address(self) -> Address:
        return ("127.0.0.1", self.far.getsockname()[1], 0)

    def connect(self) -> Self:
        self.line.key(self.sending, self.receiving)
        self.line.aim(self.address)
        return self

    def receive(self) -> list[bytes]:
        """All that has come until now, opened."""
        while True:
            try:
                data = self.far.recv(65535)
            except BlockingIOError:
                return self.sent
            self.raw.append(data)
            try:
                if 192 <= data[1] <= 223:
                    self.said.append(self._opening.unprotect_rtcp(data))
                else:
                    self.sent.append(self._opening.unprotect(data))
            except Error as error:
                assert "replay" in str(error), error

    def send(self, data: bytes) -> None:
        """As it is, from our address."""
        self.far.sendto(data, self.near.getsockname())

    def source(self, ssrc: int = 7, codec: str = "VP8", level_id: int = 0) -> Source:
        assert codec in ("VP8", "H264", "VP9", "AV1", "opus")
        return self.plane.source(self.line, ssrc, codec, level_id=level_id)  # type: ignore[arg-type]

    def stream(self, kind: Kind = "video", ssrc: int = 50, start: Start = START) -> Stream:
        """With MID 3 and abs-send-time."""
        block = block_of(b"3", mid_id=4, time_id=2)
        made = self.plane.stream(self.line, ssrc, ssrc + 1000, *block, start, kind=kind)
        self.streams.append(made)
        return made

    def come(self, *packets: Rtp, now: float = 1.0) -> list[Event]:
        """Packets of the client, as if they had just been opened."""
        told = []
        for packet in packets:
            told += self.plane.inject(self.line, build_rtp(packet), now)
        return told

    def hear(self, plain: bytes, now: float = 1.0) -> list[Event]:
        """RTCP of the client's, sealed as it should be."""
        good, told = self.plane.feed(self.line, self.theirs.seal_rtcp(plain), now)
        assert good
        return told


def made(name: str, sockets: list[socket.socket]) -> Plane:
    """The plane of that name."""
    with mock.patch.dict(os.environ, {ENVIRONMENT: name}):
        plane = choose(sockets)
    if plane.name != name:
        pytest.skip("the plane in C was not built here: it needs a C compiler and Python.h")
    return plane


def idle() -> Plane:
    """A plane that reaches nobody."""
    return made("python", [])


def _keys(size: int) -> tuple[bytes, bytes]:
    return secrets.token_bytes(size), secrets.token_bytes(size)


def _bound() -> socket.socket:
    bound = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    bound.setblocking(False)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 * 1024 * 1024)
    bound.bind(("127.0.0.1", 0))
    return bound


def _policy(key: bytes, direction: int, profile: int) -> Policy:
    policy = Policy(key, direction, 0, profile)
    policy.window_size = 1024
    return policy
