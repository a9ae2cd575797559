"""Where VP8 key frames begin, and its pictures' numbers."""

from aiortc.codecs.vpx import VpxPayloadDescriptor
from hypothesis import given
from hypothesis import strategies as st

from signaling.sfu import vp8

from . import packets


@given(
    st.integers(0, 1),
    st.none() | st.integers(0, 0x7FFF),
    st.none() | st.integers(0, 255),
    st.none() | st.tuples(st.integers(0, 3), st.integers(0, 1)),
    st.none() | st.integers(0, 31),
)
def test_we_read_what_the_stock_encoder_writes(
    start: int,
    pid: int | None,
    tl0: int | None,
    tid: tuple[int, int] | None,
    key: int | None,
) -> None:
    head = bytes(VpxPayloadDescriptor(start, 0, pid, tl0, tid, key))
    seen = vp8.describe(head + b"\x00rest")
    assert seen is not None
    assert (seen.key, seen.size, seen.pid, seen.tl0) == (bool(start), len(head), pid, tl0)
    assert (seen.tid, seen.sync) == (tid if tid else (0, 0))
    assert vp8.describe(head + b"\x01rest") == seen._replace(key=False)


@given(st.binary(max_size=12))
def test_any_bytes_may_come(payload: bytes) -> None:
    where = vp8.describe(payload)
    assert where is None or where.size < len(payload)


def test_only_the_first_packet_of_a_key_frame_is_a_beginning() -> None:
    first = vp8.describe(packets.vp8(1, key=True))
    second = vp8.describe(packets.vp8(1, key=True, start=False))
    assert first is not None and second is not None and first.key and not second.key
