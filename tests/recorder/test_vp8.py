"""VP8's payload descriptors and key frames are read as RFC 7741 and RFC 6386 say."""

import pytest

from recorder.frames import Setup
from recorder.vp8 import Vp8
from synclass.errors import Malformed

from . import studio

KEY = bytes([0x10, 0, 0]) + b"\x9d\x01\x2a" + b"\x40\x01\xf0\x00" + b"rest"


@pytest.mark.parametrize(
    "descriptor",
    [
        b"\x10",
        b"\x90\x00",
        b"\x90\x80\x05",
        b"\x90\x80\x85\x05",
        b"\x90\xf0\x85\x05\x01\x20",
        b"\x90\x20\x40",
    ],
)
def test_a_key_frame_is_found_behind_any_descriptor(descriptor: bytes) -> None:
    picture = Vp8().picture([descriptor + KEY])
    assert picture.data == KEY
    assert picture.setup == Setup("VP8", 320, 240)


def test_what_the_encoder_made_is_what_comes_out_of_its_packets() -> None:
    for n, frame in enumerate(studio.vp8(5, size=(640, 480))):
        payloads = [payload for payload, _ in studio.vp8_payloads(frame, n)]
        assert Vp8().picture(payloads).data == frame


@pytest.mark.parametrize(
    "payloads",
    [
        [b"\x90"],
        [b"\x90\xf0\x85\x05\x01"],
        [b"\x10"],
        [b"\x10" + KEY[:8]],
        [b"\x10" + KEY, b"\x10" + KEY],
        [b"\x10" + KEY.replace(b"\x9d", b"\x9e")],
        [b"\x10" + KEY.replace(b"\x40\x01", b"\x00\x00")],
    ],
)
def test_a_broken_picture_is_refused(payloads: list[bytes]) -> None:
    with pytest.raises(Malformed):
        Vp8().picture(payloads)
