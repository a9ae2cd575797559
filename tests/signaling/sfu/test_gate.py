"""The gate: who is let through to whom, and who is forgotten."""

import random

import pytest

from signaling.sfu.dtls import Certificate
from signaling.sfu.gate import ADDRESSES, PENDING, Gate
from signaling.sfu.ice import CONSENT, Address
from signaling.sfu.peer import Peer
from signaling.sfu.rtcp import SenderReport
from signaling.sfu.sdp import Offer, read_offer
from signaling.sfu.tracks import Source, Track

from .planes import idle
from .test_ice import HERE, THERE, check
from .test_sdp import text

CERTIFICATE = Certificate.generateCertificate()


class Deaf:
    """Hears of a peer's packets and does nothing."""

    def learnt(self, peer: Peer, source: Source, now: float) -> None: ...

    def reported(self, track: Track, report: SenderReport, now: float) -> None: ...


class Hall:
    """A gate, and what comes to it: what the plane passes on, and what it keeps for itself."""

    def __init__(self) -> None:
        self.plane = idle()
        self.gate = Gate(self.plane)

    def peer(self, ufrag: str = "us", offer: Offer | None = None) -> Peer:
        made = Peer(
            "teacher",
            offer or read_offer(text("chromium-teacher")),
            CERTIFICATE,
            plane=self.plane,
            speakers={},
            listener=Deaf(),
            dice=random.Random(1),
            now=0.0,
        )
        self.gate.admit(made, ufrag, "secret")
        return made

    def check(self, source: Address, now: float, name: str = "us:them") -> bytes | None:
        reply, told = self.gate.received(check(name), source, now)
        assert not told
        return reply


@pytest.fixture
def hall() -> Hall:
    return Hall()


def test_a_check_opens_the_gate_for_its_address_and_no_other(hall: Hall) -> None:
    teacher = hall.peer()
    hall.gate.received(b"\x80" + bytes(20), HERE, 1.0)
    assert hall.gate.dropped == 1 and not teacher.path.addresses()
    assert hall.check(HERE, 1.0)
    assert hall.gate.by_address == {HERE: teacher}
    hall.gate.received(b"\x80" + bytes(20), THERE, 1.0)
    assert hall.gate.dropped == 2


def test_a_flight_of_dtls_reaches_who_is_there(hall: Hall) -> None:
    teacher = hall.peer()
    hall.check(HERE, 1.0)
    hall.gate.received(b"\x16" + bytes(20), HERE, 1.0)
    assert teacher.dtls._pipe.arrived.qsize() == 1


@pytest.mark.parametrize("data", [bytes(13), b"\0\1" + bytes(30), b"\x80" * 40])
def test_what_is_no_packet_of_ours_is_dropped(hall: Hall, data: bytes) -> None:
    hall.peer()
    hall.check(HERE, 1.0)
    assert hall.gate.received(data, THERE, 1.0) == (None, []) and hall.gate.dropped == 1


def test_the_old_user_name_serves_until_the_new_one_is_used(hall: Hall) -> None:
    teacher = hall.peer()
    hall.gate.admit(teacher, "new", "secret")
    assert hall.check(HERE, 1.0)
    assert hall.check(HERE, 2.0, "new:them")
    assert hall.check(HERE, 3.0) is None


def test_who_has_gone_leaves_nothing_behind(hall: Hall) -> None:
    teacher = hall.peer()
    hall.check(HERE, 1.0)
    hall.check(THERE, 1.0)
    hall.gate.bind(7, teacher)
    hall.gate.forget(teacher)
    assert not hall.gate.by_address and not hall.gate.by_ssrc and not hall.gate.by_line
    assert hall.check(HERE, 2.0) is None


def test_addresses_moved_away_from_are_swept(hall: Hall) -> None:
    teacher = hall.peer()
    hall.check(HERE, 1.0)
    hall.check(THERE, 2.0)
    hall.gate.sweep(teacher, 2.5 + CONSENT)
    assert list(hall.gate.by_address) == [THERE]


def test_one_address_cannot_keep_all_our_handshakes_busy(hall: Hall) -> None:
    for n in range(PENDING + 20):
        hall.peer(f"u{n}")
    sources: list[Address] = [("192.0.2.1", 1000 + n, 0) for n in range(PENDING + 20)]
    replies = [hall.check(at, 1.0, f"u{n}:x") for n, at in enumerate(sources)]
    assert sum(reply is not None for reply in replies) == PENDING
    assert hall.check(sources[0], 2.0, "u0:x"), "who is in already stays in"
    assert hall.check(("192.0.2.9", 1, 0), 2.0, f"u{PENDING}:x")


def test_one_client_cannot_fill_the_address_book(hall: Hall) -> None:
    teacher = hall.peer()
    for n in range(50):
        hall.check(("192.0.2.1", 1000 + n, 0), 1.0)
    assert len(hall.gate.by_address) == len(teacher.path.addresses()) == ADDRESSES
