"""A grouping is its owner's, and is found by whoever teaches its course."""

import pytest
from msgspec.structs import replace

from synclass.adapters.registry import SqlRegistry
from synclass.errors import Refused
from synclass.school.grouping import MOST, Grouping

PAIRS = Grouping("两校一组", [["草兴小学 三年级", "双庙小学"], ["逸夫小学"]], "wang", "maths")


async def test_ones_own_and_those_of_a_course_are_found(registry: SqlRegistry) -> None:
    hers = replace(PAIRS, owner="sun", name="各自")
    for one in (PAIRS, hers, replace(hers, name="别的", course="")):
        await registry.keep_grouping(one)
    assert await registry.groupings("wang", "maths") == [PAIRS, hers]
    assert await registry.groupings("wang", "") == [PAIRS]
    assert await registry.groupings("li", "") == []


async def test_one_of_the_same_name_is_replaced_and_one_can_be_forgotten(
    registry: SqlRegistry,
) -> None:
    now = replace(PAIRS, groups=[["逸夫小学"]], course="")
    for one in (PAIRS, now):
        await registry.keep_grouping(one)
    assert await registry.groupings("wang", "") == [now]
    assert not await registry.forget_grouping("sun", PAIRS.name)
    assert await registry.forget_grouping("wang", PAIRS.name)
    assert await registry.groupings("wang", "maths") == []


async def test_a_teacher_keeps_no_more_than_can_be_read(registry: SqlRegistry) -> None:
    for n in range(MOST):
        await registry.keep_grouping(replace(PAIRS, name=f"{n}"))
    await registry.keep_grouping(replace(PAIRS, name="0", groups=[["逸夫小学"]]))
    with pytest.raises(Refused) as refused:
        await registry.keep_grouping(PAIRS)
    assert refused.value.code == "full"
