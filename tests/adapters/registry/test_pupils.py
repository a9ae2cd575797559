"""A pupil is in many tables and is taken out of all at once; the figures of a class stay."""

import pytest
from msgspec.structs import replace

from synclass.adapters.registry import SqlRegistry
from synclass.classbook import Answered, Attended, Classbook
from synclass.errors import Refused
from synclass.ports import Forgetting, LessonCard
from synclass.postclass.homework import Kind
from synclass.postclass.reports import Presence, RoomResult
from synclass.school.consent import Answer, Consent, Of
from synclass.school.people import Person
from synclass.words import LessonId, ParticipantId

from ...postclass.test_homework import WORK
from .test_photographs import TASK, name_of, photographed
from .villages import MING, settle

LESSON = LessonId("m1")
HONG = replace(MING, id="p7", number="20260002", name="小红", row=1, column=1)
OWN = f"草兴小学 {MING.name}"
ROOM = RoomResult(LESSON, "草兴小学 三年级", 10.0, 40.0, pupils=2, here=1)


async def taught(registry: SqlRegistry) -> Person:
    """Ming and Hong were in a lesson, both handed in, and guardians have spoken."""
    await settle(registry)
    await registry.take_in([HONG])
    await registry.save_lesson(LessonCard(LESSON, "分数", "数学", "wang", "", 1.0, 10.0, 99.0))
    attended = [Attended("c2", "p2", True, 2), Attended("c2", "p7", False, 0)]
    answered = [Answered("c2", "p2", 1, "因为我家", True), Answered("c2", "p7", 1, "B", False)]
    await registry.keep_book(LESSON, Classbook(attended, answered))
    rooms = [ROOM, replace(ROOM, room=OWN, pupils=0, here=0)]
    names = [Presence(LESSON, ROOM.room, name, True) for name in (MING.name, HONG.name)]
    await registry.keep_results(LESSON, rooms, names)
    await registry.put(TASK)
    photo = {"kind": Kind.PHOTO, "ink": [], "version": 0}
    await photographed(registry, replace(WORK, pupil=MING.name, **photo))
    await photographed(registry, replace(WORK, id="w7", receipt="q", pupil=HONG.name, **photo))
    said = [Consent(Of.PUPIL, id_, Answer.REFUSED) for id_ in ("p2", "p7")]
    await registry.set_consents([*said, Consent(Of.CLASSROOM, "p2", Answer.GRANTED)])
    found = await registry.person("p2")
    assert found is not None
    return found


def forgetting(person: Person) -> Forgetting:
    devices = [ParticipantId("room-0123456789")]
    return Forgetting(
        person=person, school="草兴小学", own=[OWN], devices=devices, named=True, at=50.0
    )


async def test_what_is_kept_of_a_pupil_is_found_by_name_where_there_is_no_id(
    registry: SqlRegistry,
) -> None:
    await taught(registry)
    assert await registry.called(MING.name) == await registry.called(MING.name, school="s2") == 1
    assert await registry.called(MING.name, school="s1") == 0
    told = await registry.listed("草兴小学", MING.name)
    assert told == [Presence(LESSON, ROOM.room, MING.name, True)]
    assert await registry.listed("草_小学", MING.name) == [], "no pattern"
    assert await registry.rooms_called([OWN, MING.name]) == [LESSON]


async def test_a_pupil_who_is_erased_is_in_no_table(registry: SqlRegistry) -> None:
    person = await taught(registry)
    done = await registry.erase_pupil(forgetting(person))
    assert (done.lessons, done.answers, done.listed, done.works) == (1, 1, 2, 1)
    assert await registry.person("p2") is None and await registry.people(text="小明") == []
    assert await registry.past("p2") == [] and await registry.listed("草兴小学", "小明") == []
    assert await registry.works_of_pupil("草兴小学", "小明") == []
    assert await registry.photograph("w1") is None and await registry.rooms_called([OWN]) == []
    assert await registry.to_go(0.5, limit=9) == [name_of("w1")], "at once"
    left = [(one.kind, one.id) for one in await registry.consents()]
    assert left == [(Of.CLASSROOM, "p2"), (Of.PUPIL, "p7")], "of pupils alone it is a pupil's id"
    assert await registry.forgotten(after=10.0) == {"p2", "room-0123456789"}
    assert await registry.forgotten(after=51.0) == frozenset(), "who comes anew has a name again"


async def test_what_is_counted_of_the_class_stays_right(registry: SqlRegistry) -> None:
    await registry.erase_pupil(forgetting(await taught(registry)))
    book = await registry.book(LESSON)
    assert sorted((one.here, one.picked) for one in book.attended) == [(False, 0), (True, 2)]
    assert sorted((one.said, one.right) for one in book.answered) == [("", True), ("B", False)]
    nobody = {one.pupil for one in book.attended} - {"p7"}
    assert nobody == {one.pupil for one in book.answered} - {"p7"}
    assert all(one.startswith("gone-") for one in nobody)
    assert [one.here for one in await registry.results_of_room(ROOM.room)] == [1]
    assert len(await registry.past("p7")) == 1 and await registry.photograph("w7")


async def test_of_namesakes_only_what_has_an_id_goes(registry: SqlRegistry) -> None:
    person = await taught(registry)
    done = await registry.erase_pupil(replace(forgetting(person), named=False))
    assert (done.lessons, done.listed, done.works) == (1, 1, 0)
    assert len(await registry.works_of_pupil("草兴小学", "小明")) == 1


async def test_who_was_changed_meanwhile_is_left_whole(registry: SqlRegistry) -> None:
    person = await taught(registry)
    await registry.put(replace(person, row=2))
    with pytest.raises(Refused) as refusal:
        await registry.erase_pupil(forgetting(person))
    assert refusal.value.code == "changed-meanwhile"
    assert len(await registry.past("p2")) == 1 and await registry.photograph("w1")
    assert await registry.people(text="小明")
