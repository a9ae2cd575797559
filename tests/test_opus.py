"""How long an Opus packet sounds; merging and splitting that nobody can hear."""

import os
import random
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synclass import opus
from synclass.errors import Malformed
from synclass.opus import FRAME, LONGEST, duration, merge, pack, parse, split

from .signaling.sfu.speech import heard, spoken

ROUNDS = 10**6 if os.environ.get("SYNCLASS_PROOF") else 2 * 10**5
HYBRID = 0x78  # 20 ms, mono
FRAMES = st.lists(st.binary(max_size=300), min_size=1, max_size=6)


@pytest.mark.parametrize(
    ("payload", "units"),
    [
        (b"", FRAME),
        (b"\x78", 960),  # hybrid, 20 ms, one frame
        (b"\x18", 2880),  # SILK, 60 ms
        (b"\xe0", 120),  # CELT, 2.5 ms
        (b"\x79", 1920),  # two frames
        (b"\x7b\x03", 2880),  # three frames of 20 ms: what we merge for weak rooms
    ],
)
def test_a_packet_sounds_as_long_as_it_says(payload: bytes, units: int) -> None:
    assert duration(payload) == units


@given(st.binary(max_size=4))
def test_no_packet_is_longer_than_opus_allows(payload: bytes) -> None:
    assert 0 < duration(payload) <= LONGEST


@pytest.mark.parametrize("rate", [48000, 16000])
@pytest.mark.parametrize("count", [2, 3, 6])
def test_a_merged_voice_is_the_same_voice_bit_for_bit(count: int, rate: int) -> None:
    voice = spoken(rate=rate)[: 390 // count * count]
    merged: list[bytes] = []
    whole = 0
    for at in range(0, len(voice), count):
        group = voice[at : at + count]
        one = merge(group, b"ink for the board")
        merged += [one] if one else group
        whole += one is not None
        assert one is None or split(one) == list(group)
    assert whole > 0.9 * len(voice) / count
    assert heard(merged) == heard(voice)


@given(frames=FRAMES, toc=st.sampled_from([HYBRID, 0x48, 0x08, 0xF8, 0x7C]), ink=st.binary())
def test_what_was_packed_is_found_again(frames: list[bytes], toc: int, ink: bytes) -> None:
    assert parse(pack(toc, frames, ink)) == (toc, tuple(frames), ink)


@pytest.mark.parametrize("size", [1, 253, 254, 255, 508, 509, 700])
def test_padding_of_every_length_is_found_again(size: int) -> None:
    assert parse(pack(HYBRID, [b"a", b"bb"], bytes(size))).padding == bytes(size)


@pytest.mark.parametrize("size", [251, 252, 255, 256, 1275])
def test_frames_of_every_length_are_found_again(size: int) -> None:
    assert parse(pack(HYBRID, [bytes(size), b"x", b""])).frames == (bytes(size), b"x", b"")


def test_packets_are_as_small_as_can_be() -> None:
    three = [pack(HYBRID, [bytes(n)]) for n in (40, 41, 42)]
    merged = merge(three)
    assert merged is not None and len(merged) == sum(map(len, three)) + 1
    with_ink = merge(three, b"0123456789")
    assert with_ink is not None and len(with_ink) == len(merged) + 11


def test_voices_of_two_kinds_are_not_merged() -> None:
    assert merge([pack(HYBRID, [b"a"]), pack(0xF8, [b"b"])]) is None


def test_no_more_than_opus_allows_is_merged() -> None:
    assert merge([pack(HYBRID, [b"a"])] * 6) is not None
    assert merge([pack(HYBRID, [b"a"])] * 7) is None


@pytest.mark.parametrize(
    "packet",
    [
        b"",
        b"\x79abc",  # two of one size in three bytes
        b"\x7a\x05ab",  # the first is longer than all
        b"\x7b",  # no count
        b"\x7b\x00",  # no frames
        b"\x7b\x07" + bytes(7),  # 140 ms
        b"\x7b\x02abc",  # the same, counted
        b"\x7b\x82\x09a",  # longer than its packet
        b"\x7b\x41\xff\xff",  # padding that never ends
        b"\x7b\x41\x05a",  # more padding than packet
        b"\x78" + bytes(1276),
    ],
)
def test_a_packet_no_decoder_would_take_is_named(packet: bytes) -> None:
    with pytest.raises(Malformed):
        parse(packet)


def test_garbage_is_either_a_packet_or_malformed() -> None:
    dice = random.Random(4)
    taken = 0
    for _ in range(ROUNDS):
        garbage = dice.randbytes(dice.randrange(60))
        with suppress(Malformed):
            parts = parse(garbage)
            assert parse(pack(*parts)) == parts
            taken += 1
    assert taken > ROUNDS / 10


@given(st.binary(max_size=80))
def test_a_decoder_agrees_about_how_long_it_is(payload: bytes) -> None:
    with suppress(Malformed):
        parts = parse(payload)
        assert parts.length == duration(payload) and parts.length <= opus.LONGEST
