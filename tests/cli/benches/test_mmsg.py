"""Many datagrams go and come in one call, each whole, with the time the kernel saw it."""

import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from synclass.cli.benches.mmsg import SO_TIMESTAMPNS, UDP_SEGMENT, Inbox, Outbox, overruns


@pytest.fixture
def ears() -> Iterator[list[socket.socket]]:
    with ExitStack() as stack:
        made = [stack.enter_context(socket.socket(type=socket.SOCK_DGRAM)) for _ in range(3)]
        for ear in made:
            ear.setblocking(False)
            ear.setsockopt(socket.SOL_SOCKET, SO_TIMESTAMPNS, 1)
            ear.bind(("127.0.0.1", 0))
        yield made


def port(ear: socket.socket) -> int:
    return int(ear.getsockname()[1])


def test_a_frame_for_everybody_is_one_call_and_comes_packet_by_packet(
    ears: list[socket.socket],
) -> None:
    outbox = Outbox([port(ear) for ear in ears], b"frame" * 5)
    before = time.time_ns()
    with socket.socket(type=socket.SOCK_DGRAM) as mouth:
        mouth.setsockopt(socket.IPPROTO_UDP, UDP_SEGMENT, 10)
        assert outbox.send(mouth.fileno()) == 3
    inbox = Inbox(8, 100, stamped=True)
    for ear in ears:
        assert inbox.read(ear.fileno()) == 3
        assert [inbox.datagram(n) for n in range(3)] == [b"frame" * 2, b"frame" * 2, b"frame"]
        assert all(before <= inbox.stamp(n) <= time.time_ns() for n in range(3))
        assert inbox.read(ear.fileno()) == 0


def test_only_as_much_is_read_as_there_is_room_for(ears: list[socket.socket]) -> None:
    inbox = Inbox(2, 4, stamped=False)
    for word in (b"abcdefgh", b"xy", b"third"):
        ears[0].sendto(word, ears[0].getsockname())
    assert inbox.read(ears[0].fileno()) == 2
    assert [inbox.datagram(n) for n in range(2)] == [b"abcd", b"xy"]
    assert inbox.read(ears[0].fileno()) == 1 and inbox.datagram(0) == b"thir"


def test_what_nobody_read_in_time_is_counted_by_the_kernel(ears: list[socket.socket]) -> None:
    ears[0].setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    for _ in range(100):
        ears[0].sendto(bytes(1000), ears[0].getsockname())
    inbox = Inbox(100, 1, stamped=False)
    came = inbox.read(ears[0].fileno())
    assert 0 < came < 100 and overruns(ears[0]) == 100 - came and overruns(ears[1]) == 0
