"""Sizes and elements are written and read as RFC 8794 says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recorder import ebml


@pytest.mark.parametrize(
    ("value", "data"),
    [
        (0, b"\x80"),
        (126, b"\xfe"),
        (127, b"\x40\x7f"),
        (500, b"\x41\xf4"),
        (16_383, b"\x20\x3f\xff"),
    ],
)
def test_a_size_takes_as_few_bytes_as_it_needs(value: int, data: bytes) -> None:
    assert ebml.vint(value) == data


@given(st.lists(st.tuples(st.sampled_from([0xA3, 0xEC, 0x4489, 0x1F43B675]), st.binary())))
def test_elements_are_read_as_they_were_written(wanted: list[tuple[int, bytes]]) -> None:
    data = b"".join(ebml.element(id, content) for id, content in wanted)
    found = [(e.id, data[e.begin : e.end]) for e in ebml.elements(data, 0, len(data))]
    assert found == wanted


@given(st.binary(max_size=60))
def test_garbage_ends_quietly(data: bytes) -> None:
    for found in ebml.elements(data, 0, len(data)):
        assert 0 <= found.at < found.begin <= found.end <= len(data)


def test_an_element_of_unknown_size_reaches_to_the_end() -> None:
    data = ebml.number(0x18538067) + ebml.UNKNOWN + b"rest"
    assert [e.end for e in ebml.elements(data, 0, len(data))] == [len(data)]


@pytest.mark.parametrize("size", [2, 11, 68, 127])
def test_a_hole_is_as_large_as_it_is_asked_for(size: int) -> None:
    assert len(ebml.void(size)) == size
    assert [e.id for e in ebml.elements(ebml.void(size), 0, size)] == [0xEC]
