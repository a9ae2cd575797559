"""Both planes, and a subscriber at the other end who has the keys."""

import os
import secrets
import socket
from typing import Self
from unittest import mock

import pytest
from pylibsrtp import Error, Policy, Session

from signaling.sfu.dtls import Keys
from signaling.sfu.history import Allowance
from signaling.sfu.ice import Address
from signaling.sfu.plane import ENVIRONMENT, Plane, choose

NAMES = ("python", "c")
GCM, SHA1 = Policy.SRTP_PROFILE_AEAD_AES_128_GCM, Policy.SRTP_PROFILE_AES128_CM_SHA1_80
_KEY_SIZE = {GCM: 28, SHA1: 30}  # bytes, with the salt


class Ends:
    """A plane's socket here, and a socket there that opens what comes."""

    def __init__(self, name: str, profile: int = GCM) -> None:
        self.near, self.far = (_bound() for _ in range(2))
        self.plane = made(name, [self.near])
        key = secrets.token_bytes(_KEY_SIZE[profile])
        # Stricter than aiortc's: what is sealed twice is refused, and counted as failed.
        self.keys = Keys.of(Session(_policy(key, Policy.SSRC_ANY_OUTBOUND, profile)))
        self._opening = Session(_policy(key, Policy.SSRC_ANY_INBOUND, profile))
        self.line = self.plane.line()
        self.raw: list[bytes] = []
        """What came, as it came."""
        self.sent: list[bytes] = []
        """What came for the first time, opened."""

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
        self.line.key(self.keys)
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
                self.sent.append(self._opening.unprotect(data))
            except Error as error:
                assert "replay" in str(error), error


class Subscriber(Ends):
    """Whose slots a test looks at."""

    def __init__(self, name: str, profile: int = GCM) -> None:
        super().__init__(name, profile)
        self.link_bps = 10_000_000
        self.allowance = Allowance()
        self.connect()

    def seal(self, plain: bytes) -> bytes:
        sealed = self.keys.seal(plain)
        assert sealed, "sealed twice"
        return sealed

    def send(self, sealed: bytes) -> None:
        self.near.sendto(sealed, self.address[:2])


def made(name: str, sockets: list[socket.socket]) -> Plane:
    """The plane of that name."""
    with mock.patch.dict(os.environ, {ENVIRONMENT: name}):
        plane = choose(sockets)
    if plane.name != name:
        pytest.skip("the plane in C was not built here: it needs a C compiler and Python.h")
    return plane


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
