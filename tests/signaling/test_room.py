"""A room: keeps before it tells, tells ink by the tick and all else at once, wakes in time."""

import asyncio
import time
from collections.abc import Iterator

import pytest

from signaling.pace import FASTEST, SLOWEST
from signaling.room import Room
from synclass import wire
from synclass.adapters.memory import MemoryJournal
from synclass.conduct import Begin, Join, Leave, Open
from synclass.errors import Malformed, Refused, Unavailable
from synclass.inclass.attendance import LinkReport
from synclass.inclass.chat import Say
from synclass.inclass.gaze import Pointer, Seen
from synclass.inclass.layers import DrawLayer, OpenLayers
from synclass.inclass.roll import PickPupil, RoomPicked
from synclass.inclass.timer import StartTimer, TimerRang
from synclass.ink import Chain, encode
from synclass.lesson import Entry
from synclass.marks import SEAT, NewMark, Pen, Shape
from synclass.strokes import AddInk, BeginStroke
from synclass.words import Participant

from ..conftest import OTHER_VILLAGE, TEACHER, VILLAGE


class Seat:
    """A member that takes its frame whenever it is woken."""

    def __init__(self, room: Room, me: Participant) -> None:
        self.room = room
        self.me = me
        self.seen = 0
        self.tick = FASTEST
        self.frames: list[bytes] = []
        self.glimpses: dict[str, bytes] = {}
        self.bye = ""
        self.woken = asyncio.Event()
        self.recalls = 0

    def recall(self) -> None:
        self.recalls += 1

    def wake(self) -> None:
        if frame := self.room.take(self):
            self.frames.append(frame)
        self.woken.set()

    def glimpse(self, key: str, data: bytes) -> None:
        self.glimpses[key] = data

    def dismiss(self, code: str, message: str) -> None:
        self.bye = code


def opened(journal: MemoryJournal | None = None, *, epoch: int = 1) -> tuple[Room, list[Entry]]:
    """A live room, and everything its watcher hears."""
    heard: list[Entry] = []
    room = Room(journal or MemoryJournal(), watch=lambda _, entries: heard.extend(entries))
    origin = asyncio.get_running_loop().time() - room.lesson.ms / 1000
    room.open(Open(epoch, time.time(), "", "分数的意义", "数学", "王老师"), origin=origin)
    return room, heard


def seated(room: Room, *people: Participant) -> Iterator[Seat]:
    for me in people:
        seat = Seat(room, me)
        room.enter(seat, None)
        yield seat


def draw(room: Room, by: Participant, count: int) -> int:
    """A teacher's stroke that goes on; returns its number."""
    number, chain = room.lesson.conduct.seats[by.id] * SEAT + count, Chain()
    ink = encode(chain, [(40, 40, 9)], first=True)
    room.ask(by, BeginStroke(number, 1, Pen("pen", 0, 12), ink))
    return number


async def test_what_is_said_reaches_everyone_at_once() -> None:
    room, _ = opened()
    teacher, village = seated(room, TEACHER, VILLAGE)
    told = len(village.frames)
    room.ask(TEACHER, Say("上课"))
    assert len(village.frames) == told + 1
    assert teacher.seen == village.seen == room.lesson.seq
    room.close("closed", "")


async def test_ink_waits_for_the_tick_and_comes_as_one_frame() -> None:
    room, _ = opened()
    _, village = seated(room, TEACHER, VILLAGE)
    told = len(village.frames)
    village.woken.clear()
    number = draw(room, TEACHER, 1)
    room.ask(TEACHER, AddInk(number, b"", last=True))
    assert len(village.frames) == told
    await asyncio.wait_for(village.woken.wait(), 5)
    assert len(village.frames) == told + 1
    room.close("closed", "")


async def test_a_weak_line_is_told_of_ink_more_seldom() -> None:
    room, _ = opened()
    _, village = seated(room, TEACHER, VILLAGE)
    room.show(VILLAGE, LinkReport(hears=True, sees=True, seq=0, loss=30, rtt=900))
    assert village.tick == SLOWEST
    room.show(VILLAGE, LinkReport(hears=True, sees=True, seq=0, loss=0, rtt=20))
    assert village.tick == FASTEST
    room.close("closed", "")


async def test_a_glimpse_goes_to_those_it_is_for_and_not_to_who_shows_it() -> None:
    room, _ = opened()
    teacher, village, other = seated(room, TEACHER, VILLAGE, OTHER_VILLAGE)
    room.show(VILLAGE, LinkReport(hears=True, sees=True, seq=0, loss=0, rtt=20))
    assert list(teacher.glimpses) == [f"link {VILLAGE.id}"]
    assert not village.glimpses and not other.glimpses
    room.close("closed", "")


async def test_a_pointer_is_kept_at_a_low_rate_and_its_last_place_always() -> None:
    room, heard = opened()
    teacher, village = seated(room, TEACHER, VILLAGE)
    heard.clear()
    for x in range(40, 48):
        room.show(TEACHER, Pointer(x, 40))
    assert [entry.fact for entry in heard] == [Seen(TEACHER.id, Pointer(40, 40))]
    assert len(village.glimpses) == 1 and not teacher.glimpses
    village.woken.clear()
    await asyncio.wait_for(village.woken.wait(), 5)
    assert [entry.fact for entry in heard[1:]] == [Seen(TEACHER.id, Pointer(47, 40))]
    room.close("closed", "")


