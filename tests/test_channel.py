from collections.abc import Mapping

import pytest

from synclass import channel
from synclass.channel import EVERYONE, NOT_KNOWN, Audience, Whose, sees, tag_of
from synclass.inclass.chat import Said
from synclass.inclass.hands import RaiseHand
from synclass.permissions import TABLE, Rule, Scope, see
from synclass.words import ParticipantId, Role

from .conftest import CO_TEACHER, OTHER_VILLAGE, PEOPLE, TEACHER, VILLAGE, person

TO_ITS_SCHOOL: Mapping[Role, Scope] = {Role.CO_TEACHER: Scope.SCHOOL, Role.CLASSROOM: Scope.OWN}


def test_everyone_is_everyone() -> None:
    assert all(EVERYONE.admits(viewer) for viewer in PEOPLE)


def test_what_is_one_schools_is_seen_by_its_co_teachers_and_no_other() -> None:
    audience = Audience(TO_ITS_SCHOOL, Whose(school="caoxing"))
    assert [viewer for viewer in PEOPLE if audience.admits(viewer)] == [CO_TEACHER]
    stranger = person("zhou", Role.CO_TEACHER, "shuangmiao")
    assert not audience.admits(stranger)


def test_a_room_that_calls_itself_by_anothers_name_sees_nothing_of_it() -> None:
    stranger = person("stranger", Role.CLASSROOM, "caoxing")
    assert not Audience(TO_ITS_SCHOOL, Whose(school="caoxing")).admits(stranger)
    assert not Audience(TO_ITS_SCHOOL).admits(person("nowhere", Role.CO_TEACHER))


def test_what_is_ones_own_is_seen_by_oneself_where_the_table_lets_that_role() -> None:
    audience = Audience(TO_ITS_SCHOOL, Whose(frozenset({VILLAGE.id, TEACHER.id})))
    assert [viewer for viewer in PEOPLE if audience.admits(viewer)] == [VILLAGE]


def test_what_nobody_here_can_judge_is_not_for_the_class() -> None:
    assert [viewer.role for viewer in PEOPLE if NOT_KNOWN.admits(viewer)] == ["patrol", "admin"]


def test_who_sees_a_fact_is_what_the_table_says_now(monkeypatch: pytest.MonkeyPatch) -> None:
    said = Said(1, ParticipantId("x"), "好")
    assert said.audience() is EVERYONE and sees(OTHER_VILLAGE, Said)
    narrow = {**TABLE, see("chat.said"): Rule({Role.TEACHER: Scope.ALL})}
    monkeypatch.setattr(channel, "TABLE", narrow)
    assert [viewer for viewer in PEOPLE if said.audience().admits(viewer)] == [TEACHER]
    monkeypatch.setattr(channel, "TABLE", {})
    assert not any(said.audience().admits(viewer) for viewer in PEOPLE)


def test_a_tag_is_the_same_for_a_command_and_its_type() -> None:
    assert tag_of(RaiseHand()) == tag_of(RaiseHand) == "hand.raise"
