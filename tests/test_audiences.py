"""Every fact and every glimpse is shown to everybody, and is seen by whom the table says."""

from itertools import product
from typing import Any

import pytest
from msgspec import Raw, inspect

from signaling.tail import Tail
from synclass import wire
from synclass.channel import Fact, Glimpse, Whose, tag_of
from synclass.lesson import Entry
from synclass.permissions import TABLE, see
from synclass.wire import FACTS, GLIMPSES
from synclass.words import SYSTEM, Participant, ParticipantId, Role, Stage

from .conftest import person
from .signaling.test_room import opened, seated

ASKERS = (Role.TEACHER, Role.CO_TEACHER, Role.CLASSROOM, Role.PATROL, Role.ADMIN, Role.GUEST)
Seeable = type[Fact] | type[Glimpse]
SEEN: dict[str, dict[str, tuple[str, ...]]] = {
    "a--aa-": {
        "unseen": ("lesson.joined", "lesson.lost", "lesson.left"),
        "hidden": ("bookmark.added", "bookmark.changed", "bookmark.removed"),
    },
    "aa-aa-": {"": ("link", "check.level")},
    "aaoaa-": {
        "teachers": ("chat.said", "chat.removed"),
        "": (
            *("chat.muted", "chat.unmuted", "layer.drawn", "layer.erased"),
            *("picture.kept", "handout.counted"),
        ),
    },
    "asoaa-": {
        "": (
            *("check.noted", "reading.ticked", "warmup.tallied", "quiz.answered", "help.called"),
            *("help.ended", "pause.begun", "pause.ended", "roll.listed", "roll.marked"),
            *("roll.taken", "roll.picked"),
        )
    },
    "aooaa-": {"": ("aside.said",)},
    "a-oaa-": {"": ("groups.said",)},
    "oooaao": {"": ("track.watched", "track.unseen")},
}
"""Once more and by itself: what each of ASKERS sees, all, of their school, their own, or nothing.

Written by hand, so that a slip in the table is seen here.  All that is not here is for all.
"""
SAID = {
    (tag, aspect): letters
    for letters, rows in SEEN.items()
    for aspect, tags in rows.items()
    for tag in tags
}
KINDS: tuple[Seeable, ...] = (*FACTS, *GLIMPSES)
MARKS = ("added", "changed", "removed")
ASPECTS: dict[tuple[str, str], dict[str, object]] = {
    ("lesson.joined", "unseen"): {"role": Role.PATROL},
    **{("lesson." + word, "unseen"): {"unseen": True} for word in ("lost", "left")},
    **{
        ("bookmark." + word, "hidden"): {"hidden": True} for word in ("added", "changed", "removed")
    },
    **{("chat." + word, "teachers"): {"to": "teachers"} for word in ("said", "removed")},
}
"""What makes a fact one of those that not all may see."""
ROWS = [(kind, "") for kind in KINDS]
ROWS += [(kind, aspect) for kind in KINDS for tag, aspect in ASPECTS if tag == tag_of(kind)]
WHOSE = {
    "own": ("me", "ours"),
    "own school's": ("another", "ours"),
    "other school's": ("stranger", "theirs"),
}
PLAIN: dict[type, Any] = {
    **{inspect.FloatType: 1.0, inspect.StrType: "x", inspect.BytesType: b"x"},
    **{inspect.ListType: [], inspect.VarTupleType: (), inspect.DictType: {}},
    **{inspect.BoolType: False, inspect.NoneType: None},
}
CELLS = [
    (kind, aspect, role, whose) for (kind, aspect), role, whose in product(ROWS, ASKERS, WHOSE)
]


def made(kind: inspect.Type, **said: Any) -> Any:
    """Something of this type: the fields that were said, and whatever may stand in the others."""
    match kind:
        case inspect.StructType(cls=cls, fields=fields):
            return cls(**{f.name: _field(f, said) for f in fields})
        case inspect.EnumType(cls=cls):
            return next(iter(cls))
        case inspect.LiteralType(values=values):
            return values[0]
        case inspect.UnionType(types=types):
            return made(types[0], **said)
        case inspect.TupleType(item_types=types):
            return tuple(made(one, **said) for one in types)
        case inspect.IntType():
            return kind.ge or 1
    return PLAIN[type(kind)]


def _field(field: inspect.Field, said: dict[str, Any]) -> Any:
    listed = isinstance(field.type, inspect.ListType)
    if field.name in said and (field.name == "rooms") is listed:
        if not isinstance(field.type, inspect.EnumType):
            return said[field.name]
        if said[field.name] in [one.value for one in field.type.cls]:
            return field.type.cls(said[field.name])
    return made(field.type, **said)


def happened(kind: Seeable, aspect: str, whose: str) -> Any:
    """Such a fact or glimpse of that person, or room, of that school."""
    who, school = WHOSE[whose]
    said: dict[str, Any] = dict.fromkeys(("room", "aide"), who)
    said |= {"who": who, "school": school, "rooms": [who], "id": who, "hidden": False}
    said |= {"unseen": False, "role": Role.CLASSROOM, "to": "everyone"}
    said |= ASPECTS.get((tag_of(kind), aspect), {})
    if tag_of(kind) == "lesson.joined":
        joined = Participant(ParticipantId(who), "x", Role(said["role"]), school)
        said["who"] = joined
    return made(inspect.type_info(kind), **said)


