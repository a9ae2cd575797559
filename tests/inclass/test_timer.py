import pytest

from synclass.errors import Refused
from synclass.inclass.timer import StartTimer, StopTimer, Timer, TimerRang, TimerStarted

from ..conftest import TEACHER


def test_it_rings_when_its_time_has_come() -> None:
    timer = Timer()
    (started,) = timer.decide(TEACHER, StartTimer(30), now=10)
    assert started == TimerStarted(30)
    timer.apply(started, at=10)
    assert timer.wake_at() == 40
    (rang,) = timer.wake(now=40)
    timer.apply(rang, at=40)
    assert rang == TimerRang() and timer == Timer(rang_at=40)


@pytest.mark.parametrize("seconds", [0, -1, 7201])
def test_it_refuses_odd_durations(seconds: int) -> None:
    with pytest.raises(Refused, match="between"):
        list(Timer().decide(TEACHER, StartTimer(seconds), now=0))


def test_stopping_a_stopped_timer_does_nothing() -> None:
    assert list(Timer().decide(TEACHER, StopTimer(), now=0)) == []
