"""How long a lesson is kept: for ever without a rule, by the nearest one, never without notice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synclass.errors import Refused
from synclass.school.retention import (
    FOREVER,
    LONGEST,
    MONTH,
    NOTICE,
    Kept,
    Rule,
    check,
    due,
    falls_at,
)

NAMES = st.sampled_from(("", "数学", "音乐", "wang", "he"))
RULES = st.lists(st.builds(Rule, NAMES, NAMES, st.integers(FOREVER, 60)), max_size=8)
LESSONS = st.builds(Kept, NAMES, NAMES, st.floats(0, 4e9))
TIMES = st.floats(0, 4e9)
MATHS = Kept("数学", "wang", 1000.0)


@given(LESSONS)
def test_without_a_rule_everything_is_kept_for_ever(lesson: Kept) -> None:
    assert due(lesson, []) is None


@given(LESSONS, RULES)
def test_a_lesson_falls_after_its_bell_or_never(lesson: Kept, rules: list[Rule]) -> None:
    at = due(lesson, rules)
    assert at is None or at >= lesson.ended_at + MONTH * 0.999
    assert lesson.ended_at or at is None


@given(LESSONS, RULES, st.permutations(range(8)))
def test_the_order_of_rules_means_nothing(
    lesson: Kept, rules: list[Rule], order: list[int]
) -> None:
    one = {(rule.subject, rule.teacher): rule for rule in rules}  # as the registry has them
    mixed = sorted(one.values(), key=lambda rule: order[rules.index(rule)])
    assert due(lesson, mixed) == due(lesson, one.values())


@given(LESSONS, RULES)
def test_a_rule_of_another_course_means_nothing(lesson: Kept, rules: list[Rule]) -> None:
    strange = [Rule("体育", "", 1), Rule(lesson.subject, "nobody", 1), Rule("", "nobody", 1)]
    assert due(lesson, [*rules, *strange]) == due(lesson, rules)


@given(LESSONS, RULES)
def test_who_says_for_ever_of_a_teachers_subject_is_obeyed(lesson: Kept, rules: list[Rule]) -> None:
    others = [r for r in rules if (r.subject, r.teacher) != (lesson.subject, lesson.teacher)]
    assert due(lesson, [*others, Rule(lesson.subject, lesson.teacher, FOREVER)]) is None


@given(TIMES, TIMES)
def test_nothing_falls_before_its_notice_has_stood_a_week(due_at: float, noticed: float) -> None:
    at = falls_at(due_at, noticed)
    assert at >= due_at and at - noticed >= NOTICE * 0.999
    assert at == due_at or at == noticed + NOTICE


@pytest.mark.parametrize(
    ("rules", "months"),
    [
        ([Rule("", "", 24)], 24),
        ([Rule("", "", 24), Rule("数学", "", 6)], 6),
        ([Rule("", "", 24), Rule("", "wang", 3)], 3),
        ([Rule("", "wang", 3), Rule("数学", "", 6)], 6),
        ([Rule("数学", "wang", 9), Rule("", "wang", 3), Rule("数学", "", 6)], 9),
        ([Rule("", "", 24), Rule("数学", "", FOREVER)], None),
        ([Rule("数学", "he", 2), Rule("音乐", "", 2)], None),
    ],
)
def test_the_nearest_rule_counts(rules: list[Rule], months: int | None) -> None:
    at = due(MATHS, rules)
    assert at == (None if months is None else 1000.0 + months * MONTH)


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        (Rule("", "", LONGEST + 1), "bad-months"),
        (Rule("", "", -2), "bad-months"),
        (Rule("x" * 81, "", 3), "bad-text"),
        (Rule("", "", FOREVER), ""),
        (Rule("数学", "wang", LONGEST), ""),
        (Rule("数学", "wang", 0), ""),
    ],
)
def test_a_rule_that_means_nothing_is_refused(rule: Rule, code: str) -> None:
    if not code:
        return check(rule)
    with pytest.raises(Refused) as no:
        check(rule)
    assert no.value.code == code
