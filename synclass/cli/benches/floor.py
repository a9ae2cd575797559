"""What a server of this kind pays at least: libsrtp, and the kernel's way for each send.

The plane in C seals 0.4 us a packet cheaper than libsrtp, so it stands a little farther above what
is possible than the ratio says.
"""

import secrets
import socket
import time
from contextlib import ExitStack
from struct import pack

from pylibsrtp import Policy, Session
from pylibsrtp._binding import ffi, lib

from .mmsg import UDP_SEGMENT, Outbox
from .speaker import FPS, PACKETS, PICTURE_SIZE, VOICE_SIZE, WORDS

HEADER = 12 + 12  # bytes, with a MID and a send time
TAG = 16  # bytes, of GCM
SEALED = 8000  # packets a loop, for the cost of sealing
TOO_SHORT = 5  # bytes; libsrtp refuses it at once, so this costs what the call costs


class Floor:
    """CPU microseconds a packet, to subscribers on these ports of this machine.

    Every packet sealed with AES-128-GCM under its subscriber's own key, in a loop: no cache is ever
    cold.  Each frame of picture one send to each, each word one, at the pace of a class.
    """

    def __init__(self, ports: list[int]) -> None:
        self._ports = ports
        self._sessions = [_session() for _ in ports]
        self._round = 0

    def measure(self, seconds: float) -> float:
        """Blocks for so long, and a little more."""
        picture, voice = (self._seal(HEADER + size) for size in (PICTURE_SIZE, VOICE_SIZE))
        sealing = (FPS * PACKETS * picture + WORDS * voice) / (FPS * PACKETS + WORDS)
        return sealing + self._send(seconds)

    def _seal(self, size: int) -> float:
        """Microseconds of libsrtp a packet, less those of Python's call."""
        rounds = max(1, SEALED // len(self._sessions) // PACKETS)
        spent = self._loop(rounds, size) - self._loop(rounds, TOO_SHORT)
        return spent / (rounds * len(self._sessions) * PACKETS) * 1e6

    def _loop(self, rounds: int, size: int) -> float:
        buffer, length = ffi.new("char[]", 2048), ffi.new("int *")
        ffi.buffer(buffer)[0:12] = pack("!BBHII", 0x80, 96, 0, 0, 1)
        before = time.process_time()
        for _ in range(rounds):
            first, self._round = self._round * PACKETS, self._round + 1
            for session in self._sessions:
                handle = session._srtp[0]
                for seq in range(first, first + PACKETS):
                    buffer[2], buffer[3] = bytes((seq >> 8 & 255,)), bytes((seq & 255,))
                    length[0] = size
                    if lib.srtp_protect(handle, buffer, length) and size != TOO_SHORT:
                        raise AssertionError("libsrtp did not seal")
        return time.process_time() - before

    def _send(self, seconds: float) -> float:
        """Microseconds of the kernel a packet."""
        with ExitStack() as stack:
            pictures = _Bursts(stack, self._ports, FPS, packets=PACKETS, payload=PICTURE_SIZE)
            voices = _Bursts(stack, self._ports, WORDS, packets=1, payload=VOICE_SIZE)
            began, spent = time.monotonic(), 0.0
            while (now := time.monotonic() - began) < seconds:
                spent += sum(bursts.go() for bursts in (pictures, voices) if bursts.due() <= now)
                due = min(pictures.due(), voices.due())
                time.sleep(max(0.0, began + due - time.monotonic()))
        return spent / (pictures.sent + voices.sent) * 1e6


class _Bursts:
    """One send for each port, again and again."""

    def __init__(
        self, stack: ExitStack, ports: list[int], per_second: int, *, packets: int, payload: int
    ) -> None:
        size = HEADER + payload + TAG
        self._per_second, self._packets = per_second, packets
        self._outbox = Outbox(ports, b"\x80" + bytes(packets * size - 1))
        self._socket = stack.enter_context(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
        self._socket.setsockopt(socket.IPPROTO_UDP, UDP_SEGMENT, size)
        self._gone = 0
        self.sent = 0  # packets

    def due(self) -> float:
        """Seconds from the beginning to the next."""
        return self._gone / self._per_second

    def go(self) -> float:
        """-> CPU seconds."""
        before = time.process_time()
        self.sent += self._outbox.send(self._socket.fileno()) * self._packets
        self._gone += 1
        return time.process_time() - before


def _session() -> Session:
    profile = Policy.SRTP_PROFILE_AEAD_AES_128_GCM
    policy = Policy(secrets.token_bytes(28), Policy.SSRC_ANY_OUTBOUND, 0, profile)
    policy.allow_repeat_tx = True
    return Session(policy)
