import pytest

from synclass.channel import Command, Fact
from synclass.conduct import Ended, Joined, Left
from synclass.errors import Refused
from synclass.inclass.aside import (
    KEPT,
    Aside,
    AsideSaid,
    CallHelp,
    EndHelp,
    HelpCalled,
    HelpEnded,
    Pause,
    PauseBegun,
    PauseEnded,
    Resume,
    SayAside,
)
from synclass.words import Participant, ParticipantId, Role

from ..conftest import ADMIN, CO_TEACHER, OTHER_VILLAGE, PATROL, PEOPLE, TEACHER, VILLAGE, person


def here() -> Aside:
    aside = Aside()
    for seat, who in enumerate(PEOPLE, 1):
        aside.apply(Joined(who, seat), at=0)
    return aside


def ask(aside: Aside, by: Participant, command: Command, now: float = 1) -> list[Fact]:
    facts = list(aside.decide(by, command, now))
    for fact in facts:
        aside.apply(fact, now)
    return facts


def refused(aside: Aside, by: Participant, command: Command) -> str:
    with pytest.raises(Refused) as refusal:
        list(aside.decide(by, command, now=9))
    return refusal.value.code


def seeing(aside: Aside, field: str) -> list[Participant]:
    return [who for who in PEOPLE if getattr(aside.facing(who), field)]


def test_a_call_for_help_is_seen_by_the_staff_and_its_own_room_until_it_is_answered() -> None:
    aside = here()
    [called] = ask(aside, CO_TEACHER, CallHelp(VILLAGE.id, " 没有声音 "))
    assert called == HelpCalled(VILLAGE.id, "caoxing", "没有声音")
    assert seeing(aside, "help") == [TEACHER, VILLAGE, CO_TEACHER, PATROL, ADMIN]
    assert ask(aside, TEACHER, EndHelp(VILLAGE.id)) == [HelpEnded(VILLAGE.id, "caoxing")]
    assert ask(aside, TEACHER, EndHelp(VILLAGE.id)) == []


def test_a_room_pauses_for_itself_and_goes_on() -> None:
    aside = here()
    assert ask(aside, VILLAGE, Pause(VILLAGE.id)) == [PauseBegun(VILLAGE.id, "caoxing")]
    assert ask(aside, CO_TEACHER, Pause(VILLAGE.id)) == []
    assert seeing(aside, "paused") == [TEACHER, VILLAGE, CO_TEACHER, PATROL, ADMIN]
    assert ask(aside, CO_TEACHER, Resume(VILLAGE.id)) == [PauseEnded(VILLAGE.id, "caoxing")]
    assert ask(aside, CO_TEACHER, Resume(VILLAGE.id)) == []


@pytest.mark.parametrize("command", [CallHelp, EndHelp, Pause, Resume])
def test_nobody_calls_or_pauses_for_another_room(command: type) -> None:
    aside = here()
    ask(aside, VILLAGE, CallHelp(VILLAGE.id, ""))
    ask(aside, VILLAGE, Pause(VILLAGE.id))
    asked = command(VILLAGE.id, "") if command is CallHelp else command(VILLAGE.id)
    assert refused(aside, OTHER_VILLAGE, asked) == "not-yours"


@pytest.mark.parametrize("end", [Left(VILLAGE.id), Ended()])
def test_a_room_that_has_gone_neither_calls_nor_pauses(end: Fact) -> None:
    aside = here()
    ask(aside, VILLAGE, CallHelp(VILLAGE.id, ""))
    ask(aside, VILLAGE, Pause(VILLAGE.id))
    aside.apply(end, at=5)
    assert (aside.help, aside.paused) == ({}, {})


def test_words_aside_are_between_two() -> None:
    aside = here()
    other = person("zhou", Role.CO_TEACHER, "caoxing")
    aside.apply(Joined(other, 9), at=0)
    said = ask(aside, CO_TEACHER, SayAside("王芳不舒服"), now=3)
    said += ask(aside, TEACHER, SayAside("好", CO_TEACHER.id), now=4)
    assert said == [
        AsideSaid(1, CO_TEACHER.id, CO_TEACHER.id, "王芳不舒服"),
        AsideSaid(2, CO_TEACHER.id, TEACHER.id, "好"),
    ]
    assert seeing(aside, "words") == [TEACHER, CO_TEACHER, PATROL, ADMIN]
    assert aside.facing(other).words == []


def test_only_the_teacher_says_to_whom() -> None:
    aside = here()
    assert refused(aside, TEACHER, SayAside("好")) == "no-aide"
    assert refused(aside, TEACHER, SayAside("好", ParticipantId("nobody"))) == "no-aide"
    assert refused(aside, CO_TEACHER, SayAside("好", OTHER_VILLAGE.id)) == "not-yours"


@pytest.mark.parametrize("text", ["", "  ", "长" * 301])
def test_empty_or_endless_words_are_refused(text: str) -> None:
    assert refused(here(), VILLAGE, SayAside(text)) == "bad-text"
    if len(text) > 3:
        assert refused(here(), VILLAGE, CallHelp(VILLAGE.id, text)) == "bad-text"


def test_old_words_of_one_are_forgotten_and_of_others_not() -> None:
    aside = here()
    ask(aside, VILLAGE, SayAside("一"))
    for n in range(KEPT + 5):
        ask(aside, CO_TEACHER, SayAside(str(n)))
    assert len(aside.words) == KEPT + 1 and aside.words[0].who == VILLAGE.id


def test_a_room_that_is_not_here_cannot_call() -> None:
    assert refused(here(), VILLAGE, CallHelp(ParticipantId("nobody"), "")) == "no-room"
