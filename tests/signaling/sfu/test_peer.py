"""A client's packets find their tracks."""

import random

import pytest

from signaling.sfu.packet import Rtp, build_rtp
from signaling.sfu.peer import SOURCES, Peer
from signaling.sfu.plane import Plane
from signaling.sfu.red import wrap
from signaling.sfu.sdp import LEVEL, MID, REPAIRED, RID, read_offer
from signaling.sfu.tracks import Track

from . import packets
from .packets import deliver
from .planes import idle
from .test_gate import CERTIFICATE, Deaf, Hall
from .test_sdp import text

IDS = {
    uri: n for s in read_offer(text("chromium-teacher")).sections for uri, n in s.extensions.items()
}
KEY = packets.vp8(1, key=True)


class Teacher:
    """A client, and the plane its packets go by."""

    def __init__(self, peer: Peer, plane: Plane) -> None:
        self.peer = peer
        self._plane = plane

    def send(self, packet: Rtp, now: float = 1.0) -> None:
        deliver(self.peer, self._plane, packet, now)

    def track(self, name: str) -> Track:
        track = self.peer.track_named(name)
        assert track is not None
        return track


@pytest.fixture
def teacher() -> Teacher:
    hall = Hall()
    return Teacher(hall.peer(), hall.plane)


def packet(ssrc: int, payload: bytes = KEY, pt: int = 96, **said: bytes) -> Rtp:
    names = {"mid": MID, "rid": RID, "repaired": REPAIRED, "level": LEVEL}
    extensions = {IDS[names[name]]: value for name, value in said.items()}
    return packets.rtp(1, 0, payload, ssrc=ssrc, pt=pt)._replace(extensions=extensions)


def test_layers_are_known_by_mid_and_rid(teacher: Teacher) -> None:
    for ssrc, rid in ((11, b"q"), (12, b"h")):
        teacher.send(packet(ssrc, mid=b"1", rid=rid))
    teacher.send(packet(13, mid=b"2"))
    assert list(teacher.track("camera").sources) == ["q", "h"]
    assert list(teacher.track("content").sources) == [""]


def test_a_layer_once_known_needs_no_names_any_more(teacher: Teacher) -> None:
    teacher.send(packet(11, mid=b"1", rid=b"q"))
    teacher.send(packet(11)._replace(seq=2), 2.0)
    source = teacher.peer.sources[11]
    assert source.last_at == 2.0 and source.inlet.packets == 2


def test_a_new_layers_packets_that_were_read_together_are_of_one_layer(teacher: Teacher) -> None:
    for seq in (1, 2, 3):
        plain = build_rtp(packet(11, mid=b"1", rid=b"q")._replace(seq=seq))
        teacher.peer.meet(plain, 1.0)  # none of them was known when they were read
    assert list(teacher.peer.sources) == [11]
    assert teacher.peer.sources[11].inlet.packets == 3


def test_a_layer_begun_anew_takes_the_place_of_the_old_one(teacher: Teacher) -> None:
    teacher.send(packet(11, mid=b"1", rid=b"q"))
    teacher.send(packet(12, mid=b"1", rid=b"q"))
    assert list(teacher.peer.sources) == [12]
    teacher.send(packet(11, mid=b"1", rid=b"q")._replace(seq=2))
    assert list(teacher.peer.sources) == [11]


def test_a_client_without_mids_is_known_by_its_ssrcs_or_payload_types() -> None:
    offer = read_offer(text("chromium-teacher"))
    ssrc = offer.sections[0].ssrcs[0]
    plane = idle()
    peer = Peer(
        "hardware",
        offer,
        CERTIFICATE,
        plane=plane,
        speakers={},
        listener=Deaf(),
        dice=random.Random(1),
        now=0.0,
    )
    plain = Teacher(peer, plane)
    plain.send(packet(ssrc, b"\x78a", pt=0))
    plain.send(packet(99, b"\x78a", pt=111))
    assert {s.ssrc for s in plain.track("voice").sources.values()} == {99}
    plain.send(packet(98, pt=96))  # camera or content? nobody can tell
    assert 98 not in peer.sources


