"""A lesson is found by its tag and its words, by those for whom it is."""

from synclass.adapters.registry import SqlRegistry
from synclass.ports import Account, LessonCard
from synclass.school.resources import Reach, Resource, bars
from synclass.words import LessonId, Role


async def shelf(registry: SqlRegistry) -> None:
    await registry.save_account(Account("wang", "王老师", Role.TEACHER, "中心小学", "x"))
    for n, (title, school, reach, tags) in enumerate(
        (
            ("分数的意义", "中心小学", Reach.SCHOOL, ["五年级", "分数"]),
            ("通分", "中心小学", Reach.REGION, ["五年级"]),
            ("望岳", "逸夫小学", Reach.ALLIANCE, ["古诗"]),
        )
    ):
        lesson = LessonId(f"m{n}")
        await registry.save_lesson(LessonCard(lesson, title, "课", "wang", "", 1.0, 2.0, 3.0))
        about = "杜甫" if n == 2 else ""
        await registry.put(
            Resource(lesson, lesson, school, reach, "wang", about, tags, bars(tags), float(n))
        )


async def found(registry: SqlRegistry, **asked: object) -> list[str]:
    schools = asked.pop("schools", None)
    got = await registry.resources(schools=schools, **asked)  # type: ignore[arg-type]
    return [title for _, title, _, _ in got]


async def test_a_lesson_is_found_by_a_whole_tag_and_by_words(registry: SqlRegistry) -> None:
    await shelf(registry)
    assert await found(registry) == ["望岳", "通分", "分数的意义"]
    assert await found(registry, tag="五年级") == ["通分", "分数的意义"]
    assert await found(registry, tag="五") == [], "a tag is whole"
    assert await found(registry, text="杜甫") == ["望岳"]
    assert await found(registry, text="王老师 分数") == ["分数的意义"]
    assert await found(registry, text="%") == []


async def test_others_find_what_is_for_the_region_alone(registry: SqlRegistry) -> None:
    await shelf(registry)
    assert await found(registry, schools=[]) == ["通分"]
    assert await found(registry, schools=["逸夫小学"]) == ["望岳", "通分"]
    resource = await registry.resource(LessonId("m2"))
    assert resource and resource.tags == ["古诗"] and resource.reach is Reach.ALLIANCE


async def test_those_of_some_lessons_are_known_at_once(registry: SqlRegistry) -> None:
    await shelf(registry)
    some = await registry.resources_of([LessonId("m0"), LessonId("m2"), LessonId("m9")])
    assert [one.school for _, one in sorted(some.items())] == ["中心小学", "逸夫小学"]
    assert await registry.resources_of([]) == {}
