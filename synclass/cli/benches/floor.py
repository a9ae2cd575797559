"""What no server of this kind can go below: libsrtp, and the kernel's way for each send."""

import secrets
import socket
import time
from struct import pack

from pylibsrtp import Policy, Session
from pylibsrtp._binding import ffi, lib

from .audience import FPS, PACKETS, PICTURE_SIZE, VOICE_SIZE, WORDS

HEADER = 12 + 12  # bytes, with a MID and a send time
TAG = 16  # bytes, of GCM
ROUNDS = 40  # over all subscribers, for the cost of sealing
TOO_SHORT = 5  # bytes; libsrtp refuses it at once, so this costs what the call costs
UDP_SEGMENT = 103  # linux/udp.h


def measure(ports: list[int], seconds: float) -> float:
    """CPU microseconds a packet, to subscribers on these ports of this machine.

    Every packet sealed with AES-128-GCM, in a loop: no cache is ever cold.  Each frame of picture
    one send, each word one, at the pace of a class.
    """
    picture, voice = (_seal(HEADER + size, len(ports)) for size in (PICTURE_SIZE, VOICE_SIZE))
    sealing = (FPS * PACKETS * picture + WORDS * voice) / (FPS * PACKETS + WORDS)
    return sealing + _send(ports, seconds)


def _seal(size: int, sessions: int) -> float:
    """Microseconds of libsrtp a packet, less those of Python's call."""
    made = [_session() for _ in range(sessions)]
    good, refused = _loop(made, size), _loop(made, TOO_SHORT)
    return (good - refused) / (ROUNDS * sessions * PACKETS) * 1e6


def _loop(sessions: list[Session], size: int) -> float:
    buffer, length = ffi.new("char[]", 2048), ffi.new("int *")
    ffi.buffer(buffer)[0:12] = pack("!BBHII", 0x80, 96, 0, 0, 1)
    before = time.process_time()
    for round_ in range(ROUNDS):
        for session in sessions:
            handle = session._srtp[0]
            for seq in range(round_ * PACKETS, (round_ + 1) * PACKETS):
                buffer[2], buffer[3] = bytes((seq >> 8,)), bytes((seq & 255,))
                length[0] = size
                if lib.srtp_protect(handle, buffer, length) and size != TOO_SHORT:
                    raise AssertionError("libsrtp did not seal")
    return time.process_time() - before


def _session() -> Session:
    profile = Policy.SRTP_PROFILE_AEAD_AES_128_GCM
    return Session(Policy(secrets.token_bytes(28), Policy.SSRC_ANY_OUTBOUND, 0, profile))


class _Bursts:
    """One send for each port, again and again."""

    def __init__(self, ports: list[int], per_second: int, packets: int, payload: int) -> None:
        size = HEADER + payload + TAG
        self.packets, self._per_second = packets, per_second
        self._to = [("127.0.0.1", port) for port in ports]
        self._data = b"\x80" + bytes(packets * size - 1)
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.setsockopt(socket.IPPROTO_UDP, UDP_SEGMENT, size)
        self.sent = 0

    def due(self) -> float:
        """Seconds from the beginning to the next."""
        return self.sent / self._per_second

    def go(self) -> float:
        """-> CPU seconds."""
        before = time.process_time()
        for address in self._to:
            self._socket.sendto(self._data, address)
        self.sent += 1
        return time.process_time() - before

    def close(self) -> None:
        self._socket.close()


def _send(ports: list[int], seconds: float) -> float:
    """Microseconds of the kernel a packet."""
    all_ = [_Bursts(ports, FPS, PACKETS, PICTURE_SIZE), _Bursts(ports, WORDS, 1, VOICE_SIZE)]
    began, spent = time.monotonic(), 0.0
    while (now := time.monotonic() - began) < seconds:
        spent += sum(bursts.go() for bursts in all_ if bursts.due() <= now)
        due = min(bursts.due() for bursts in all_)
        time.sleep(max(0.0, began + due - time.monotonic()))
    for bursts in all_:
        bursts.close()
    return spent / (sum(b.sent * b.packets for b in all_) * len(ports)) * 1e6
