"""Offers of real browsers, and offers of nobody."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
    assert {form.codec for form in offer.sections[2].formats} == {"VP8", "H264"}


def test_a_firefox_that_bundles_is_not_refusing() -> None:
    offer = read_offer(text("firefox-teacher"))
    assert [section.use for section in offer.sections] == ["up", "up", "down", "down"]


def test_a_stopped_section_is_refused_and_a_data_channel_too() -> None:
    stopped = text("firefox-teacher").replace("a=bundle-only\r\na=recvonly", "a=recvonly")
    data = "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\na=mid:9\r\n"
    uses = [section.use for section in read_offer(stopped + data).sections]
    assert uses == ["up", "up", "refused", "refused", "refused"]


def test_of_h264_only_constrained_baseline_in_mode_one_is_taken() -> None:
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
        ("no-codec", "VP8/90000", "VP9/90000"),
        ("no-fingerprint", "a=fingerprint:sha-256 4A", "a=fingerprint:sha-1 4A"),
        ("no-fingerprint", "a=fingerprint:sha-256 4A", "a=fingerprint:sha-256 4G"),
        ("dtls-role", "a=setup:actpass", "a=setup:passive"),
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
