"""Of a damaged stream only whole, decodable pictures go on."""

import random
from collections.abc import Callable
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from recorder.av1 import Av1
from recorder.frames import ASK_AGAIN, KEYFRAME_EVERY, Frame, PictureCodec, Pictures, Sounds
from recorder.h264 import H264
from recorder.jitter import Arrived, Jitter
from recorder.rtp import Packet, parse
from recorder.vp8 import Vp8
from recorder.vp9 import Vp9

from . import studio

CODECS: dict[str, Callable[[], PictureCodec]] = {"VP8": Vp8, "H264": H264, "VP9": Vp9, "AV1": Av1}


@cache
def stream_of(codec: str) -> list[tuple[float, bytes]]:
    return studio.packets(codec, 40, key_every=10, size=(640, 480))


def feed(pictures: Pictures, packets: list[tuple[float, bytes]]) -> list[Frame]:
    jitter, out = Jitter(), []
    for at, data in packets:
        jitter.put(at, parse(data))
        for item in jitter.take(at):
            out += pictures.feed(item)
    for item in jitter.take(1e9):
        out += pictures.feed(item)
    return out


@given(st.randoms(use_true_random=False), st.floats(0.005, 0.3), st.sampled_from([*CODECS]))
@settings(max_examples=120)
def test_loss_and_disorder_never_let_a_damaged_picture_through(
    chance: random.Random, loss: float, codec: str
) -> None:
    stream = stream_of(codec)
    whole = feed(Pictures(CODECS[codec]()), stream)
    assert len(whole) == 40
    kept = [p for p in stream if chance.random() > loss]
    late = sorted((at + chance.choice([0, 0, 0, 0.1]), data) for at, data in kept)
    found = feed(Pictures(CODECS[codec]()), late)
    places = [(frame.rtp - whole[0].rtp) // 3600 for frame in found]
    assert places == sorted(set(places))
    for place, frame in zip(places, found, strict=True):
        refers = place % 10 != 0
        assert frame.data == whole[place].data
        assert (frame.setup is None) == refers
        assert not refers or place - 1 in places


parts = st.lists(st.tuples(st.binary(max_size=40), st.booleans()), max_size=30)


@given(parts, st.sampled_from([*CODECS]))
@settings(max_examples=400)
def test_garbage_is_survived(parts: list[tuple[bytes, bool]], codec: str) -> None:
    pictures = Pictures(CODECS[codec]())
    sounds = Sounds()
    for n, (payload, marker) in enumerate(parts):
        item = Arrived(0, Packet(n, n // 3, 1, marker, payload))
        pictures.feed(item)
        sounds.feed(item)


def test_a_key_frame_is_wanted_at_the_start_after_a_loss_and_every_ten_seconds() -> None:
    pictures, stream = Pictures(Vp8()), stream_of("VP8")
    assert pictures.wants_keyframe(0)
    assert not pictures.wants_keyframe(ASK_AGAIN / 2)
    assert pictures.wants_keyframe(ASK_AGAIN)
    feed(pictures, stream)
    keyed_at = 30 * 0.04
    assert not pictures.wants_keyframe(keyed_at + KEYFRAME_EVERY - 0.1)
    assert pictures.wants_keyframe(keyed_at + KEYFRAME_EVERY)
    feed(pictures, stream[:1])
    pictures.rest()
    assert pictures.wants_keyframe(keyed_at + KEYFRAME_EVERY + ASK_AGAIN)


def test_a_probe_of_padding_is_no_picture() -> None:
    pictures, (at, data) = Pictures(Vp8()), stream_of("VP8")[0]
    pictures.feed(Arrived(at, parse(data)))
    assert pictures.feed(Arrived(at, Packet(1, 5, 7, True, b""))) == []
