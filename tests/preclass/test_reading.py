import pytest

from synclass.channel import Command
from synclass.conduct import Joined
from synclass.errors import Refused
from synclass.preclass.reading import AssignReading, DropReading, Reading, TickReading
from synclass.words import Participant

from ..conftest import CO_TEACHER, OTHER_VILLAGE, TEACHER, VILLAGE

SHEET = "ab" * 32 + ".svg"


def ask(channel: Reading, by: Participant, command: Command) -> None:
    for fact in list(channel.decide(by, command, now=1)):
        channel.apply(fact, at=1)


def assigned() -> Reading:
    channel = Reading()
    for seat, room in enumerate((VILLAGE, OTHER_VILLAGE), 1):
        channel.apply(Joined(room, seat), at=0)
    ask(channel, TEACHER, AssignReading(" 课本 ", "读第 12 页，想一想。", [SHEET]))
    return channel


def test_a_room_ticks_what_it_has_read_and_may_take_it_back() -> None:
    channel = assigned()
    ask(channel, VILLAGE, TickReading(1, VILLAGE.id, read=True))
    assert list(channel.decide(VILLAGE, TickReading(1, VILLAGE.id, read=True), now=2)) == []
    assert channel.has_read(VILLAGE.id, 1) and not channel.has_read(OTHER_VILLAGE.id, 1)
    ask(channel, CO_TEACHER, TickReading(1, VILLAGE.id, read=False))
    assert not channel.has_read(VILLAGE.id, 1)


def test_a_village_does_not_see_what_another_has_read() -> None:
    channel = assigned()
    ask(channel, VILLAGE, TickReading(1, VILLAGE.id, read=True))
    assert channel.facing(TEACHER).ticks and channel.facing(VILLAGE).ticks
    assert not channel.facing(OTHER_VILLAGE).ticks


def test_a_room_ticks_for_itself_only_and_what_is_there() -> None:
    channel = assigned()
    for by, task, code in ((OTHER_VILLAGE, 1, "not-yours"), (VILLAGE, 2, "no-reading")):
        with pytest.raises(Refused) as refusal:
            ask(channel, by, TickReading(task, VILLAGE.id, read=True))
        assert refusal.value.code == code
    ask(channel, TEACHER, DropReading(1))
    assert not channel.tasks


@pytest.mark.parametrize(
    "asked",
    [
        AssignReading("", "读", []),
        AssignReading("读", " ", []),
        AssignReading("读", "一" * 3001, []),
        AssignReading("读", "", [SHEET] * 41),
        AssignReading("读", "", ["a" * 81]),
    ],
)
def test_a_task_that_nobody_can_read_is_refused(asked: AssignReading) -> None:
    with pytest.raises(Refused) as refusal:
        ask(Reading(), TEACHER, asked)
    assert refusal.value.code == "bad-reading"


def test_ten_tasks_are_enough() -> None:
    channel = Reading()
    for _ in range(10):
        ask(channel, TEACHER, AssignReading("读", "课本", []))
    with pytest.raises(Refused) as refusal:
        ask(channel, TEACHER, AssignReading("读", "课本", []))
    assert refusal.value.code == "too-many-readings"
