"""Tables come in as offices save them, and go out so that no spreadsheet runs what they say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synclass.errors import Malformed
from synclass.school.csvtext import FORMULA, decoded, rows, written

TEXT = "编号,姓名\n1,王小明\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk"])
def test_a_table_is_read_in_the_encodings_of_offices(encoding: str) -> None:
    assert decoded(TEXT.encode(encoding)) == TEXT


def test_a_rare_name_is_read_in_gb18030_too() -> None:
    assert decoded("𠮷野家 阿依古丽·买买提".encode("gb18030")) == "𠮷野家 阿依古丽·买买提"


@pytest.mark.parametrize("data", [b"\xff\xfe1\x00", b"\x89PNG\r\n\x1a\n\x00\xff\xff\xff"])
def test_what_is_no_text_is_malformed(data: bytes) -> None:
    with pytest.raises(Malformed):
        list(rows(decoded(data)))


def test_a_line_is_counted_as_an_editor_counts_it() -> None:
    text = 'a,b\r\n\r\n"two\nlines",x\n,,\nlast,y'
    assert list(rows(text)) == [(1, ["a", "b"]), (4, ["two\nlines", "x"]), (6, ["last", "y"])]


def test_a_quotation_that_never_ends_is_malformed() -> None:
    with pytest.raises(Malformed, match="line 2"):
        list(rows('a,b\n"1,2'))


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "'=1", "''=1"])
def test_no_cell_that_goes_out_is_a_formula(cell: str) -> None:
    assert not decoded(written([[cell]])).lstrip('"').startswith(FORMULA)


plain = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=20).map(str.strip)


@given(st.lists(st.lists(plain.filter(bool), min_size=1, max_size=5), max_size=5))
def test_what_was_written_is_read_again_as_it_was(table: list[list[str]]) -> None:
    assert [row for _, row in rows(decoded(written(table)))] == table
