"""A client's packets find their tracks."""

import random

import pytest

from signaling.sfu.packet import Rtp
from signaling.sfu.peer import SOURCES, Peer
from signaling.sfu.sdp import LEVEL, MID, REPAIRED, RID, read_offer
from signaling.sfu.udp import Gate

from . import packets
from .test_sdp import text
from .test_udp import CERTIFICATE, Deaf, peer, quiet

IDS = {
    uri: n for s in read_offer(text("chromium-teacher")).sections for uri, n in s.extensions.items()
}
KEY = packets.vp8(1, key=True)


@pytest.fixture
def teacher() -> Peer:
    return peer(Gate())


def packet(ssrc: int, payload: bytes = KEY, pt: int = 96, **said: bytes) -> Rtp:
    names = {"mid": MID, "rid": RID, "repaired": REPAIRED, "level": LEVEL}
    extensions = {IDS[names[name]]: value for name, value in said.items()}
    return packets.rtp(1, 0, payload, ssrc=ssrc, pt=pt)._replace(extensions=extensions)


def test_layers_are_known_by_mid_and_rid(teacher: Peer) -> None:
    for ssrc, rid in ((11, b"q"), (12, b"h")):
        teacher.forward(packet(ssrc, mid=b"1", rid=rid), 1.0)
    teacher.forward(packet(13, mid=b"2"), 1.0)
    camera, content = teacher.track_named("camera"), teacher.track_named("content")
    assert camera is not None and list(camera.sources) == ["q", "h"]
    assert content is not None and list(content.sources) == [""]


def test_a_layer_once_known_needs_no_names_any_more(teacher: Peer) -> None:
    teacher.forward(packet(11, mid=b"1", rid=b"q"), 1.0)
    teacher.forward(packet(11), 2.0)
    assert teacher.sources[11].last_at == 2.0


def test_a_client_without_mids_is_known_by_its_ssrcs_or_payload_types() -> None:
    offer = read_offer(text("chromium-teacher"))
    ssrc = offer.sections[0].ssrcs[0]
    plain = Peer(
        "hardware",
        offer,
        CERTIFICATE,
        send=lambda data, address: None,
        frames=quiet(),
        listener=Deaf(),
        dice=random.Random(1),
        now=0.0,
    )
    plain.forward(packet(ssrc, b"\x78a", pt=0), 1.0)
    plain.forward(packet(99, b"\x78a", pt=111), 1.0)
    voice = plain.track_named("voice")
    assert voice is not None and {s.ssrc for s in voice.sources.values()} == {99}
    plain.forward(packet(98, pt=96), 1.0)  # camera or content? nobody can tell
    assert 98 not in plain.sources


def test_resends_of_the_publisher_are_not_a_layer(teacher: Peer) -> None:
    teacher.forward(packet(21, pt=97, mid=b"1", repaired=b"q"), 1.0)
    teacher.forward(packet(22, pt=97, mid=b"1"), 1.0)
    assert not teacher.sources


def test_a_client_cannot_invent_layers_without_end(teacher: Peer) -> None:
    for n in range(100):
        teacher.forward(packet(100 + n, mid=b"1", rid=str(n).encode()), 1.0)
    assert len(teacher.sources) == SOURCES


def test_the_loudest_packet_counts(teacher: Peer) -> None:
    for level in (60, 20, 40):
        teacher.forward(packet(5, b"\x78a", pt=111, mid=b"0", level=bytes([0x80 | level])), 1.0)
    voice = teacher.track_named("voice")
    assert voice is not None and voice.loudest == 20


def test_slots_are_counted_by_kind(teacher: Peer) -> None:
    sound, picture = teacher.slot("audio", 0), teacher.slot("video", 0)
    assert sound is not None and sound.form.kind == "audio"
    assert picture is not None and picture.form.kind == "video"
    assert teacher.slot("video", 1) is None and teacher.slot("video", -1) is None
