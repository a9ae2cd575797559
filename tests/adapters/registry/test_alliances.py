"""What an alliance wrote down is kept, version by version, and for each alliance alone."""

from datetime import date

import pytest
from msgspec.structs import replace

from synclass.adapters.registry import SqlRegistry
from synclass.errors import Refused
from synclass.school.alliance import Attendee, Exchange, Policy, Reading, Training, Word
from synclass.words import LessonId

from .villages import settle

RULE = Policy("y1", "a1", 0, "听课制度", "每周一次", "admin", 10.0)
READ = Reading("y1", 1, "wang", "王老师", "s1", 11.0)
COURSE = Training("t1", "a1", "怎样带远端教室", "", "中心小学", 1e9, 1)
COMES = Attendee("t1", "wang", "王老师", "s1", 12.0)
SONGS = Exchange("e1", "a1", "山歌会", "", date(2026, 11, 3), ["c1", "c2"])
SAID = Word(0, "a1", "m1", 0, "wang", "王老师", "s1", 13.0, "导入用了八分钟")


@pytest.fixture
async def east(registry: SqlRegistry) -> SqlRegistry:
    await settle(registry)
    return registry


async def refused(asked: object) -> str:
    with pytest.raises(Refused) as refusal:
        await asked  # type: ignore[misc]
    return refusal.value.code


async def test_a_policy_keeps_its_versions_and_nobody_overwrites_one_unseen(
    east: SqlRegistry,
) -> None:
    first = await east.save_policy(0, RULE)
    second = await east.save_policy(1, replace(RULE, text="每周两次", at=20.0))
    assert (first.number, second.number) == (1, 2)
    assert await east.policies("a1") == [second, first] and await east.policies("a2") == []
    assert await refused(east.save_policy(1, RULE)) == "changed-meanwhile"
    assert await refused(east.save_policy(2, replace(RULE, alliance="a2"))) == "changed-meanwhile"


async def test_who_has_read_a_version_is_noted_once(east: SqlRegistry) -> None:
    await east.save_policy(0, RULE)
    await east.note_reading(READ)
    await east.note_reading(replace(READ, at=99.0))
    assert await east.readings("a1") == [READ]
    assert await refused(east.note_reading(replace(READ, number=2))) == "not-there"


async def test_a_training_has_no_more_who_come_than_seats(east: SqlRegistry) -> None:
    kept = await east.put(COURSE)
    assert await east.trainings("a1") == [kept] and await east.training("t1") == kept
    await east.attend(COMES)
    sun = replace(COMES, account="sun")
    assert await refused(east.attend(sun)) == "full"
    await east.attend(replace(COMES, came=True))
    await east.attend(replace(sun, came=True))  # who came without a seat was there
    assert [one.came for one in await east.attendees("a1")] == [True, True]
    await east.stay_away("t1", "wang")
    assert [one.account for one in await east.attendees("a1")] == ["sun"]
    assert await refused(east.attend(replace(COMES, training="t9"))) == "not-there"
    await east.remove(Training, "t1", 1)
    assert await east.attendees("a1") == []


async def test_an_exchange_is_changed_by_who_has_seen_it(east: SqlRegistry) -> None:
    kept = await east.put(SONGS)
    assert await east.exchanges("a1") == [kept] and await east.exchange("e1") == kept
    assert await refused(east.put(replace(SONGS, version=9))) == "changed-meanwhile"
    assert await east.exchange("e9") is None


async def test_an_answer_to_an_answer_is_of_the_same_thread(east: SqlRegistry) -> None:
    first = await east.say(SAID)
    second = await east.say(replace(SAID, lesson="", parent=first.id))
    third = await east.say(replace(SAID, parent=second.id))
    assert (second.lesson, third.parent) == ("m1", first.id)
    assert await east.said("a1") == [first, second, third]
    assert await refused(east.say(replace(SAID, parent=99))) == "no-word"
    await east.remove_lesson(LessonId("m1"))
    assert await east.said("a1") == []


async def test_an_alliance_that_is_not_there_is_none(east: SqlRegistry) -> None:
    assert await refused(east.alliance("a9")) == "no-alliance"
    assert (await east.alliance("a1")).name == "城东教育联盟"