def test_resends_of_the_publisher_are_not_a_layer(teacher: Teacher) -> None:
    teacher.send(packet(21, pt=97, mid=b"1", repaired=b"q"))
    teacher.send(packet(22, pt=97, mid=b"1"))
    assert not teacher.peer.sources


def test_a_resend_mends_the_layer_it_names(teacher: Teacher) -> None:
    for seq in (1, 3):
        teacher.send(packet(11, mid=b"1", rid=b"q")._replace(seq=seq))
        teacher.send(packet(12, mid=b"1", rid=b"h")._replace(seq=seq))
    again = packet(21, b"\0\2" + KEY, pt=97, mid=b"1", repaired=b"h")
    teacher.send(again)
    assert [teacher.peer.sources[ssrc].inlet.has(2) for ssrc in (11, 12)] == [False, True]


def test_a_resend_without_a_name_mends_the_only_layer_there_is(teacher: Teacher) -> None:
    for seq in (1, 3):
        teacher.send(packet(11, mid=b"2")._replace(seq=seq))
    teacher.send(packet(21, b"\0\2" + KEY, pt=97, mid=b"2"))
    assert teacher.peer.sources[11].inlet.repaired == 1


def test_a_resend_is_known_by_the_offer() -> None:
    offer = read_offer(text("chromium-teacher"))
    camera = offer.sections[1]._replace(ssrcs=[11], repairs={21: 11})
    offer = offer._replace(sections=[offer.sections[0], camera, *offer.sections[2:]])
    hall = Hall()
    teacher = Teacher(hall.peer(offer=offer), hall.plane)
    for seq in (1, 3):
        teacher.send(packet(11)._replace(seq=seq))
    teacher.send(packet(21, b"\0\2" + KEY, pt=97))
    assert teacher.peer.sources[11].inlet.repaired == 1


def test_a_client_cannot_invent_layers_without_end(teacher: Teacher) -> None:
    for n in range(100):
        teacher.send(packet(100 + n, mid=b"1", rid=str(n).encode()))
    assert len(teacher.peer.sources) == SOURCES
    for n in range(100):
        teacher.send(packet(1000 + n, pt=97, mid=b"1", repaired=b"0"))
    assert len(teacher.peer._repairs) == SOURCES


def test_the_loudest_packet_counts(teacher: Teacher) -> None:
    for seq, level in enumerate((60, 20, 40)):
        voice = packet(5, b"\x78a", pt=111, mid=b"0", level=bytes([0x80 | level]))
        teacher.send(voice._replace(seq=seq))
    assert teacher.track("voice").loudest() == 20
    assert teacher.track("voice").loudest() == 127


def test_slots_are_counted_by_kind(teacher: Teacher) -> None:
    peer = teacher.peer
    sound, picture = peer.slot("audio", 0), peer.slot("video", 0)
    assert sound is not None and sound.form.kind == "audio"
    assert picture is not None and picture.form.kind == "video"
    assert peer.slot("video", 1) is None and peer.slot("video", -1) is None


def test_a_voice_that_comes_with_copies_goes_on_without_them_and_mended(teacher: Teacher) -> None:
    first = wrap(960, 111, b"\x78one", [(0, b"\x78none")])
    third = wrap(2880, 111, b"\x78three", [(1920, b"\x78two")])
    for seq, ts, body in ((1, 960, first), (3, 2880, third)):
        teacher.send(packet(11, body, 63, mid=b"0", level=b"\x1e")._replace(seq=seq, ts=ts))
    source = teacher.peer.sources[11]
    assert source.ssrc == 11 and source.inlet.ssrc != 11
    assert (source.inlet.packets, source.inlet.top - source.inlet.base) == (4, 3)
    assert source.inlet.loudest() == 0x1E
    teacher.send(packet(11, b"\x78plain", 111)._replace(seq=4, ts=3840))
    teacher.send(packet(11, b"\xff", 63)._replace(seq=5, ts=4800))
    assert source.inlet.packets == 5
    assert source.reception.block(5.0)[:4] == (11).to_bytes(4, "big")
