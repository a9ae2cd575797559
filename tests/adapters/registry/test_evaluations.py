"""Rubrics belong to a school or the district; what evaluators say belongs to a lesson."""

from msgspec.structs import replace

from synclass.adapters.registry import SqlRegistry
from synclass.postclass.evaluation import DEFAULT, Evaluation, Remark
from synclass.words import LessonId

SAID = Evaluation(
    *("m1 zhao", LessonId("m1"), "zhao", "赵督导", "patrol", "课堂评价表", DEFAULT.criteria),
    points=[15, 18, 20, 16, 12, 9],
    remarks=[Remark(61.5, "提问面向两个村小，很好")],
    summary="扎实",
    made_at=5.0,
)


async def test_a_rubric_is_kept_by_school(registry: SqlRegistry) -> None:
    await registry.put(replace(DEFAULT, id="r0"))
    ours = await registry.put(replace(DEFAULT, id="r1", school="草兴小学", title="我校"))
    assert await registry.rubrics(school="草兴小学") == [ours]
    assert len(await registry.rubrics()) == 2
    assert await registry.rubric("r1") == ours and await registry.rubric("r9") is None


async def test_what_is_said_of_a_lesson_comes_back_in_the_order_it_was_said(
    registry: SqlRegistry,
) -> None:
    await registry.put(replace(SAID, id="m1 wang", account="wang", made_at=6.0))
    kept = await registry.put(SAID)
    assert (await registry.evaluations(LessonId("m1")))[0] == kept == replace(SAID, version=1)
    assert await registry.evaluations(LessonId("m2")) == []
