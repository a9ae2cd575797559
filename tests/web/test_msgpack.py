"""The browser reads and writes msgpack as the server does, to the byte."""

import base64
import math

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from .browser import browser

LENGTHS = [0, 15, 16, 31, 32, 255, 256, 65_535, 65_536]  # beside where the head grows
SAFE = 2**53 - 1  # beyond it the browser's numbers are not exact, and no message has such
EDGES = [
    sign * (2**bits + off)
    for bits in (5, 7, 8, 15, 16, 31, 32)
    for off in (-1, 0, 1)
    for sign in (1, -1)
]
whole = st.integers(-SAFE, SAFE) | st.sampled_from([*EDGES, SAFE, -SAFE])
texts = st.text(max_size=40) | st.sampled_from(
    ["石桥小学" * 9, "\ufeffa", "x" * 31, "x" * 32, "x" * 256]
)
plain = st.none() | st.booleans() | whole | texts | st.binary(max_size=300)
values = st.recursive(
    plain,
    lambda inner: (
        st.lists(inner, max_size=18)
        | st.dictionaries(st.text(max_size=9), inner, max_size=20)
        | st.dictionaries(whole, inner, max_size=20)
    ),
    max_leaves=20,
)


@settings(max_examples=15, deadline=None)
@given(st.lists(values, min_size=1, max_size=8))
def test_what_the_browser_has_read_it_writes_as_the_server_did(said: list[object]) -> None:
    written = browser([("msgpack", value) for value in said])
    assert [base64.b64decode(one) for one in written] == list(map(msgspec.msgpack.encode, said))


def test_lists_maps_words_and_bytes_of_any_length_come_through() -> None:
    said = list[object]()
    for n in LENGTHS:
        said += [[7] * n, {i - 9: i for i in range(n)}, "x" * n, "长" * (n // 3), bytes(n)]
    written = browser([("msgpack", value) for value in said])
    assert [base64.b64decode(one) for one in written] == list(map(msgspec.msgpack.encode, said))


@settings(max_examples=5, deadline=None)
@given(st.lists(st.floats(allow_nan=False), min_size=40, max_size=40))
def test_a_number_is_the_same_however_it_is_written(said: list[float]) -> None:
    written = browser([("msgpack", [value, math.nan]) for value in said])
    for value, one in zip(said, written, strict=True):
        back, nan = msgspec.msgpack.decode(base64.b64decode(one))
        assert back == value
        assert math.isnan(nan)


def test_what_is_cut_off_or_goes_on_or_is_no_message_is_not_read() -> None:
    whole = msgspec.msgpack.encode(
        ["facts", 70000, {1: "汉字" * 20}, bytes(300), -40000, 0.1, None]
    )
    cut = [whole[:end] for end in range(len(whole))]
    strange = [whole + b"\0", b"\xc1", b"\xc7\1\5a", b"\xd4\1a", b"\xdf\xff\xff\xff\xff", b""]
    assert browser([("readable", bytes) for bytes in [whole, *cut, *strange]]) == [
        True,
        *(False for _ in cut),
        *(False for _ in strange),
    ]
