"""A WebM file is whole after each cluster, and no damage makes the reader stumble."""

import io

import av
import pytest

from recorder import webm
from recorder.frames import Setup
from recorder.lines import Block

SOUND, PICTURE = Setup("opus", channels=1), Setup("VP8", 320, 240)


def sounds(begin: int) -> list[Block]:
    return [Block(begin + 20 * n, 20, b"\xf8\xff\xfe", SOUND) for n in range(15)]


def pictures(begin: int) -> list[Block]:
    return [Block(begin + 40 * n, 40, b"p" * 50, PICTURE if n == 0 else None) for n in range(7)]


def file(*clusters: list[Block], setup: Setup) -> tuple[bytes, list[int]]:
    data, ends = webm.head(setup), []
    for blocks in clusters:
        data += webm.cluster(blocks)
        ends.append(len(data))
    return data, ends


@pytest.mark.parametrize("setup", [SOUND, PICTURE])
def test_a_file_cut_anywhere_has_exactly_its_whole_clusters(setup: Setup) -> None:
    make = sounds if setup is SOUND else pictures
    data, ends = file(make(70_000), make(70_300), make(70_600), setup=setup)
    head = len(webm.head(setup))
    for cut in range(len(data) + 1):
        size = webm.head_size(data[:cut])
        assert size == (head if cut >= head else 0)
        if size:
            found = webm.clusters(data[:cut], size)
            assert [c.end for c in found] == [end for end in ends if end <= cut]
            assert [c.ms for c in found] == [70_000, 70_300, 70_600][: len(found)]
            assert all(c.key for c in found)
    last = webm.clusters(data, head)[-1]
    assert last.ends_ms == make(70_600)[-1].ms + make(70_600)[-1].lasts_ms


def test_a_finished_head_is_as_long_and_says_so() -> None:
    data, _ = file(sounds(70_000), sounds(70_300), setup=SOUND)
    head = data[: webm.head_size(data)]
    found = webm.clusters(data, len(head))
    filled, cues = webm.ending(head, found, len(data))
    bare = webm.ending_without_index(head, found, len(data))
    assert len(filled) == len(bare) == len(head) == webm.head_size(filled)
    assert [webm.is_finished(h) for h in (head, filled, bare)] == [False, True, True]
    for start, tail in ((filled, cues), (bare, b"")):
        whole = start + data[len(head) :] + tail
        with av.open(io.BytesIO(whole), "r") as media:
            assert media.duration == 70_600_000
            assert sum(p.size > 0 for p in media.demux()) == 30
        assert webm.clusters(whole, len(head)) == found


def test_a_flipped_bit_never_makes_the_reader_stumble() -> None:
    data, _ = file(pictures(0), pictures(300), setup=PICTURE)
    for at in range(len(data)):
        for bit in range(8):
            broken = bytearray(data)
            broken[at] ^= 1 << bit
            size = webm.head_size(bytes(broken))
            assert 0 <= size <= len(data)
            found = webm.clusters(bytes(broken), size) if size else []
            assert all(cluster.end <= len(data) for cluster in found)
