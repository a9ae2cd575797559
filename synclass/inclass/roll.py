"""Roll-call: who sits where in a classroom, who is there today, and who is picked to answer.

Pupils are minors: their names are for the staff and their own room.  That a room was picked
everybody may know; which pupil, only those.
"""

from collections.abc import Iterable
from typing import Self

from msgspec import Struct, field, structs

from ..channel import Chance, Channel, Command, Fact, Whose, sees
from ..conduct import Ended, Joined, Left, Lost
from ..errors import Refused
from ..school.places import LONGEST_NAME as LONGEST_KNOWN
from ..school.places import WIDEST
from ..village import check_speaks_for, seen_of, theirs
from ..words import Participant, ParticipantId, Role
from .stage import StageLeft

MOST_PUPILS = 80  # of one classroom: the fullest have seventy
LONGEST_NAME = 40  # characters
MOST_COLUMNS = 12  # of a seat map: more are not seen on a village's screen


class ListPupils(Command, tag="roll.list"):
    """A new list of a room's pupils, in the order of their seats; all are here."""

    room: ParticipantId
    names: list[str]
    """Empty for a pupil who is called by the number."""
    columns: int = 6


class SeatClass(Command, tag="roll.seat"):
    """The class of a room as its school's books have it, said by the server; all are here."""

    room: ParticipantId
    classroom: str
    names: list[str]
    pupils: list[str]
    """Their ids in the district, in the order of the names."""
    seats: list[int]
    """Of each the place in the room, from 1, row by row; 0 for who has none."""
    columns: int


class MarkPupil(Command, tag="roll.mark"):
    room: ParticipantId
    pupil: int
    here: bool


class TakeRoll(Command, tag="roll.take"):
    room: ParticipantId


class PickPupil(Chance, tag="roll.pick"):
    """Somebody of this room; of any room where none is named."""

    room: ParticipantId | None = None


class EndPick(Command, tag="roll.unpick"): ...


class PupilsListed(Fact, tag="roll.listed"):
    room: ParticipantId
    school: str
    names: list[str]
    columns: int
    classroom: str = ""
    """Which of the district's, "" for a list that was typed."""
    pupils: list[str] = field(default_factory=list)
    """Their ids in the district."""
    seats: list[int] = field(default_factory=list)
    """Their places, from 1, row by row; 0 for none. Empty: in the order of the names."""

    def whose(self) -> Whose:
        return theirs(self.room, self.school)


class PupilMarked(Fact, tag="roll.marked"):
    room: ParticipantId
    school: str
    pupil: int
    """Their number, from 1."""
    here: bool

    def whose(self) -> Whose:
        return theirs(self.room, self.school)


class RollTaken(Fact, tag="roll.taken"):
    """Whoever stands in the room has looked: so many are here."""

    room: ParticipantId
    school: str
    here: int

    def whose(self) -> Whose:
        return theirs(self.room, self.school)


class RoomPicked(Fact, tag="roll.room-picked"):
    room: ParticipantId
    dice: int
    """What chance said: with the state before it, it says why this room and this pupil."""


class PupilPicked(Fact, tag="roll.picked"):
    room: ParticipantId
    school: str
    pupil: int
    name: str

    def whose(self) -> Whose:
        return theirs(self.room, self.school)


class PickEnded(Fact, tag="roll.unpicked"): ...


class Pupil(Struct, frozen=True, array_like=True):
    name: str
    here: bool = True
    picked: int = 0
    id: str = ""
    """In the district; "" where it does not know them."""


class Roster(Struct, frozen=True, array_like=True):
    """A room's pupils.  The school is that of the room when they were listed."""

    school: str
    pupils: list[Pupil]
    columns: int
    taken_at: float | None = None
    classroom: str = ""
    seats: list[int] = field(default_factory=list)


class Pick(Struct, frozen=True, array_like=True):
    room: ParticipantId
    at: float
    school: str = ""
    pupil: int = 0
    """0 where it is only the room, or where the name is not for us."""
    name: str = ""


