"""A grouping has a name, and each of its rooms one group."""

import pytest
from msgspec.structs import replace

from synclass.errors import Refused
from synclass.inclass import groups
from synclass.school.grouping import LARGEST, MOST_GROUPS, Grouping, check_grouping

PAIRS = Grouping("两校一组", [["草兴小学 三年级", "双庙小学"], ["逸夫小学"]])


def test_what_a_lesson_can_form_is_kept() -> None:
    check_grouping(PAIRS)
    assert (MOST_GROUPS, LARGEST) == (groups.MOST_GROUPS, groups.LARGEST)


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (replace(PAIRS, name=""), "bad-text"),
        (replace(PAIRS, name=" 两校"), "bad-text"),
        (replace(PAIRS, name="组" * 41), "bad-text"),
        (replace(PAIRS, groups=[]), "bad-groups"),
        (replace(PAIRS, groups=[[]]), "bad-groups"),
        (replace(PAIRS, groups=[["a"], ["a"]]), "bad-groups"),
        (replace(PAIRS, groups=[[str(n) for n in range(6)]]), "bad-groups"),
        (replace(PAIRS, groups=[[""]]), "bad-groups"),
    ],
)
def test_what_no_lesson_can_form_is_refused(wrong: Grouping, code: str) -> None:
    with pytest.raises(Refused) as refused:
        check_grouping(wrong)
    assert refused.value.code == code
