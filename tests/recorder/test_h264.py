"""H.264's NAL units are put together as RFC 6184 says, and the picture's size is read."""

import time

import pytest

from recorder.h264 import H264, _aggregated
from synclass.errors import Malformed

from . import studio


@pytest.mark.parametrize("size", [(320, 240), (640, 360), (1280, 720), (1920, 1080), (426, 240)])
def test_the_size_of_a_picture_is_read_from_its_parameter_set(size: tuple[int, int]) -> None:
    (frame,) = studio.h264(1, size=size)
    picture = H264().picture([payload for payload, _ in studio.h264_payloads(frame)])
    assert picture.setup is not None
    assert (picture.setup.width, picture.setup.height) == size


def test_a_camera_may_send_its_parameter_sets_only_once() -> None:
    coder = H264()
    (frame,) = studio.h264(1)
    first = coder.picture([payload for payload, _ in studio.h264_payloads(frame)])
    again = coder.picture([b"\x65\x88" + b"x" * 50])
    assert again.setup == first.setup
    with pytest.raises(Malformed):
        H264().picture([b"\x65\x88" + b"x" * 50])


@pytest.mark.parametrize(
    "payloads",
    [
        [b"\x7c"],
        [b"\x7c\x05x"],
        [b"\x7c\x85x"],
        [b"\x7c\x85x", b"\x41y"],
        [b"\x7c\x85x", b"\x7c\x85x"],
        [b"\x78\x00\x09x"],
        [b"\x78\x00\x00"],
        [b"\x79xxx"],
        [b"\x41\x10 the second slice"],
        [b"\x00x"],
        [b"\x67\x42\x00\x1f"],
    ],
)
def test_a_broken_picture_is_refused(payloads: list[bytes]) -> None:
    with pytest.raises(Malformed):
        H264().picture(payloads)


@pytest.mark.parametrize("which", ["all zeros", "a true one that goes on", "for pictures"])
def test_a_parameter_set_that_never_ends_holds_up_no_other_lesson(which: str) -> None:
    """It comes in fragments, as long as its sender likes."""
    (frame,) = studio.h264(1)
    payloads = [payload for payload, _ in studio.h264_payloads(frame)]
    true = next(iter(_aggregated(payloads[0])))
    begins = {"all zeros": b"\x67", "a true one that goes on": true, "for pictures": b"\x68"}
    endless = studio.fragments(begins[which] + bytes(70_000))
    took = []
    for _ in range(3):
        began = time.process_time()
        with pytest.raises(Malformed):
            H264().picture([payloads[0], *endless, *payloads[1:]])
        took.append(time.process_time() - began)
    assert min(took) < 0.05
