"""Where VP9 key frames begin, in the descriptors of encoders that are not alike."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signaling.sfu import vp9

KEY, INTER, AGAIN = b"\x82rest", b"\x86rest", b"\x88rest"  # VP9 §6.2: frame headers
SIZES = b"\x01\x40\x00\xf0"


@pytest.mark.parametrize(
    ("head", "pid", "tl0", "tid", "sync"),
    [
        (b"\x08", None, None, 0, False),
        (b"\x88\x05", 5, None, 0, False),
        (b"\x88\x85\x01", 0x501, None, 0, False),
        (b"\xa8\x05\x50\x07", 5, 7, 2, True),
        (b"\xb8\x05\x20", 5, None, 1, False),
        (b"\x28\x00\x09", None, 9, 0, False),
    ],
)
def test_a_key_frame_is_found_behind_any_descriptor(
    head: bytes, pid: int | None, tl0: int | None, tid: int, sync: bool
) -> None:
    seen = vp9.describe(head + KEY)
    assert seen is not None and seen.key
    assert (seen.pid, seen.tl0, seen.tid, seen.sync) == (pid, tl0, tid, sync)


@pytest.mark.parametrize(
    "structure",
    [
        b"\x00",
        b"\x10" + SIZES,
        b"\x50" + 3 * SIZES,
        b"\x18" + SIZES + b"\x01\x04\x01",
        b"\x08\x04\x0c\x01\x02\x03\x50\x34\x01\x48\x01\x02",
    ],
)
def test_what_a_key_frame_says_of_the_layers_is_passed_over(structure: bytes) -> None:
    head = b"\x8a\x05"
    seen = vp9.describe(head + structure + KEY)
    assert seen is not None and seen.key
    other = vp9.describe(head + structure + INTER)
    assert other is not None and not other.key


@pytest.mark.parametrize(
    ("why", "payload"),
    [
        ("it is predicted", b"\xc8\x05" + KEY),
        ("its first packet is gone", b"\x80\x05" + KEY),
        ("it is an upper spatial layer", b"\xa8\x05\x03\x07" + KEY),
        ("the sender says nothing, the frame does", b"\x08" + INTER),
        ("an old picture is shown again", b"\x08" + AGAIN),
        ("the structure is cut", b"\x8a\x05\x18" + SIZES + b"\xff\x0c\x01"),
        ("the structure has no end", b"\x8a\x05\x50"),
    ],
)
def test_nobody_begins_where_he_could_not_go_on(why: str, payload: bytes) -> None:
    seen = vp9.describe(payload)
    assert seen is not None and not seen.key, why


@given(st.binary(max_size=16))
def test_any_bytes_may_come(payload: bytes) -> None:
    where = vp9.describe(payload)
    assert where is None or where.size < len(payload)


@pytest.mark.parametrize(
    "payload", [b"", b"\x08", b"\x88", b"\x88\x85", b"\xa8\x05\x50", b"\x28\x00"]
)
def test_what_ends_before_its_picture_is_not_read(payload: bytes) -> None:
    assert vp9.describe(payload) is None
