"""Tags are short, few, each once, and found whole."""

import pytest

from synclass.errors import Refused
from synclass.school.resources import bars, tags_of


def test_tags_are_each_once_and_have_no_bar_in_them() -> None:
    assert tags_of([" 五年级 ", "五年级", "", "a|b"]) == ["五年级", "a b"]
    assert bars(["五年级", "分数"]) == "|五年级|分数|"
    assert bars([]) == ""


def test_tags_are_few_and_short() -> None:
    for texts in (["x" * 21], [f"{n}" for n in range(13)]):
        with pytest.raises(Refused):
            tags_of(texts)
