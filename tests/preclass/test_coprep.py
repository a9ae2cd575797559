import pytest

from synclass.errors import Refused
from synclass.preclass.coprep import Line, Plan, check_plan, check_remark, difference


def test_what_was_added_and_taken_away_is_told_line_by_line() -> None:
    before = Plan(aims="理解分数", steps="看图\n分苹果\n做题")
    after = Plan(aims="理解分数", steps="看图\n分月饼\n做题\n小结")
    assert difference(before, after) == [
        Line("aims", "same", "理解分数"),
        Line("steps", "same", "看图"),
        Line("steps", "removed", "分苹果"),
        Line("steps", "added", "分月饼"),
        Line("steps", "same", "做题"),
        Line("steps", "added", "小结"),
    ]


def test_two_plans_that_are_the_same_differ_in_nothing() -> None:
    plan = Plan("一", "二", "三\n四", "五")
    assert {line.change for line in difference(plan, plan)} == {"same"}


def test_a_section_has_an_end() -> None:
    check_plan(Plan(aims="一" * 8000))
    with pytest.raises(Refused) as refusal:
        check_plan(Plan(homework="一" * 8001))
    assert refusal.value.code == "bad-plan"


@pytest.mark.parametrize(("section", "text"), [("aims", " "), ("aims", "一" * 1001), ("x", "好")])
def test_a_remark_is_short_and_on_something(section: str, text: str) -> None:
    with pytest.raises(Refused) as refusal:
        check_remark(section, text)
    assert refusal.value.code == "bad-remark"
    assert check_remark("", " 好 ") == "好"