class Roll(Channel):
    name = "roll"
    commands = (ListPupils, SeatClass, MarkPupil, TakeRoll, PickPupil, EndPick)
    follows = (
        *(PupilsListed, PupilMarked, RollTaken, RoomPicked, PupilPicked, PickEnded),
        *(Joined, Lost, Left, StageLeft, Ended),
    )

    rosters: dict[ParticipantId, Roster] = field(default_factory=dict)
    schools: dict[ParticipantId, str] = field(default_factory=dict)
    """Every room that was here, and whose it says it is."""
    here: list[ParticipantId] = field(default_factory=list)
    """Rooms whose line holds."""
    picks: dict[ParticipantId, int] = field(default_factory=dict)
    """How often each room was picked."""
    pick: Pick | None = None

    def decide(self, by: Participant, command: Command, now: float) -> Iterable[Fact]:
        match command:
            case ListPupils(room, names, columns):
                self._check(by, "roll.list", room)
                yield PupilsListed(room, self.schools[room], _checked(names, columns), columns)
            case SeatClass():
                yield self._seat(command)
            case MarkPupil(room, number, here):
                self._check(by, "roll.mark", room)
                roster = self._roster(room)
                if not 0 < number <= len(roster.pupils):
                    raise Refused("no-pupil", "there is nobody on this seat")
                if roster.pupils[number - 1].here is not here:
                    yield PupilMarked(room, roster.school, number, here)
            case TakeRoll(room):
                self._check(by, "roll.take", room)
                roster = self._roster(room)
                yield RollTaken(room, roster.school, count_here(roster))
            case PickPupil(dice, wanted):
                yield from self._pick(dice, wanted)
            case EndPick() if self.pick is not None:
                yield PickEnded()

    def apply(self, fact: Fact, at: float) -> None:
        match fact:
            case PupilsListed(room):
                self.rosters[room] = _roster(fact)
            case PupilMarked(room, _, number, here):
                self._change(room, number, here=here)
            case RollTaken(room) if room in self.rosters:
                self.rosters[room] = structs.replace(self.rosters[room], taken_at=at)
            case RoomPicked(room):
                self.picks[room] = self.picks.get(room, 0) + 1
                self.pick = Pick(room, at)
            case PupilPicked(room, school, number, name):
                self.pick = Pick(room, at, school, number, name)
                if room in self.rosters:
                    times = self.rosters[room].pupils[number - 1].picked
                    self._change(room, number, picked=times + 1)
            case PickEnded() | Ended():
                self.pick = None
            case StageLeft(who) if self.pick is not None and self.pick.room == who:
                self.pick = None
            case _:
                self._follow(fact)

    def facing(self, viewer: Participant) -> Self:
        pick = self.pick
        if pick and not sees(viewer, PupilPicked, theirs(pick.room, pick.school)):
            pick = Pick(pick.room, pick.at)
        rosters = seen_of(viewer, PupilsListed, self.rosters)
        return structs.replace(self, rosters=rosters, pick=pick)

    def _seat(self, command: SeatClass) -> Fact:
        if command.room not in self.schools:
            raise Refused("no-room", "this classroom is not in the lesson")
        _check_class(command)
        return PupilsListed(
            *(command.room, self.schools[command.room], command.names, command.columns),
            *(command.classroom, command.pupils, command.seats),
        )

    def _pick(self, dice: int, wanted: ParticipantId | None) -> Iterable[Fact]:
        """No room a second time before each was picked once, and so with a room's pupils."""
        if wanted is not None and wanted not in self.here:
            raise Refused("no-room", "this classroom is not in the lesson")
        rooms = [wanted] if wanted is not None else self._seldom()
        if not rooms:
            raise Refused("no-room", "there is no classroom in the lesson")
        dice_left, room = dice // len(rooms), rooms[dice % len(rooms)]
        roster = self.rosters.get(room)
        if roster is None:
            yield RoomPicked(room, dice)
            return
        there = [(p.picked, n) for n, p in enumerate(roster.pupils, 1) if p.here]
        if not there:
            raise Refused("nobody-here", "no pupil of this classroom is here")
        seldom = [number for times, number in there if times == min(there)[0]]
        number = seldom[dice_left % len(seldom)]
        yield RoomPicked(room, dice)
        yield PupilPicked(room, roster.school, number, roster.pupils[number - 1].name)

    def _seldom(self) -> list[ParticipantId]:
        """The rooms that were picked least, of those where there is somebody."""
        rooms = [r for r in self.here if r not in self.rosters or count_here(self.rosters[r])]
        least = min((self.picks.get(room, 0) for room in rooms), default=0)
        return [room for room in rooms if self.picks.get(room, 0) == least]

    def _check(self, by: Participant, action: str, room: ParticipantId) -> None:
        if room not in self.schools:
            raise Refused("no-room", "this classroom is not in the lesson")
        check_speaks_for(by, action, room, self.schools[room])

    def _roster(self, room: ParticipantId) -> Roster:
        if room not in self.rosters:
            raise Refused("no-roster", "list the pupils of this classroom first")
        return self.rosters[room]

    def _change(self, room: ParticipantId, number: int, **changes: object) -> None:
        roster = self.rosters.get(room)
        if roster is None:
            return  # listed for others than us
        pupils = list(roster.pupils)
        pupils[number - 1] = structs.replace(pupils[number - 1], **changes)
        self.rosters[room] = structs.replace(roster, pupils=pupils)

    def _follow(self, fact: Fact) -> None:
        match fact:
            case Joined(who) if who.role is Role.CLASSROOM:
                self.schools[who.id] = who.school
                if who.id not in self.here:
                    self.here.append(who.id)
            case Lost(who_id) | Left(who_id) if who_id in self.here:
                self.here.remove(who_id)


def count_here(roster: Roster) -> int:
    return sum(pupil.here for pupil in roster.pupils)


def _roster(listed: PupilsListed) -> Roster:
    ids = listed.pupils or [""] * len(listed.names)
    pupils = [Pupil(name, id=id_) for name, id_ in zip(listed.names, ids, strict=True)]
    return Roster(
        listed.school,
        pupils,
        listed.columns,
        classroom=listed.classroom,
        seats=listed.seats,
    )


def _checked(names: list[str], columns: int) -> list[str]:
    if not 0 < len(names) <= MOST_PUPILS:
        raise Refused("bad-roster", f"between 1 and {MOST_PUPILS} pupils")
    if not 0 < columns <= MOST_COLUMNS:
        raise Refused("bad-roster", f"between 1 and {MOST_COLUMNS} seats in a row")
    names = [" ".join(name.split()) for name in names]
    if max(map(len, names)) > LONGEST_NAME:
        raise Refused("bad-roster", f"a name has at most {LONGEST_NAME} characters")
    return names


def _check_class(asked: SeatClass) -> None:
    count = len(asked.names)
    if not 0 < count <= MOST_PUPILS or not count == len(asked.pupils) == len(asked.seats):
        raise Refused("bad-roster", f"between 1 and {MOST_PUPILS} pupils, each with an id")
    if not 0 < asked.columns <= WIDEST or max(map(len, asked.names)) > LONGEST_KNOWN:
        raise Refused("bad-roster", f"at most {WIDEST} seats in a row")
    taken = [seat for seat in asked.seats if seat]
    if len(set(taken)) < len(taken) or any(not 0 < seat <= WIDEST**2 for seat in taken):
        raise Refused("bad-roster", "a seat is of one pupil")
