"""What a packed lesson says of itself is read, and what is none or later is refused."""

import msgspec
import pytest
from msgspec import structs

from recorder.contents import FORMAT, VERSION, Contents, read, write
from synclass.errors import Malformed

LESSON = Contents(FORMAT, VERSION, "l1", "分数", "数学", "王老师", 1.7e9, 5.0, 2700.0)


def test_what_was_written_is_read() -> None:
    assert read(write(LESSON)) == LESSON


def test_fields_of_a_later_day_are_passed_over() -> None:
    later = msgspec.json.decode(write(LESSON)) | {"weather": "rain"}
    assert read(msgspec.json.encode(later)) == LESSON


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"\xff",
        b"{}",
        write(structs.replace(LESSON, format="zip")),
        write(structs.replace(LESSON, version=VERSION + 1)),
    ],
)
def test_what_is_none_or_of_another_version_is_refused(data: bytes) -> None:
    with pytest.raises(Malformed):
        read(data)
