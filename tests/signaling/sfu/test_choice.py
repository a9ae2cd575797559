"""A publisher is answered with what everybody here can decode, and of that with what it likes."""

import re
from collections.abc import Collection

import pytest

from signaling.sfu.choice import choose, keep, tastes
from signaling.sfu.codecs import Codec
from signaling.sfu.sdp import Offer, read_offer
from synclass.errors import Refused

from .test_lesson import Room
from .test_sdp import only, text

OLD: Collection[Codec] = {"VP8", "H264"}
NEW: Collection[Codec] = {"VP8", "H264", "VP9", "AV1"}


def prefers(*codecs: str) -> Offer:
    """Chromium's offer with these codecs for its pictures, in this order, and no others."""
    offer = text("chromium-viewer").replace("a=recvonly", "a=sendonly")
    numbers = {"VP8": 96, "VP9": 98, "AV1": 45}
    wanted = " ".join(str(numbers[codec]) for codec in codecs)
    return read_offer(re.sub(r"(m=video \d+ \S+) .*", rf"\1 {wanted}", offer))


def camera(offer: Offer) -> Codec:
    return next(s.formats[0].codec for s in offer.sections if s.track == "camera")


@pytest.mark.parametrize(
    ("offered", "rooms", "chosen"),
    [
        (("VP8", "VP9", "AV1"), [NEW, NEW], "VP8"),
        (("VP9", "VP8"), [NEW, NEW], "VP9"),
        (("VP9", "VP8"), [NEW, OLD], "VP8"),
        (("AV1", "VP9", "VP8"), [NEW, {"VP8", "VP9"}], "VP9"),
        (("AV1", "VP9"), [OLD, {"VP9"}], "VP9"),
        (("AV1",), [OLD], "AV1"),
        (("AV1", "VP8"), [], "AV1"),
    ],
)
def test_what_all_can_decode_goes_before_what_its_sender_likes(
    offered: tuple[str, ...], rooms: list[Collection[Codec]], chosen: str
) -> None:
    assert camera(choose(prefers(*offered), rooms)) == chosen


def test_a_choice_holds_when_who_is_here_has_changed() -> None:
    room, offer = Room(), prefers("VP9", "VP8")
    room.join("old", "chromium-viewer")
    teacher = room.join("wang", offer=choose(offer, [OLD]))
    again = keep(offer, teacher)
    assert camera(again) == "VP8" and again.shape() == offer.shape()
    with pytest.raises(Refused) as refused:
        keep(prefers("VP9"), teacher)
    assert refused.value.code == "sections-changed"


def test_whoever_is_shown_pictures_is_asked_but_not_their_publisher_herself() -> None:
    room = Room()
    room.join("wang", "chromium-viewer")
    old = read_offer(only("VP8", text("chromium-viewer")))
    room.join("caoxing", offer=old)
    room.join("encoder", offer=prefers("VP9"))
    peers = room.lesson.peers.values()
    assert [set(taste) for taste in tastes(peers, "wang#whip-1")] == [{"VP8"}]
    assert [set(taste) for taste in tastes(peers, "caoxing")] == [NEW]
