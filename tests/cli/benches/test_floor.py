"""The floor is made of sealing and sending, and every packet arrives."""

import socket
from contextlib import ExitStack

from synclass.cli.benches.floor import Floor


def test_what_is_sent_for_the_floor_arrives_packet_by_packet() -> None:
    with ExitStack() as stack:
        ears = [
            stack.enter_context(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)) for _ in range(3)
        ]
        for ear in ears:
            ear.setblocking(False)
            ear.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 * 1024 * 1024)
            ear.bind(("127.0.0.1", 0))
        floor = Floor([ear.getsockname()[1] for ear in ears])
        assert floor.measure(0.2) > 0
        sizes = []
        while True:
            try:
                sizes.append(len(ears[2].recv(65535)))
            except BlockingIOError:
                break
        assert set(sizes) == {1040, 140} and sizes.count(1040) >= 5 * 4
