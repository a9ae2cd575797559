import pytest

from synclass.conduct import Began, Ended
from synclass.errors import Refused
from synclass.inclass.again import SLACK, Again, AgainOver, AgainShown, ShowAgain, StopAgain

from ..conftest import TEACHER


def begun(at: float = 100) -> Again:
    again = Again()
    again.apply(Began(), at=at)
    return again


def test_the_last_minute_is_played_again_and_ends_by_itself() -> None:
    again = begun()
    (shown,) = again.decide(TEACHER, ShowAgain(), now=500)
    assert shown == AgainShown(440, 500, 560 + SLACK)
    again.apply(shown, at=500)
    assert list(again.decide(TEACHER, ShowAgain(), now=510)) == []
    assert again.wake_at() == 560 + SLACK
    (over,) = again.wake(now=560 + SLACK)
    again.apply(over, at=560 + SLACK)
    assert over == AgainOver() and again.wake_at() is None


def test_nothing_before_the_bell_is_played_again() -> None:
    (shown,) = begun(at=100).decide(TEACHER, ShowAgain(), now=120)
    assert shown == AgainShown(100, 120, 140 + SLACK)
    with pytest.raises(Refused, match="nothing has been said"):
        list(begun(at=100).decide(TEACHER, ShowAgain(), now=103))


def test_the_teacher_or_the_bell_ends_it() -> None:
    for end in (StopAgain(), None):
        again = begun()
        assert list(again.decide(TEACHER, StopAgain(), now=490)) == []
        (shown,) = again.decide(TEACHER, ShowAgain(), now=500)
        again.apply(shown, at=500)
        (over,) = again.decide(TEACHER, end, now=510) if end else [Ended()]
        again.apply(over, at=510)
        assert again.wake_at() is None
