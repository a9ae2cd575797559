"""The tail as every client's queue: what is sent to whom, and when it is too long to send."""

from msgspec import Raw

from signaling.tail import KEPT, LONGEST_TAIL, Tail
from synclass import wire
from synclass.channel import Fact
from synclass.cli.robot.messages import down, own_ask
from synclass.conduct import Joined
from synclass.inclass.chat import Said, To
from synclass.lesson import Entry
from synclass.strokes import InkAdded
from synclass.words import SYSTEM, Participant

from ..conftest import OTHER_VILLAGE, PATROL, TEACHER, VILLAGE


def said(seq: int, text: str = "好", to: To = To.EVERYONE, by: Participant = VILLAGE) -> Entry:
    return Entry(seq, seq * 10, by.id, seq, Said(seq, by.id, text, to))


def ink(seq: int, n: int, by: Participant = TEACHER) -> Entry:
    return Entry(seq, seq * 10, by.id, n, InkAdded(1 << 20, b"ink"))


def sent(tail: Tail, since: int, viewer: Participant) -> list[tuple[int, Fact | Raw | int]]:
    frame = tail.frame(since, viewer)
    if frame is None:
        return []
    entries = down(frame)
    assert isinstance(entries, wire.Entries)
    return [
        (entries.seq + line.seq, wire.fact(line.fact) if (n := own_ask(line.fact)) is None else n)
        for line in entries.lines
    ]


def test_a_client_is_sent_what_came_after_its_last_fact() -> None:
    tail = Tail(0)
    tail.add([said(1), said(2), said(3)])
    assert [seq for seq, _ in sent(tail, 1, OTHER_VILLAGE)] == [2, 3]
    assert sent(tail, 3, OTHER_VILLAGE) == []


def test_a_frame_is_encoded_once_for_all_alike() -> None:
    tail = Tail(0)
    tail.add([said(1), ink(2, 5)])
    assert tail.frame(0, VILLAGE) is tail.frame(0, OTHER_VILLAGE)


def test_words_to_the_teachers_are_for_them_and_who_said_them() -> None:
    tail = Tail(0)
    tail.add([said(1, to=To.TEACHERS), said(2)])
    assert [seq for seq, _ in sent(tail, 0, TEACHER)] == [1, 2]
    assert [seq for seq, _ in sent(tail, 0, VILLAGE)] == [1, 2]
    assert [seq for seq, _ in sent(tail, 0, OTHER_VILLAGE)] == [2]


def test_a_patrol_who_comes_is_in_no_rooms_frame() -> None:
    tail = Tail(0)
    tail.add([Entry(1, 10, PATROL.id, 1, Joined(PATROL, 3))])
    assert tail.frame(0, VILLAGE) is None
    assert sent(tail, 0, TEACHER) == [(1, Joined(PATROL, 3))]


def test_the_writer_is_told_the_number_of_their_ink_and_others_the_ink() -> None:
    tail = Tail(0)
    tail.add([ink(1, 41), ink(2, 42), said(3)])
    assert [fact for _, fact in sent(tail, 0, TEACHER)][:2] == [41, 42]
    assert sent(tail, 0, VILLAGE)[1] == (2, InkAdded(1 << 20, b"ink"))


def test_a_fact_of_a_later_version_is_carried_on_to_those_who_may_see_all() -> None:
    later = Raw(wire.encode(["poll.opened", 7]))
    tail = Tail(0)
    tail.add([Entry(1, 10, SYSTEM.id, 0, later)])
    ((_, fact),) = sent(tail, 0, PATROL)
    assert bytes(fact) == bytes(later)  # type: ignore[arg-type]
    assert sent(tail, 0, VILLAGE) == sent(tail, 0, TEACHER) == []


def test_a_long_absence_is_cheaper_to_mend_with_a_snapshot() -> None:
    tail = Tail(0)
    text = "字" * 500
    tail.add([said(seq, text) for seq in range(1, 41)])
    assert not tail.reaches(0)
    assert tail.reaches(40 - LONGEST_TAIL // 1600)
    assert not tail.reaches(41), "a fact that is not there yet"


def test_the_tail_forgets_the_oldest_and_knows_it() -> None:
    tail = Tail(100)
    for seq in range(101, 101 + 2 * KEPT + 1):
        tail.add([ink(seq, seq)])
    last = 100 + 2 * KEPT + 1
    assert tail.seq == last
    assert not tail.reaches(last - KEPT - 1)
    assert not tail.reaches(100)
    assert tail.reaches(last - 10)
    assert [seq for seq, _ in sent(tail, last - 2, VILLAGE)] == [last - 1, last]
