"""Boards are printed one after the other, beside the classes that go on."""

import asyncio
from pathlib import Path

import pytest

from recorder.paper import press
from recorder.paper.press import FilePress
from synclass.errors import Refused, Unavailable
from synclass.ports import Printout
from synclass.words import LessonId

from .scenes import LESSON, a_lesson

SMALL = Printout("png", 1, 64)


async def test_a_board_is_printed_by_a_child(tmp_path: Path) -> None:
    a_lesson(tmp_path)
    assert (await FilePress(tmp_path).print_out(LESSON, SMALL)).startswith(b"\x89PNG")


async def test_a_reason_comes_back_with_its_code(tmp_path: Path) -> None:
    a_lesson(tmp_path)
    here = FilePress(tmp_path)
    for lesson, what, code in ((LESSON, Printout("svg", 99), "no-page"),):
        with pytest.raises(Refused) as refused:
            await here.print_out(lesson, what)
        assert refused.value.code == code and "pages" in str(refused.value)
    with pytest.raises(Refused) as refused:
        await here.print_out(LessonId("x" * 500), SMALL)
    assert refused.value.code == "malformed"


async def test_nobody_waits_for_the_seventh(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_lesson(tmp_path)
    monkeypatch.setattr(press, "MOST_WAITING", 2)
    here = FilePress(tmp_path)
    ends = await asyncio.gather(
        *(here.print_out(LESSON, SMALL) for _ in range(3)), return_exceptions=True
    )
    assert [isinstance(end, bytes) for end in ends] == [True, True, False]
    assert isinstance(ends[2], Refused) and ends[2].code == "busy"


async def test_what_takes_too_long_is_given_up_and_the_next_has_its_turn(tmp_path: Path) -> None:
    a_lesson(tmp_path)
    with pytest.raises(Refused) as refused:
        await FilePress(tmp_path, patience=0.01).print_out(LESSON, SMALL)
    assert refused.value.code == "too-slow"


async def test_a_child_that_falls_is_no_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.executable", "/bin/false")
    with pytest.raises(Unavailable) as failed:
        await FilePress(tmp_path).print_out(LESSON, SMALL)
    assert failed.value.code == "not-printed"
