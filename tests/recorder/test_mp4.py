"""A fragmented MP4 is whole after each fragment."""

from recorder import mp4
from recorder.frames import Setup
from recorder.h264 import configuration
from recorder.lines import Block

SETUP = Setup("H264", 320, 240, private=configuration(b"\x67\x42\xc0\x1fxx", b"\x68yy"))


def pictures(begin: int) -> list[Block]:
    return [Block(begin + 40 * n, 40, b"p" * 50, SETUP if n == 0 else None) for n in range(7)]


def test_a_file_cut_anywhere_has_exactly_its_whole_fragments() -> None:
    head = mp4.head(SETUP)
    data, ends = head, []
    for begin in (70_000, 70_280, 70_560):
        data += mp4.cluster(pictures(begin))
        ends.append(len(data))
    for cut in range(len(data) + 1):
        size = mp4.head_size(data[:cut])
        assert size == (len(head) if cut >= len(head) else 0)
        if size:
            found = mp4.clusters(data[:cut], size)
            assert [c.end for c in found] == [end for end in ends if end <= cut]
    last = mp4.clusters(data, len(head))[-1]
    assert (last.ms, last.ends_ms, last.key) == (70_560, 70_840, True)


def test_a_finished_head_is_as_long_and_says_so() -> None:
    head = mp4.head(SETUP)
    data = head + mp4.cluster(pictures(70_000))
    filled, index = mp4.ending(head, mp4.clusters(data, len(head)), len(data))
    assert len(filled) == len(head)
    assert [mp4.is_finished(head), mp4.is_finished(filled)] == [False, True]
    assert int.from_bytes(index[-4:], "big") == len(index)


def test_the_codec_is_named_with_its_profile() -> None:
    assert mp4.mime(SETUP) == 'video/mp4; codecs="avc1.42c01f"'


def test_a_flipped_bit_never_makes_the_reader_stumble() -> None:
    data = mp4.head(SETUP) + mp4.cluster(pictures(70_000)) + mp4.cluster(pictures(70_280))
    for at in range(len(data)):
        for bit in range(8):
            broken = bytearray(data)
            broken[at] ^= 1 << bit
            size = mp4.head_size(bytes(broken))
            assert 0 <= size <= len(data)
            found = mp4.clusters(bytes(broken), size) if size else []
            assert all(cluster.end <= len(data) for cluster in found)
