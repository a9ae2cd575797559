"""Who listens counts what came and what did not."""

import os
import time

from aiortc import RTCCertificate

from synclass.cli.benches.audience import Listening, Subscriber, cpu_seconds, resident


def packet(seq: int, ssrc: bytes = b"film", second: int = 96) -> bytes:
    return bytes((0x80, second)) + (seq & 0xFFFF).to_bytes(2, "big") + bytes(4) + ssrc + bytes(9)


async def test_a_hole_is_counted_once_and_rtcp_is_no_packet() -> None:
    one = Subscriber(RTCCertificate.generateCertificate(), Listening())
    for seq in (65534, 65535, 2, 3):
        one._heard(one.caller, packet(seq))
    one._heard(one.caller, packet(9, b"word"))
    one._heard(one.caller, packet(9, second=200))
    assert (one.packets, one.lost) == (5, 2) and one.began.is_set()
    one.caller.socket.close()


def test_the_cpu_time_and_the_memory_of_a_process_are_read() -> None:
    before, own = cpu_seconds(os.getpid()), time.thread_time()
    while time.thread_time() < own + 0.1:
        pass
    assert 0.08 < cpu_seconds(os.getpid()) - before < 2.0
    assert resident(os.getpid()) > 1000
