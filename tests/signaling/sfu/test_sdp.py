"""Offers of real browsers, and offers of nobody."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signaling.sfu.orders import Way
from signaling.sfu.sdp import LARGEST, MID, RID, SECTIONS, read_offer
from synclass.errors import Refused

OFFERS = Path(__file__).parent / "offers"


def text(name: str) -> str:
    return (OFFERS / f"{name}.sdp").read_text().replace("\n", "\r\n")


@pytest.mark.parametrize("browser", ["chromium", "firefox"])
def test_a_teachers_tracks_get_their_names(browser: str) -> None:
    offer = read_offer(text(f"{browser}-teacher"))
    named = [(section.kind, section.track) for section in offer.sections if section.use == "up"]
    assert named[:2] == [("audio", "voice"), ("video", "camera")]
    camera = offer.sections[1]
    assert camera.rids == ["q", "h", "f"]
    assert camera.formats[0].codec == "VP8" and camera.formats[0].rtx
    assert camera.extensions[MID] and camera.extensions[RID]
    assert len(offer.fingerprint) == 95 and offer.ufrag


def test_a_screen_is_the_second_video() -> None:
    offer = read_offer(text("chromium-teacher"))
    assert [section.track for section in offer.sections] == [
        "voice",
        "camera",
        "content",
        None,
        None,
    ]


def test_a_room_asks_for_its_slots() -> None:
    offer = read_offer(text("chromium-viewer"))
    assert [section.kind for section in offer.sections] == ["audio"] * 2 + ["video"] * 5
    assert {section.use for section in offer.sections} == {"down"}
    assert {form.codec for form in offer.sections[2].formats} == {"VP8", "H264", "VP9", "AV1"}


def test_a_firefox_that_bundles_is_not_refusing() -> None:
    offer = read_offer(text("firefox-teacher"))
    assert [section.use for section in offer.sections] == ["up", "up", "down", "down"]


def test_a_stopped_section_is_refused_and_a_data_channel_too() -> None:
    stopped = text("firefox-teacher").replace("a=bundle-only\r\na=recvonly", "a=recvonly")
    data = "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\na=mid:9\r\n"
    uses = [section.use for section in read_offer(stopped + data).sections]
    assert uses == ["up", "up", "refused", "refused", "refused"]


def test_of_h264_constrained_baseline_in_mode_one_is_preferred() -> None:
    offer = text("chromium-viewer")
    maps = [form.fmtp for form in read_offer(offer).sections[2].formats if form.codec == "H264"]
    assert len(maps) == 1
    assert "packetization-mode=1" in maps[0] and "profile-level-id=42e01f" in maps[0].lower()


def test_a_room_that_takes_copies_inside_packets_is_known() -> None:
    def red(name: str) -> int:
        sections = read_offer(text(name)).sections
        return next(s.formats[0].red for s in sections if s.kind == "audio" and s.use == "down")

    assert red("chromium-viewer") == 63
    assert red("firefox-teacher") == 0


def test_a_publisher_on_a_thin_line_says_so() -> None:
    offer = text("chromium-teacher")
    assert not read_offer(offer).sections[0].thin
    thin = offer.replace("a=rtpmap:111", "a=ptime:60\r\na=rtpmap:111", 1)
    assert read_offer(thin).sections[0].thin


def h264(offer: str, fmtp: str) -> str:
    """The offer with H.264 in this one form, and no other picture."""
    return only("H264", re.sub(r"(a=fmtp:\d+ ).*profile-level-id.*", rf"\1{fmtp}", offer))


def only(codec: str, offer: str) -> str:
    """The offer without any other codec for pictures that we know."""
    others = "|".join({"VP8", "VP9", "H264", "AV1"} - {codec})
    return re.sub(rf" (?:{others})/90000", " strange/90000", offer)


@pytest.mark.parametrize(
    ("codec", "other", "main"),
    [
        ("VP9", "profile-id=2", ("profile-id=0", "x-google-max-bitrate=500")),
        ("AV1", "level-idx=5;profile=1;tier=0", ("level-idx=5;profile=0;tier=0", "tier=0")),
    ],
)
def test_of_vp9_and_av1_the_main_profile_is_taken_and_no_other(
    codec: str, other: str, main: tuple[str, ...]
) -> None:
    offer = re.sub(
        r"(a=fmtp:\d+ )(?:profile-id|level-idx).*", rf"\1{other}", text("chromium-viewer")
    )
    with pytest.raises(Refused, match=f"one of VP8, H264, VP9, AV1; offered was .*{codec}"):
        read_offer(only(codec, offer))
    for said in main:
        forms = read_offer(only(codec, offer.replace(other, said))).sections[2].formats
        assert [(form.codec, form.fmtp) for form in forms] == [(codec, said)]
        assert forms[0].rtx


def test_of_two_profiles_of_vp9_the_main_one_is_found() -> None:
    formats = read_offer(text("chromium-viewer")).sections[2].formats
    maps = {form.codec: form.fmtp for form in formats}
    assert maps["VP9"] == "profile-id=0" and "profile=0" in maps["AV1"]
    assert formats[0].codec == "VP8", "browsers like it best"


@pytest.mark.parametrize(
    ("fmtp", "sends", "takes"),
    [
        ("packetization-mode=1;profile-level-id=640028", True, True),
        ("packetization-mode=1;profile-level-id=4d0028", True, True),
        ("packetization-mode=1", True, True),
        ("profile-level-id=42e01f", True, False),
    ],
)
def test_an_encoder_may_send_h264_that_a_slot_could_not_take(
    fmtp: str, sends: bool, takes: bool
) -> None:
    viewer = text("chromium-viewer")
    for offered, can in ((viewer.replace("recvonly", "sendonly"), sends), (viewer, takes)):
        offer = h264(offered, fmtp)
        if can:
            forms = [s.formats for s in read_offer(offer).sections if s.kind == "video"]
            assert all(form[0].codec == "H264" and form[0].fmtp == fmtp for form in forms)
        else:
            with pytest.raises(Refused, match="H264"):
                read_offer(offer)


def test_who_can_only_be_called_is_known() -> None:
    offer = text("chromium-teacher")
    assert not read_offer(offer).passive
    assert read_offer(offer.replace("a=setup:actpass", "a=setup:passive")).passive


def test_a_player_that_says_sendrecv_means_to_receive() -> None:
    offer = text("chromium-viewer").replace("a=recvonly", "a=sendrecv")
    assert {section.use for section in read_offer(offer, "whep").sections} == {"down"}
    assert "up" in {section.use for section in read_offer(offer).sections}


@pytest.mark.parametrize(("way", "name"), [("whip", "viewer"), ("whep", "teacher")])
def test_an_offer_of_the_wrong_direction_is_told_so(way: Way, name: str) -> None:
    offer = text(f"chromium-{name}")
    if way == "whep":
        offer = offer.replace("a=recvonly", "a=inactive")
    with pytest.raises(Refused) as refused:
        read_offer(offer, way)
    assert refused.value.code == "no-track"


@pytest.mark.parametrize(
    ("code", "old", "new"),
    [
        ("sdp-nonsense", "v=0", "x=0"),
        ("sdp-nonsense", "a=mid:1", "a=mid:0"),
        ("sdp-nonsense", "a=mid:1", "a=mid:1 a=x"),
        ("sdp-nonsense", "a=rtcp-mux", "a=rtcp-what"),
        ("sdp-nonsense", "a=rtpmap:120", "a=rtpmap:hundred"),
        ("sdp-nonsense", "a=ice-ufrag", "a=ice-what"),
        ("no-codec", "opus/48000/2", "speex/8000"),
        ("no-codec", "VP8/90000", "H265/90000"),
        ("no-fingerprint", "a=fingerprint:sha-256 4A", "a=fingerprint:sha-1 4A"),
        ("no-fingerprint", "a=fingerprint:sha-256 4A", "a=fingerprint:sha-256 4G"),
        ("no-bundle", "a=group:BUNDLE 0 1", "a=group:BUNDLE 0"),
        ("no-bundle", "a=group:BUNDLE", "a=group:LS"),
        ("sdp-too-large", "t=0 0", "t=0 0\r\na=" + "x" * LARGEST),
        ("too-many-sections", "t=0 0", "t=0 0" + "\r\nm=audio 9 x 1" * SECTIONS),
    ],
)
def test_an_offer_we_cannot_take_is_refused_with_its_reason(code: str, old: str, new: str) -> None:
    offer = text("firefox-teacher")
    assert old in offer
    with pytest.raises(Refused) as refused:
        read_offer(offer.replace(old, new))
    assert refused.value.code == code


@given(st.data())
def test_a_mangled_offer_is_read_or_refused(data: st.DataObject) -> None:
    lines = text("firefox-teacher").split("\r\n")
    for _ in range(data.draw(st.integers(1, 5))):
        at = data.draw(st.integers(0, len(lines) - 1))
        cut = data.draw(st.integers(0, len(lines[at])))
        lines[at] = lines[at][:cut] + data.draw(st.text(max_size=5))
    try:
        read_offer("\r\n".join(lines))
    except Refused as refused:
        assert refused.code
