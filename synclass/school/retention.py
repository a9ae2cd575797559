"""How long recordings are kept: rules of a course, and when a lesson may fall by them."""

from collections.abc import Iterable

from msgspec import Struct

from ..errors import Refused
from ..words import LessonId

NOTICE = 7 * 24 * 3600.0
"""Seconds between the day an admin is shown that a lesson falls and its fall, at the least."""
MONTH = 30.44 * 24 * 3600.0
"""Seconds: the mean of a year's months."""
LONGEST = 600
"""Months: fifty years; who wants more wants for ever."""
LONGEST_NAME = 80
"""Characters of a subject or of an account's name."""


class Rule(Struct, frozen=True):
    """A course is a subject, a teacher's lessons, or a subject of one teacher; "" is any."""

    subject: str = ""
    teacher: str = ""
    """The account's name."""
    months: int = 0
    """Counted from the bell; 0 takes the rule away, FOREVER keeps what another would let fall."""


FOREVER = -1


class Falling(Struct, frozen=True):
    """A lesson that falls unless somebody holds it, or changes the rule."""

    lesson: LessonId
    noticed_at: float
    """Wall time since when admins are shown it."""


class Kept(Struct, frozen=True):
    """What a rule looks at; wall time of the bell, 0 where it has not rung."""

    subject: str
    teacher: str
    ended_at: float


def check(rule: Rule) -> None:
    """Raise Refused("bad-months") or ("bad-text")."""
    if not (rule.months == FOREVER or 0 <= rule.months <= LONGEST):
        raise Refused("bad-months", f"1 to {LONGEST} months, or for ever")
    if max(len(rule.subject), len(rule.teacher)) > LONGEST_NAME:
        raise Refused("bad-text", f"at most {LONGEST_NAME} characters")


def rule_of(lesson: Kept, rules: Iterable[Rule]) -> Rule | None:
    """The nearest rule that speaks of it: one that names subject and teacher comes first, then
    one that names the subject, then one that names the teacher, then that of all lessons."""
    fitting = [rule for rule in rules if rule.months and _speaks(rule, lesson)]
    return max(fitting, key=_nearness, default=None)


def due(lesson: Kept, rules: Iterable[Rule]) -> float | None:
    """The wall time from which it need not be kept; None for ever, as without any rule."""
    rule = rule_of(lesson, rules)
    if rule is None or rule.months == FOREVER or not lesson.ended_at:
        return None
    return lesson.ended_at + rule.months * MONTH


def falls_at(due_at: float, noticed_at: float) -> float:
    """When it is erased: never before its notice has stood for NOTICE."""
    return max(due_at, noticed_at + NOTICE)


def _speaks(rule: Rule, lesson: Kept) -> bool:
    return rule.subject in ("", lesson.subject) and rule.teacher in ("", lesson.teacher)


def _nearness(rule: Rule) -> tuple[bool, bool]:
    return bool(rule.subject), bool(rule.teacher)
