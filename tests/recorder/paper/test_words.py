"""Words and notes on paper."""

import pytest

from recorder.paper.drawing import INKS, Fill, Words
from recorder.paper.words import text
from synclass.marks import Text


def test_lines_stand_below_one_another_also_those_the_box_has_broken() -> None:
    body = Text((40, 40, 800, 200), "", 160, 2)
    drawn = [item for item in text(body, "分数\n的\u2028意义", 2) if isinstance(item, Words)]
    assert [item.text for item in drawn] == ["分数", "的", "意义"]
    assert [item.base - drawn[0].base for item in drawn] == pytest.approx([0, 56, 112])
    assert {item.colour for item in drawn} == {INKS[2]} and drawn[0].most == 200


def test_a_note_is_as_high_as_its_words_and_written_in_dark_ink() -> None:
    sheet, _, *lines = text(Text((0, 0, 800, 40), "", 160, 4, note=True), "一\n二\n三", 4)
    assert isinstance(sheet, Fill) and sheet.colour == INKS[4]
    assert max(y for _, values in sheet.path for y in values[1:]) == 3 * 1.4 * 40 + 40
    assert all(isinstance(line, Words) and line.colour == INKS[0] for line in lines)