async def test_what_a_room_writes_on_its_layer_is_sent_to_the_teacher_alone() -> None:
    room, _ = opened()
    teacher, village, other = seated(room, TEACHER, VILLAGE, OTHER_VILLAGE)
    room.ask(TEACHER, OpenLayers())
    before = [len(seat.frames) for seat in (teacher, village, other)]
    line = Shape("line", Pen("pen", 0, 12), [0, 0, 400, 400])
    number = room.lesson.conduct.seats[VILLAGE.id] * SEAT + 1
    room.ask(VILLAGE, DrawLayer(1, [NewMark(number, line)]))
    told = [len(seat.frames) for seat in (teacher, village, other)]
    assert told == [before[0] + 1, before[1] + 1, before[2]]
    late = Seat(room, OTHER_VILLAGE)
    states = room.enter(late, None).states
    assert states and states["layers"].own == []  # type: ignore[attr-defined]
    room.close("closed", "")


async def test_what_could_not_be_kept_has_not_happened() -> None:
    journal = MemoryJournal()
    room, heard = opened(journal)
    teacher, village = seated(room, TEACHER, VILLAGE)
    journal.close()
    before, told, kept = wire.snapshot(room.lesson), len(village.frames), len(heard)
    with pytest.raises(Unavailable):
        room.ask(TEACHER, Begin(), 1)
    assert wire.snapshot(room.lesson) == before
    assert (len(village.frames), len(heard)) == (told, kept)
    assert teacher.seen == room.lesson.seq


async def test_a_lesson_is_the_same_when_it_is_taken_up_again() -> None:
    journal = MemoryJournal()
    room, _ = opened(journal)
    list(seated(room, TEACHER, VILLAGE))
    room.ask(TEACHER, Begin(), 1)
    draw(room, TEACHER, 1)
    again = Room(journal)
    assert wire.snapshot(again.lesson) == wire.snapshot(room.lesson)
    with pytest.raises(Refused, match="epoch"):
        again.open(Open(1, 0.0, "", "", "", ""), origin=0.0)


async def test_a_countdown_rings_by_itself() -> None:
    room, heard = opened()
    list(seated(room, TEACHER))
    room.ask(TEACHER, Begin())
    room.ask(TEACHER, StartTimer(60))
    room.origin -= 61.0  # a minute later
    room.ask(TEACHER, Say("时间到了吗？"))
    facts = [entry.fact for entry in heard]
    assert TimerRang() in facts
    assert facts.index(TimerRang()) < len(facts) - 1, "time comes before what is asked after it"
    room.close("closed", "")


async def test_whoever_leaves_by_a_broken_line_keeps_their_place() -> None:
    room, _ = opened()
    teacher, village = seated(room, TEACHER, VILLAGE)
    room.leave(village)
    assert VILLAGE.id in room.lesson.conduct.away
    assert village.me.id not in room.members
    room.ask(TEACHER, Say("他们会回来的"))
    assert teacher.seen == room.lesson.seq
    room.close("closed", "")


async def test_an_old_window_that_leaves_takes_nobody_with_it() -> None:
    room, _ = opened()
    (old,) = seated(room, VILLAGE)
    (new,) = seated(room, VILLAGE)
    assert old.bye == "elsewhere"
    room.leave(old)
    assert room.members[VILLAGE.id] is new
    assert VILLAGE.id not in room.lesson.conduct.away
    room.close("closed", "")


async def test_someone_outside_can_ask_for_nothing() -> None:
    room, _ = opened()
    with pytest.raises(Refused, match="join"):
        room.ask(VILLAGE, Say("喂"))
    room.ask(VILLAGE, Join())
    room.ask(VILLAGE, Leave())
    room.close("closed", "")


async def test_a_journal_that_is_not_ours_is_not_opened() -> None:
    journal = MemoryJournal()
    journal.append(wire.encode("not a record"))
    with pytest.raises(Malformed):
        Room(journal)


async def test_an_encoder_keeps_its_owners_place_beside_and_without_a_page() -> None:
    room, _ = opened()
    page, encoder = Seat(room, TEACHER), Seat(room, TEACHER)
    room.enter(page, None)
    room.plug_in(encoder)
    assert page.bye == "", "the page stays"
    room.leave(page)
    assert TEACHER.id not in room.lesson.conduct.away
    room.unplug(encoder)
    room.unplug(encoder)
    assert TEACHER.id in room.lesson.conduct.away
    room.plug_in(encoder)
    assert TEACHER.id not in room.lesson.conduct.away
    room.close("closed", "")
    assert encoder.bye == "closed"


async def test_the_server_throws_the_dice_whatever_was_asked() -> None:
    room, heard = opened()
    for by in (TEACHER, VILLAGE):
        room.ask(by, Join())
    room.ask(TEACHER, Begin())
    for n in (1, 2):
        room.ask(TEACHER, PickPupil(dice=7), n)
    thrown = [entry.fact.dice for entry in heard if isinstance(entry.fact, RoomPicked)]
    assert len(set(thrown)) == 2 and 7 not in thrown
