"""What the sequence header of AV1 says, beside what FFmpeg reads in it."""

import io
import subprocess

import av
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recorder import obu
from synclass.errors import Malformed

from . import studio


def first_sequence(unit: bytes) -> obu.Sequence:
    bare = next(bare for bare in studio.bare_obus(unit) if bare[0] >> 3 & 15 == obu.SEQUENCE)
    return obu.read_sequence(obu.read(bare))


def filed(unit: bytes) -> bytes:
    """The configuration record that FFmpeg writes into a file of this picture."""
    copy = ["-f", "obu", "-i", "pipe:0", "-c", "copy", "-f", "matroska", "pipe:1"]
    command = ["ffmpeg", "-v", "error", *copy]
    done = subprocess.run(command, input=unit, capture_output=True, check=True)
    with av.open(io.BytesIO(done.stdout), "r") as media:
        return bytes(media.streams.video[0].codec_context.extradata or b"")


@pytest.mark.parametrize("size", [(320, 240), (640, 360), (1280, 720), (1920, 1080)])
def test_a_files_head_says_what_ffmpegs_would(size: tuple[int, int]) -> None:
    (unit,) = studio.av1(1, size=size)
    found = first_sequence(unit)
    assert (found.width, found.height, found.still) == (*size, False)
    assert found.configuration == filed(unit)


class Writer:
    """Puts bits together, as a sequence header has them."""

    def __init__(self) -> None:
        self.bits = ""

    def put(self, *fields: tuple[int, int]) -> None:
        self.bits += "".join(f"{value:0{count}b}" for value, count in fields if count)

    def unit(self) -> obu.Unit:
        bits = self.bits + "1"
        bits += "0" * (-len(bits) % 8)
        return obu.Unit(obu.SEQUENCE, b"\x08", int(bits, 2).to_bytes(len(bits) // 8, "big"))


def test_a_sequence_of_a_professional_encoder_is_read_too() -> None:
    """With times, a model of the decoder, two operating points and 12 bits of 4:4:4."""
    w = Writer()
    w.put((2, 3), (0, 1), (0, 1), (1, 1), (1, 32), (25, 32), (1, 1), (0b00101, 5), (1, 1))
    w.put((9, 5), (1, 32), (9, 5), (9, 5), (1, 1), (1, 5))
    w.put((0x101, 12), (13, 5), (1, 1), (1, 1), (7, 10), (7, 10), (0, 1), (1, 1), (3, 4))
    w.put((0x100, 12), (5, 5), (0, 1), (0, 1))
    w.put((10, 4), (10, 4), (1919, 11), (1079, 11), (1, 1), (3, 4), (2, 3), (0, 3), (0, 4))
    w.put((1, 1), (0, 2), (0, 1), (1, 1), (0, 1), (1, 1), (6, 3), (0, 3))
    w.put((1, 1), (1, 1), (0, 1), (1, 1), (9, 8), (16, 8), (9, 8), (0, 1), (0, 1))
    found = obu.read_sequence(w.unit())
    assert (found.width, found.height) == (1920, 1080)
    assert found.configuration[:4] == bytes((0x81, 2 << 5 | 13, 0x80 | 0x60, 0))
    assert obu.mime(found.configuration) == "av01.2.13H.12"


@pytest.mark.parametrize(
    ("profile", "colours", "third", "name"),
    [
        (0, [(1, 1), (1, 1), (0, 1), (0, 1)], 0x5C, "av01.0.04M.10"),  # grey has no place
        (0, [(0, 1), (0, 1), (0, 1), (0, 1), (2, 2)], 0x0E, "av01.0.04M.08"),
        (1, [(0, 1), (1, 1), (1, 8), (13, 8), (0, 8)], 0x00, "av01.1.04M.08"),  # sRGB
        (1, [(1, 1), (0, 1), (0, 1)], 0x40, "av01.1.04M.10"),
        (2, [(1, 1), (0, 1), (0, 1), (0, 1), (0, 1)], 0x48, "av01.2.04M.10"),
        (
            2,
            [(1, 1), (1, 1), (0, 1), (0, 1), (0, 1), (1, 1), (1, 1), (1, 2)],
            0x6D,
            "av01.2.04M.12",
        ),
    ],
)
def test_colours_of_every_profile_are_told(
    profile: int, colours: list[tuple[int, int]], third: int, name: str
) -> None:
    w = Writer()
    w.put((profile, 3), (1, 1), (1, 1), (4, 5), (7, 4), (7, 4), (199, 8), (99, 8), (0, 3), (0, 3))
    w.put(*colours)
    found = obu.read_sequence(w.unit())
    assert (found.width, found.height, found.still) == (200, 100, True)
    assert found.configuration[2] == third
    assert obu.mime(found.configuration) == name


@given(st.binary(max_size=300), st.integers(1, 15), st.booleans())
def test_a_unit_with_its_size_is_the_same_unit(payload: bytes, kind: int, layered: bool) -> None:
    head = bytes((kind << 3 | layered << 2,)) + (b"\x28" if layered else b"")
    unit = obu.read(head + payload)
    assert unit == obu.Unit(kind, head, payload)
    assert obu.read(obu.sized(unit)) == unit
    assert obu.read(obu.sized(unit) + b"more") == unit


@given(st.binary(max_size=40))
def test_any_bytes_are_a_sequence_or_malformed(payload: bytes) -> None:
    try:
        found = obu.read_sequence(obu.Unit(obu.SEQUENCE, b"\x08", payload))
    except Malformed:
        return
    assert found.width > 0 and obu.mime(found.configuration)