def expected(kind: Seeable, aspect: str, role: Role, whose: str) -> bool:
    tag = tag_of(kind)
    letter = SAID.get((tag, aspect), "aaaaaa")[ASKERS.index(role)]
    if letter == "o" or (letter == "s" and role is not Role.CO_TEACHER):
        return whose == "own"
    return letter == "a" or (letter == "s" and whose != "other school's")


def viewer(role: Role) -> Participant:
    return person("me", role, "ours")


@pytest.mark.parametrize("role", ASKERS)
def test_every_cell_is_seen_or_not_by_socket_replay_and_tail(role: Role) -> None:
    cells = [(k, a, w) for k, a, r, w in CELLS if r is role and issubclass(k, Fact)]
    for kind, aspect, whose in cells:
        fact, may = happened(kind, aspect, whose), expected(kind, aspect, role, whose)
        assert fact.aspect() == aspect
        entry = Entry(1, 10, ParticipantId("teacher"), 0, fact)
        (kept,) = wire.entries(wire.record([entry]))
        assert kept.fact == fact, "it is not what it would be in a lesson"
        tail = Tail(0)
        tail.add([entry])
        told = tail.frame(0, viewer(role)) is not None, bool(tail.recent(0, viewer(role)))
        cell = tag_of(kind), aspect, role, whose
        assert (kept.audience().admits(viewer(role)), *told) == (may,) * 3, cell
    print(f"{len(cells)} cells: facts to a {role}, of their own, their school's and another's")
    assert len(cells) == 3 * (len(FACTS) + len(ASPECTS))


@pytest.mark.parametrize("role", ASKERS)
def test_every_glimpse_is_seen_or_not(role: Role) -> None:
    cells = [(k, a, w) for k, a, r, w in CELLS if r is role and issubclass(k, Glimpse)]
    for kind, aspect, whose in cells:
        glimpse, may = happened(kind, aspect, whose), expected(kind, aspect, role, whose)
        assert glimpse.audience().admits(viewer(role)) is may, (tag_of(kind), role, whose)
    print(f"{len(cells)} cells: glimpses to a {role}")
    assert len(cells) == 3 * len(GLIMPSES)


async def test_of_another_lesson_nobody_sees_anything() -> None:
    here, _ = opened()
    theres = [opened()[0] for _ in ASKERS]
    strangers = [
        next(seated(there, viewer(role))) for there, role in zip(theres, ASKERS, strict=True)
    ]
    insider = next(seated(here, person("patrol", Role.PATROL)))
    told = [len(seat.frames) for seat in strangers]
    count = 0
    for kind, aspect in ROWS:
        thing = happened(kind, aspect, "own")
        if isinstance(thing, Glimpse):
            here.show(SYSTEM, thing)
        else:
            seq = here.lesson.seq + 1
            here.lesson.seq = seq
            here._tail.add([Entry(seq, 10, SYSTEM.id, 0, thing)])
            insider.wake()
        for seat in strangers:
            seat.wake()
            count += 1
    assert [len(seat.frames) for seat in strangers] == told
    assert not any(seat.glimpses for seat in strangers)
    assert len(insider.frames) > len(FACTS)
    print(f"{count} cells: facts and glimpses to people of another lesson")
    for room in (here, *theres):
        room.close("closed", "")


def test_a_fact_or_a_glimpse_without_a_row_fails_and_so_does_a_row_without_one() -> None:
    rows = {see(tag_of(kind), aspect) for kind, aspect in ROWS}
    listed = {row for row in TABLE if row.startswith("see ")}
    assert rows == listed - {"see what-is-not-known"}
    assert all(TABLE[row].when == frozenset(Stage) for row in listed)
    assert all(Role.SYSTEM not in TABLE[row].may and not TABLE[row].open for row in listed)


def test_no_fact_says_by_itself_who_sees_it() -> None:
    for kind in KINDS:
        assert kind.audience in (Fact.audience, Glimpse.audience), tag_of(kind)


def test_whose_a_fact_is_comes_from_the_fact() -> None:
    for kind in KINDS:
        letters = SAID.get((tag_of(kind), "teachers"), SAID.get((tag_of(kind), ""), "aaaaaa"))
        thing = happened(kind, "", "own school's")
        assert ("o" in letters) is (thing.whose() != Whose()), tag_of(kind)
        assert ("s" in letters) is (thing.whose().school == "ours"), tag_of(kind)


def test_what_a_later_version_wrote_is_for_those_who_see_all() -> None:
    entry = Entry(1, 10, SYSTEM.id, 0, Raw(wire.encode(["poll.opened", 7])))
    seen = [role for role in ASKERS if entry.audience().admits(viewer(role))]
    assert seen == [Role.PATROL, Role.ADMIN]
