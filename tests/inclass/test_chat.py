import pytest

from synclass.errors import Refused
from synclass.inclass.chat import (
    KEPT,
    Chat,
    Mute,
    Muted,
    RemoveWords,
    Said,
    Say,
    To,
    Unmute,
    Unmuted,
    WordsRemoved,
)
from synclass.words import Participant

from ..conftest import CO_TEACHER, OTHER_VILLAGE, PATROL, TEACHER, VILLAGE


def talk() -> Chat:
    chat = Chat()
    chat.apply(Said(1, VILLAGE.id, "听不清", To.TEACHERS), at=1)
    chat.apply(Said(2, TEACHER.id, "现在呢？"), at=2)
    return chat


@pytest.mark.parametrize(
    ("viewer", "count"), [(TEACHER, 2), (VILLAGE, 2), (OTHER_VILLAGE, 1), (PATROL, 2)]
)
def test_a_word_to_the_teachers_is_seen_by_them_and_by_who_said_it(
    viewer: Participant, count: int
) -> None:
    assert len(talk().facing(viewer).messages) == count
    assert Said(1, VILLAGE.id, "听不清", To.TEACHERS).audience().admits(viewer) == (count == 2)


def test_numbers_are_never_used_again() -> None:
    chat = talk()
    chat.apply(WordsRemoved(2, TEACHER.id), at=3)
    (said,) = chat.decide(CO_TEACHER, Say("好"), now=4)
    assert said == Said(3, CO_TEACHER.id, "好")


def test_the_teacher_takes_away_anybodys_words_and_a_room_its_own() -> None:
    assert list(talk().decide(TEACHER, RemoveWords(1), now=3)) == [
        WordsRemoved(1, VILLAGE.id, To.TEACHERS)
    ]
    with pytest.raises(Refused, match="somebody else"):
        list(talk().decide(VILLAGE, RemoveWords(2), now=3))
    with pytest.raises(Refused, match="gone"):
        list(talk().decide(TEACHER, RemoveWords(9), now=3))


@pytest.mark.parametrize("text", ["", "  \n", "长" * 501])
def test_empty_and_endless_words_are_refused(text: str) -> None:
    with pytest.raises(Refused, match="characters"):
        list(Chat().decide(VILLAGE, Say(text), now=0))


def test_old_words_make_room_for_new_ones_of_the_same_audience() -> None:
    chat = talk()
    for number in range(3, KEPT + 10):
        chat.apply(Said(number, TEACHER.id, "嗯"), at=3)
    assert len(chat.messages) == KEPT + 1 and chat.messages[0].text == "听不清"


def test_whose_chat_is_closed_says_nothing_until_it_is_opened() -> None:
    chat = talk()
    assert list(chat.decide(TEACHER, Mute(VILLAGE.id), now=3)) == [Muted(VILLAGE.id)]
    chat.apply(Muted(VILLAGE.id), at=3)
    assert list(chat.decide(TEACHER, Mute(VILLAGE.id), now=4)) == []
    with pytest.raises(Refused) as refusal:
        list(chat.decide(VILLAGE, Say("喂"), now=5))
    assert refusal.value.code == "muted"
    assert chat.facing(VILLAGE).muted == [VILLAGE.id] and chat.facing(OTHER_VILLAGE).muted == []
    assert list(chat.decide(TEACHER, Unmute(VILLAGE.id), now=6)) == [Unmuted(VILLAGE.id)]
    chat.apply(Unmuted(VILLAGE.id), at=6)
    assert list(chat.decide(VILLAGE, Say("喂"), now=7))
