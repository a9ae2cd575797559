"""Who listens counts what came and what did not, and how long it was under way."""

import secrets
import socket
import time
from collections.abc import Iterator

import pytest
from pylibsrtp import Policy, Session

from synclass.cli.benches.caller import RTX
from synclass.cli.benches.ears import SAMPLE, Ear, Ears
from synclass.cli.benches.mmsg import SO_TIMESTAMPNS

KEY = secrets.token_bytes(30)


def packet(seq: int, ssrc: bytes = b"film", second: int = 96) -> bytes:
    stamp = time.time_ns().to_bytes(8, "big")
    return bytes((0x80, second)) + (seq & 0xFFFF).to_bytes(2, "big") + bytes(4) + ssrc + stamp


@pytest.fixture
def bound() -> Iterator[socket.socket]:
    with socket.socket(type=socket.SOCK_DGRAM) as made:
        made.bind(("127.0.0.1", 0))
        made.setsockopt(socket.SOL_SOCKET, SO_TIMESTAMPNS, 1)
        yield made


def tell(bound: socket.socket, *datagrams: bytes) -> None:
    for data in datagrams:
        bound.sendto(data, bound.getsockname())


def test_holes_are_counted_over_the_end_of_the_numbers(bound: socket.socket) -> None:
    ears, ear = Ears(), Ear(bound, None)
    ears.add(ear)
    tell(bound, *(packet(seq) for seq in (65534, 65535, 2, 1, 3)), packet(9, b"word"))
    ears.poll()
    assert ears.counted() == (6, 7, 0)
    assert ear.streams[int.from_bytes(b"film", "big")].top == 65536 + 3


def test_reports_checks_and_repeats_are_no_packets_of_a_publisher(bound: socket.socket) -> None:
    ears, ear = Ears(), Ear(bound, None)
    ears.add(ear)
    tell(bound, packet(1, second=200), bytes(20), packet(1, second=RTX), packet(5, bytes(4)))
    ears.poll()
    assert ears.counted() == (0, 0, 0) and ear.repeats == 1


def test_a_probe_opens_a_sample_and_takes_the_kernels_time(bound: socket.socket) -> None:
    sending = Session(Policy(KEY, Policy.SSRC_ANY_OUTBOUND))
    ears, hearing = Ears(), Session(Policy(KEY, Policy.SSRC_ANY_INBOUND))
    ears.add(Ear(bound, hearing))
    tell(bound, *(sending.protect(packet(seq)) for seq in range(2 * SAMPLE)))
    time.sleep(0.05)  # as long as we like: the time we take to read does not count
    ears.poll()
    assert len(ears.delays) == 2 and all(0 < delay < 40_000_000 for delay in ears.delays)
