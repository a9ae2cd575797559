"""Who was erased is a number in every lesson of before; all others are who they were."""

from synclass.channel import Fact
from synclass.conduct import Joined
from synclass.inclass.roll import PupilPicked, PupilsListed
from synclass.lesson import Entry
from synclass.postclass.nameless import nameless
from synclass.words import SYSTEM, Participant, ParticipantId, Role

ROOM = ParticipantId("room-1")
DEVICE = Participant(ParticipantId("room-2"), "草兴小学 小明", Role.CLASSROOM, "草兴小学 小明")
LISTED = PupilsListed(ROOM, "草兴小学", ["小明", "小红"], 6, "c2", ["p2", "p7"], [1, 2])
TYPED = PupilsListed(ROOM, "草兴小学", ["小明", "小红"], 6)


def shown(*facts: Fact, erased: set[str]) -> list[object]:
    entries = [Entry(n, n, SYSTEM.id, 0, fact) for n, fact in enumerate(facts)]
    return [entry.fact for entry in nameless(entries, erased)]


def test_who_was_erased_is_a_number_wherever_the_log_says_the_name() -> None:
    picked = PupilPicked(ROOM, "草兴小学", 1, "小明")
    listed, nobody = shown(LISTED, picked, erased={"p2"})
    assert isinstance(listed, PupilsListed) and isinstance(nobody, PupilPicked)
    assert listed.names == ["", "小红"] and listed.pupils == ["gone-c2-1", "p7"]
    assert (nobody.pupil, nobody.name) == (1, "")


def test_a_list_that_comes_anew_counts_anew() -> None:
    picked = PupilPicked(ROOM, "草兴小学", 1, "小明")
    assert shown(LISTED, TYPED, picked, erased={"p2"})[1:] == [TYPED, picked], "typed: nobody knows"


def test_a_device_of_their_own_says_its_name_no_more() -> None:
    [joined] = shown(Joined(DEVICE, 1), erased={DEVICE.id})
    assert isinstance(joined, Joined)
    assert (joined.who.id, joined.who.name, joined.who.school) == (DEVICE.id, "…", "")


def test_where_nobody_was_erased_all_is_as_it_was() -> None:
    facts = [Joined(DEVICE, 1), LISTED, PupilPicked(ROOM, "草兴小学", 2, "小红")]
    assert shown(*facts, erased=set()) == shown(*facts, erased={"p2x"}) == facts
