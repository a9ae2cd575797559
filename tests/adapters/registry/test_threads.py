"""Words and answers are kept for each kind of people alone, one deep."""

import pytest
from msgspec.structs import replace

from synclass.adapters.registry import SqlRegistry, threads
from synclass.errors import Refused
from synclass.school.alliance import Word
from synclass.school.studio import Studio

from .villages import settle

SAID = Word(0, "s1", "", 0, "wang", "王老师", "s1", 13.0, "导入用了八分钟")
STUDIO = Studio("s1", "王老师数学工作室", "数学", "wang")


async def test_an_answer_to_an_answer_stands_beside_it(registry: SqlRegistry) -> None:
    await registry.put(STUDIO)
    first = await registry.say_in_studio(replace(SAID, lesson="m1"))
    second = await registry.say_in_studio(replace(SAID, parent=first.id, text="下次四分钟"))
    third = await registry.say_in_studio(replace(SAID, parent=second.id))
    assert [one.parent for one in (first, second, third)] == [0, first.id, first.id]
    assert {one.lesson for one in (first, second, third)} == {"m1"}
    assert await registry.said_in_studio("s1") == [first, second, third]


async def test_nobody_answers_what_others_say_elsewhere(registry: SqlRegistry) -> None:
    await settle(registry)
    await registry.put(STUDIO)
    said = await registry.say_in_studio(SAID)
    with pytest.raises(Refused) as refusal:
        await registry.say(replace(SAID, of="a1", parent=said.id))
    assert refusal.value.code == "no-word"
    assert await registry.said("a1") == []


async def test_words_have_an_end(registry: SqlRegistry, monkeypatch: pytest.MonkeyPatch) -> None:
    await registry.put(STUDIO)
    monkeypatch.setattr(threads, "MOST_WORDS", 1)
    await registry.say_in_studio(SAID)
    with pytest.raises(Refused) as refusal:
        await registry.say_in_studio(SAID)
    assert refusal.value.code == "too-many"
