"""A picture's numbers are changed, and nothing around them."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signaling.sfu import vp8, vp9
from signaling.sfu.picture import Descriptor, cut, numbers, picture_id

Describe = Callable[[bytes], Descriptor | None]
HEADS: dict[Describe, tuple[bytes, bytes, bytes]] = {
    vp8.describe: (b"\x90\xc0", b"", b"\x00rest"),
    vp9.describe: (b"\xa8", b"\x50", b"\x82rest"),
}


@pytest.mark.parametrize("describe", HEADS)
@given(
    old=st.integers(0, 0x7F),
    wide=st.booleans(),
    pid=st.integers(0, 0x7FFF),
    tl0=st.integers(0, 255),
)
def test_a_picture_gets_its_new_number(
    describe: Describe, old: int, wide: bool, pid: int, tl0: int
) -> None:
    before, between, behind = HEADS[describe]
    number = (old | 0x8000).to_bytes(2, "big") if wide else bytes([old])
    payload = before + number + between + b"\x05" + behind
    where = describe(payload)
    assert where is not None and (where.pid, where.tl0, where.key) == (old, 5, True)
    assert cut(payload, where) == (before, between, behind)
    again = describe(before + numbers(pid, between, tl0) + behind)
    assert again is not None and (again.pid, again.pid_bits, again.tl0) == (pid, 15, tl0)
    assert again.key


@pytest.mark.parametrize("describe", HEADS)
@given(payload=st.binary(min_size=3, max_size=12))
def test_whatever_stands_around_the_numbers_stays(describe: Describe, payload: bytes) -> None:
    where = describe(payload)
    if where is not None and where.pid is not None:
        before, between, behind = cut(payload, where)
        assert payload.startswith(before) and payload.endswith(behind) and between in payload
        gone = (where.pid_bits + 1) // 8 + (where.tl0 is not None)
        assert len(payload) - len(before + between + behind) == gone


def test_a_number_that_is_cut_off_counts_as_nothing() -> None:
    assert picture_id(b"", 0) == (0, 7)
    assert picture_id(b"\x85", 0) == (0x500, 15)
    assert picture_id(b"\x85\x01", 0) == (0x501, 15)
