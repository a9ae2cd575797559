"""The gate: who is let through to whom, and who is forgotten."""

import asyncio
import random
import socket

import pytest

from signaling.sfu.dtls import Certificate
from signaling.sfu.frames import Frames
from signaling.sfu.ice import CONSENT, Address
from signaling.sfu.peer import Peer
from signaling.sfu.rtcp import SenderReport
from signaling.sfu.sdp import read_offer
from signaling.sfu.tracks import Source, Track
from signaling.sfu.udp import ADDRESSES, PENDING, Gate, Wire

from .planes import made
from .test_ice import HERE, THERE, check
from .test_sdp import text

CERTIFICATE = Certificate.generateCertificate()


class Deaf:
    """Hears of a peer's packets and does nothing."""

    def learnt(self, peer: Peer, source: Source, now: float) -> None: ...

    def reported(self, track: Track, report: SenderReport, now: float) -> None: ...


def quiet() -> Frames:
    """Frames that reach nobody: no stream has a line yet."""
    return Frames(made("python", []))


def peer(gate: Gate, ufrag: str = "us") -> Peer:
    offer = read_offer(text("chromium-teacher"))
    made = Peer(
        "teacher",
        offer,
        CERTIFICATE,
        send=lambda data, address: None,
        frames=quiet(),
        listener=Deaf(),
        dice=random.Random(1),
        now=0.0,
    )
    gate.admit(made, ufrag, "secret")
    return made


def test_a_check_opens_the_gate_for_its_address_and_no_other() -> None:
    gate = Gate()
    teacher = peer(gate)
    assert gate.received(b"\x16" + bytes(20), HERE, 1.0) is None and gate.dropped == 1
    assert gate.received(check(), HERE, 1.0)
    gate.received(b"\x80" + bytes(20), HERE, 1.0)
    assert teacher.malformed == 1
    gate.received(b"\x80" + bytes(20), THERE, 1.0)
    assert teacher.malformed == 1 and gate.dropped == 2


@pytest.mark.parametrize("data", [b"", b"\x16", bytes(12), b"\x41" * 40, b"\0\1" + bytes(30)])
def test_what_is_no_packet_of_ours_is_dropped(data: bytes) -> None:
    gate = Gate()
    peer(gate)
    gate.received(check(), HERE, 1.0)
    assert gate.received(data, HERE, 1.0) is None and gate.dropped == 1


def test_the_old_user_name_serves_until_the_new_one_is_used() -> None:
    gate = Gate()
    teacher = peer(gate)
    gate.admit(teacher, "new", "secret")
    assert gate.received(check("us:them"), HERE, 1.0)
    assert gate.received(check("new:them"), HERE, 2.0)
    assert gate.received(check("us:them"), HERE, 3.0) is None


def test_who_has_gone_leaves_nothing_behind() -> None:
    gate = Gate()
    teacher = peer(gate)
    gate.received(check(), HERE, 1.0)
    gate.received(check(), THERE, 1.0)
    gate.bind(7, teacher)
    gate.forget(teacher)
    assert not gate.by_address and not gate.by_ssrc
    assert gate.received(check(), HERE, 2.0) is None


def test_addresses_moved_away_from_are_swept() -> None:
    gate = Gate()
    teacher = peer(gate)
    gate.received(check(), HERE, 1.0)
    gate.received(check(), THERE, 2.0)
    gate.sweep(teacher, 2.5 + CONSENT)
    assert list(gate.by_address) == [THERE]


def test_one_address_cannot_keep_all_our_handshakes_busy() -> None:
    gate = Gate()
    for n in range(PENDING + 20):
        peer(gate, f"u{n}")
    sources: list[Address] = [("192.0.2.1", 1000 + n, 0) for n in range(PENDING + 20)]
    replies = [gate.received(check(f"u{n}:x"), at, 1.0) for n, at in enumerate(sources)]
    assert sum(reply is not None for reply in replies) == PENDING
    assert gate.received(check("u0:x"), sources[0], 2.0), "who is in already stays in"
    assert gate.received(check(f"u{PENDING}:x"), ("192.0.2.9", 1, 0), 2.0)


def test_one_client_cannot_fill_the_address_book() -> None:
    gate = Gate()
    teacher = peer(gate)
    for n in range(50):
        gate.received(check(), ("192.0.2.1", 1000 + n, 0), 1.0)
    assert len(gate.by_address) == len(teacher.path.addresses()) == ADDRESSES


async def test_an_answer_comes_from_the_address_that_was_asked() -> None:
    wire = Wire(0, ["127.0.0.2", "203.0.113.1"], lambda: 1.0)
    peer(wire.gate)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
        client.bind(("127.0.0.9", 0))
        client.setblocking(False)
        client.sendto(check(), ("127.0.0.2", wire.port))
        data, source = await asyncio.get_running_loop().sock_recvfrom(client, 2000)
        assert data[:2] == b"\1\1" and source == ("127.0.0.2", wire.port)
    wire.close()


async def test_a_taken_port_is_not_shared_with_another_worker() -> None:
    wire = Wire(0, ["127.0.0.1"], lambda: 1.0)
    with pytest.raises(OSError):
        Wire(wire.port, ["127.0.0.1"], lambda: 1.0)
    wire.close()
