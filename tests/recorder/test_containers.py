"""What every kind of media file promises to those who write, mend and show recordings."""

from itertools import pairwise

import pytest

from recorder.containers import Cluster, Container
from recorder.formats import BY_CODEC
from recorder.frames import Setup
from recorder.h264 import configuration
from recorder.lines import Block
from synclass.tape import Codec

SETUPS: dict[Codec, Setup] = {
    "opus": Setup("opus", channels=1),
    "VP8": Setup("VP8", 320, 240),
    "H264": Setup("H264", 320, 240, private=configuration(b"\x67\x42\xc0\x1fxx", b"\x68yy")),
    "VP9": Setup("VP9", 320, 240),
    "AV1": Setup("AV1", 320, 240, private=b"\x81\x05\x0c\x00\x0a\x01\x00"),
}
LASTS = 40  # ms
BEGINS = (70_000, 70_280, 70_560)


@pytest.fixture(params=SETUPS)
def setup(request: pytest.FixtureRequest) -> Setup:
    codec: Codec = request.param
    return SETUPS[codec]


@pytest.fixture
def form(setup: Setup) -> Container:
    return BY_CODEC[setup.codec]


def blocks(begin: int, setup: Setup, *, key: bool) -> list[Block]:
    """Seven frames; a sound may be begun with anywhere, a picture where it is a key frame."""
    sound = setup.codec == "opus"
    keys = [sound or (key and n == 0) for n in range(7)]
    return [
        Block(begin + LASTS * n, LASTS, bytes([n]) * 50, setup if keys[n] else None)
        for n in range(7)
    ]


def written(form: Container, setup: Setup) -> tuple[bytes, list[Cluster]]:
    """A file of three clusters, and what its writer knows of them."""
    data, known = form.head(setup), []
    for n, begin in enumerate(BEGINS):
        group = blocks(begin, setup, key=n != 1)
        part = form.cluster(group)
        key = group[0].setup is not None
        known.append(Cluster(begin, begin + 7 * LASTS, len(data), len(data) + len(part), key))
        data += part
    return data, known


def test_what_was_written_is_found_again_in_the_file_itself(form: Container, setup: Setup) -> None:
    data, known = written(form, setup)
    head = form.head_size(memoryview(data))
    assert data[:head] == form.head(setup)
    assert form.clusters(memoryview(data), head) == known
    assert [b.offset - a.end for a, b in pairwise(known)] == [0, 0]


def test_a_file_is_open_until_its_head_is_filled_in_place(form: Container, setup: Setup) -> None:
    data, known = written(form, setup)
    head = form.head(setup)
    filled, index = form.ending(head, known, len(data))
    bare = form.ending_without_index(head, known, len(data))
    assert len(filled) == len(bare) == len(head)
    assert [form.is_finished(start) for start in (head, filled, bare)] == [False, True, True]
    whole = memoryview(filled + data[len(head) :] + index)
    assert form.head_size(whole) == len(head)
    assert form.clusters(whole, len(head)) == known  # the index is not taken for a cluster


def test_what_a_player_must_be_told_is_found_in_the_head(form: Container, setup: Setup) -> None:
    assert form.mime(form.read_setup(form.head(setup))) == form.mime(setup)


def test_nothing_is_found_where_nothing_is(form: Container) -> None:
    for start in (b"", b"\0" * 4096, b"\xff" * 4096):
        assert form.head_size(memoryview(start)) == 0
        assert form.clusters(memoryview(start), 0) == []
