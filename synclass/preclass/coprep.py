"""Co-preparation: a lesson's plan that several write; its sections, and how two versions differ."""

from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Literal, TypeAlias

from msgspec import Struct

from ..errors import Refused

SECTIONS = ("aims", "points", "steps", "homework")
"""What a plan has: 教学目标, 重点难点, 教学步骤, 作业."""
LONGEST_SECTION = 8000  # characters: eight pages of handwriting
LONGEST_REMARK = 1000
MOST_VERSIONS = 500  # of a plan; each is kept whole
MOST_REMARKS = 1000  # of a plan

Change: TypeAlias = Literal["same", "added", "removed"]


class Plan(Struct, frozen=True):
    """What is planned, section by section."""

    aims: str = ""
    points: str = ""
    steps: str = ""
    homework: str = ""


class Line(Struct, frozen=True):
    section: str
    change: Change
    text: str


def check_plan(plan: Plan) -> None:
    """Raise Refused("bad-plan") where a section is longer than anybody reads."""
    if any(len(text) > LONGEST_SECTION for text in _texts(plan)):
        raise Refused("bad-plan", f"a section has at most {LONGEST_SECTION} characters")


def check_remark(section: str, text: str) -> str:
    """The text to be kept, or Refused("bad-remark")."""
    if section not in ("", *SECTIONS):
        raise Refused("bad-remark", "a remark is on a section, or on the whole")
    text = text.strip()
    if not 0 < len(text) <= LONGEST_REMARK:
        raise Refused("bad-remark", f"a remark has 1 to {LONGEST_REMARK} characters")
    return text


def difference(before: Plan, after: Plan) -> list[Line]:
    """The lines of both, section by section: those of one only are removed or added."""
    pairs = zip(SECTIONS, _texts(before), _texts(after), strict=True)
    return [line for section, old, new in pairs for line in _differing(section, old, new)]


def _differing(section: str, old: str, new: str) -> Iterator[Line]:
    a, b = old.splitlines(), new.splitlines()
    for _, i, to_i, j, to_j in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if a[i:to_i] == b[j:to_j]:
            yield from (Line(section, "same", text) for text in a[i:to_i])
            continue
        yield from (Line(section, "removed", text) for text in a[i:to_i])
        yield from (Line(section, "added", text) for text in b[j:to_j])


def _texts(plan: Plan) -> tuple[str, ...]:
    return plan.aims, plan.points, plan.steps, plan.homework
