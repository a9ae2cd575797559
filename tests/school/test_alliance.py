"""What an alliance may write down."""

from datetime import date

import pytest

from synclass.errors import Refused
from synclass.school.alliance import (
    LONGEST_ABOUT,
    LONGEST_TEXT,
    Exchange,
    Training,
    check_exchange,
    check_policy,
    check_training,
    check_word,
)

NOW = 1.8e9
COURSE = Training("t1", "a1", "怎样带远端教室", "", "中心小学", NOW + 1000)
SONGS = Exchange("e1", "a1", "山歌会", "", date(2026, 11, 3), ["c1", "c2"])
SCHOOL_OF = {"c1": "s1", "c2": "s2", "c3": "s1"}


@pytest.mark.parametrize(
    ("title", "text"), [("", "x"), ("x" * 81, "x"), ("x", ""), ("x", "x" * (LONGEST_TEXT + 1))]
)
def test_a_policy_has_a_title_and_words(title: str, text: str) -> None:
    check_policy("听课制度", "每周一次")
    with pytest.raises(Refused) as refusal:
        check_policy(title, text)
    assert refusal.value.code == "bad-text"


@pytest.mark.parametrize(
    ("about", "starts_at", "seats", "code"),
    [
        ("x" * (LONGEST_ABOUT + 1), NOW, 0, "bad-text"),
        ("", NOW * 3, 0, "bad-moment"),
        ("", float("nan"), 0, "bad-moment"),
        ("", NOW, -1, "bad-number"),
    ],
)
def test_a_training_is_at_a_time_that_can_be(
    about: str, starts_at: float, seats: int, code: str
) -> None:
    check_training(COURSE, NOW)
    with pytest.raises(Refused) as refusal:
        check_training(Training("t1", "a1", "x", about, "", starts_at, seats), NOW)
    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("rooms", "code"),
    [(["c1", "c9"], "no-classroom"), (["c1", "c3"], "one-school"), ([], "one-school")],
)
def test_in_an_exchange_classes_of_two_schools_meet(rooms: list[str], code: str) -> None:
    check_exchange(SONGS, SCHOOL_OF)
    with pytest.raises(Refused) as refusal:
        check_exchange(Exchange("e1", "a1", "x", "", date(2026, 11, 3), rooms), SCHOOL_OF)
    assert refusal.value.code == code


def test_a_word_says_something() -> None:
    check_word("导入用了八分钟")
    with pytest.raises(Refused, match="1 to"):
        check_word("")
