"""What may be printed of a lesson."""

from pathlib import Path

import pytest

from recorder.paper.printing import print_out
from recorder.shelf import FileShelf
from synclass.errors import Refused
from synclass.ports import Printout
from synclass.words import LessonId

from .scenes import LESSON, a_lesson

STARTS = {"pdf": b"%PDF-", "png": b"\x89PNG", "svg": b"<svg ", "inkml": b"<?xml"}


@pytest.mark.parametrize("kind", STARTS)
def test_each_kind_is_what_it_says(tmp_path: Path, kind: str) -> None:
    printed = print_out(a_lesson(tmp_path), LESSON, Printout(kind, 1, 320))  # type: ignore[arg-type]
    assert printed.startswith(STARTS[kind])


@pytest.mark.parametrize(
    ("code", "what"),
    [
        ("no-page", Printout("svg", 99)),
        ("bad-size", Printout("png", 1, 63)),
        ("bad-size", Printout("png", 1, 100_000)),
    ],
)
def test_what_is_not_there_is_refused(tmp_path: Path, code: str, what: Printout) -> None:
    with pytest.raises(Refused) as refused:
        print_out(a_lesson(tmp_path), LESSON, what)
    assert refused.value.code == code


def test_a_lesson_that_is_not_here_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        print_out(FileShelf(tmp_path), LessonId("other"), Printout("pdf"))
    assert refused.value.code == "no-recording"
