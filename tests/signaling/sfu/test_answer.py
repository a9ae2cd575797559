"""The one answer, line by line."""

from aiortc.sdp import SessionDescription

from signaling.sfu.answer import Door, write_answer, write_fragment
from signaling.sfu.sdp import read_offer

from .test_sdp import text

DOOR = Door(["10.99.0.1", "192.0.2.7"], 5000, "AB:CD")


def answer(name: str, change: tuple[str, str] = ("", "")) -> str:
    offer = read_offer(text(name).replace(*change))
    slots = {s.mid: (100 + n, 200 + n) for n, s in enumerate(offer.sections)}
    return write_answer(offer, DOOR, ufrag="us", pwd="secret", slots=slots)


def sections(sdp: str) -> list[list[str]]:
    return [part.split("\r\n") for part in sdp.split("\r\nm=")[1:]]


def test_the_answer_mirrors_the_offer() -> None:
    for name in ("chromium-teacher", "chromium-viewer", "firefox-teacher"):
        offered, said = read_offer(text(name)), SessionDescription.parse(answer(name))
        assert [m.rtp.muxId for m in said.media] == [s.mid for s in offered.sections]
        assert [m.kind for m in said.media] == [s.kind for s in offered.sections]
        turned = {"up": "recvonly", "down": "sendonly"}
        assert [m.direction for m in said.media] == [turned[s.use] for s in offered.sections]
        assert all(m.port == 5000 and m.rtcp_mux for m in said.media)
        assert said.media[0].ice and said.media[0].ice.iceLite


def test_every_address_is_offered_once_best_first() -> None:
    lines = answer("chromium-teacher").split("\r\n")
    candidates = [line.split() for line in lines if line.startswith("a=candidate:")]
    assert [words[4] for words in candidates] == ["10.99.0.1", "192.0.2.7"]
    assert int(candidates[0][3]) > int(candidates[1][3])


def test_layers_are_taken_up_and_slots_are_announced() -> None:
    _, camera, slot, *_ = sections(answer("firefox-teacher"))
    assert "a=simulcast:recv q;h;f" in camera and "a=rid:f recv" in camera
    assert "a=ssrc:102 cname:room" in slot
    video = sections(answer("firefox-teacher"))[3]
    assert "a=ssrc-group:FID 103 203" in video and "a=msid:slot3 slot3" in video


def test_a_camera_gets_one_codec_and_a_slot_all_we_forward() -> None:
    camera = sections(answer("chromium-teacher"))[1]
    assert camera[0] == "video 5000 UDP/TLS/RTP/SAVPF 96 97"
    slot = sections(answer("chromium-viewer"))[2]
    assert any("VP8" in line for line in slot) and any("H264" in line for line in slot)


def test_what_would_break_something_is_not_said() -> None:
    for name in ("chromium-teacher", "firefox-teacher"):
        said = answer(name)
        assert "transport-cc" not in said and "transport-wide-cc" not in said
        assert said.count("a=fingerprint:") == said.count("a=fingerprint:sha-256 AB:CD")


def test_sound_is_repaired_where_the_page_asks_for_it() -> None:
    assert "a=rtcp-fb:109 nack" not in answer("firefox-teacher")
    asked = ("opus/48000/2", "opus/48000/2\r\na=rtcp-fb:109 nack")
    assert answer("firefox-teacher", asked).count("a=rtcp-fb:109 nack\r\n") == 2


def test_a_refused_section_stays_out_of_the_bundle() -> None:
    said = answer("firefox-teacher", ("a=bundle-only\r\na=recvonly", "a=recvonly"))
    assert "a=group:BUNDLE 0 1\r\n" in said
    assert sections(said)[2][0] == "audio 0 UDP/TLS/RTP/SAVPF 0"


def test_a_slot_may_get_copies_inside_its_packets_where_the_browser_takes_them() -> None:
    slot = sections(answer("chromium-viewer"))[0]
    assert slot[0] == "audio 5000 UDP/TLS/RTP/SAVPF 63 111"
    assert {"a=rtpmap:63 red/48000/2", "a=fmtp:63 111/111"} <= set(slot)
    assert "red/48000" not in answer("firefox-teacher")


def test_a_voice_on_a_thin_line_is_told_to_send_long_packets_of_few_bits() -> None:
    voice = sections(answer("chromium-teacher"))[0]
    assert "a=fmtp:111 minptime=10;useinbandfec=1;maxaveragebitrate=20000" in voice
    thin = ("a=rtpmap:111", "a=ptime:60\r\na=rtpmap:111")
    voice, _, _, slot, *_ = sections(answer("chromium-teacher", thin))
    assert {
        "a=ptime:60",
        "a=fmtp:111 minptime=10;useinbandfec=1;maxaveragebitrate=16000;usedtx=1",
    } <= set(voice)
    assert "a=ptime:60" not in slot and "a=fmtp:111 minptime=10;useinbandfec=1" in slot


def test_a_stock_client_finds_the_way_in_every_section_and_one_stream() -> None:
    offer = read_offer(text("chromium-viewer"), "whep")
    slots = {s.mid: (100 + n, 200 + n) for n, s in enumerate(offer.sections)}
    said = write_answer(offer, DOOR, ufrag="us", pwd="secret", slots=slots, stock=True)
    for section in sections(said):
        assert len([line for line in section if line.startswith("a=candidate:")]) == 2
        assert [line.split()[0] for line in section if "msid" in line] == ["a=msid:lesson"]


def test_who_can_only_be_called_is_called() -> None:
    assert set(_roles(answer("chromium-viewer"))) == {"a=setup:passive"}
    called = answer("chromium-viewer", ("a=setup:actpass", "a=setup:passive"))
    assert set(_roles(called)) == {"a=setup:active"}


def _roles(sdp: str) -> list[str]:
    return [line for line in sdp.split("\r\n") if line.startswith("a=setup:")]


def test_who_offers_no_bundle_is_answered_without_one() -> None:
    head, audio = text("firefox-teacher").split("m=")[:2]
    alone = head.replace("a=group:BUNDLE", "a=group:LS") + "m=" + audio
    offer = read_offer(alone, "whip")
    assert not offer.bundled
    assert "BUNDLE" not in write_answer(offer, DOOR, ufrag="us", pwd="secret", slots={})


def test_a_restart_is_told_in_the_lines_about_ice_alone() -> None:
    offer = read_offer(text("firefox-teacher"), "whip")
    said = write_fragment(offer, DOOR, ufrag="us", pwd="secret").split("\r\n")
    assert said[0] == "a=ice-lite" and said[1].startswith("a=group:BUNDLE 0 1")
    assert said[2].startswith("m=audio 5000 UDP/TLS/RTP/SAVPF ")
    assert said[3:6] == ["a=mid:0", "a=ice-ufrag:us", "a=ice-pwd:secret"]
    assert len([line for line in said if line.startswith("a=candidate:")]) == 2
