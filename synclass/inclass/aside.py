"""Beside the lesson: a room's call for help, a pause of its own, words for the teacher alone."""

from collections.abc import Iterable
from typing import Self

from msgspec import Struct, field, structs

from ..channel import Channel, Command, Fact, Whose, sees
from ..conduct import Ended, Joined, Left
from ..errors import Refused
from ..permissions import check_owner
from ..village import check_speaks_for, seen_of, theirs
from ..words import Participant, ParticipantId, Role

LONGEST = 300  # characters
KEPT = 100  # words in the state, of each who talks with the teacher


class CallHelp(Command, tag="help.call"):
    room: ParticipantId
    words: str


class EndHelp(Command, tag="help.end"):
    room: ParticipantId


class Pause(Command, tag="pause.begin"):
    room: ParticipantId


class Resume(Command, tag="pause.end"):
    room: ParticipantId


class SayAside(Command, tag="aside.say"):
    """``to`` is whom the teacher answers; all others talk with the teacher."""

    text: str
    to: ParticipantId | None = None


class HelpCalled(Fact, tag="help.called"):
    room: ParticipantId
    school: str
    words: str

    def whose(self) -> Whose:
        return theirs(self.room, self.school)


class HelpEnded(Fact, tag="help.ended"):
    room: ParticipantId
    school: str

    def whose(self) -> Whose:
        return theirs(self.room, self.school)


class PauseBegun(Fact, tag="pause.begun"):
    room: ParticipantId
    school: str

    def whose(self) -> Whose:
        return theirs(self.room, self.school)


class PauseEnded(Fact, tag="pause.ended"):
    room: ParticipantId
    school: str

    def whose(self) -> Whose:
        return theirs(self.room, self.school)


def _with(aide: ParticipantId) -> Whose:
    """Theirs and the teacher's: no other co-teacher's, and no other room's."""
    return Whose(frozenset({aide}))


class AsideSaid(Fact, tag="aside.said"):
    words: int
    aide: ParticipantId
    """Who talks with the teacher."""
    who: ParticipantId
    text: str

    def whose(self) -> Whose:
        return _with(self.aide)


class Since(Struct, frozen=True, array_like=True):
    """A call or a pause that lasts."""

    school: str
    at: float
    words: str = ""


class AsideWords(Struct, frozen=True, array_like=True):
    id: int
    at: float
    aide: ParticipantId
    who: ParticipantId
    text: str


class Aside(Channel):
    name = "aside"
    commands = (CallHelp, EndHelp, Pause, Resume, SayAside)
    follows = (HelpCalled, HelpEnded, PauseBegun, PauseEnded, AsideSaid, Joined, Left, Ended)

    help: dict[ParticipantId, Since] = field(default_factory=dict)
    """Rooms that have called, in the order of calling."""
    paused: dict[ParticipantId, Since] = field(default_factory=dict)
    words: list[AsideWords] = field(default_factory=list)
    schools: dict[ParticipantId, str] = field(default_factory=dict)
    aides: list[ParticipantId] = field(default_factory=list)
    """Every co-teacher who was here."""

    def decide(self, by: Participant, command: Command, now: float) -> Iterable[Fact]:
        match command:
            case CallHelp(room, words):
                school = self._check(by, "help.call", room)
                if len(words) > LONGEST:
                    raise Refused("bad-text", f"at most {LONGEST} characters")
                yield HelpCalled(room, school, words.strip())
            case EndHelp(room) if room in self.help:
                if by.role is not Role.TEACHER:
                    self._check(by, "help.end", room)
                yield HelpEnded(room, self.help[room].school)
            case Pause(room):
                school = self._check(by, "pause.begin", room)
                if room not in self.paused:
                    yield PauseBegun(room, school)
            case Resume(room) if room in self.paused:
                self._check(by, "pause.end", room)
                yield PauseEnded(room, self.paused[room].school)
            case SayAside(text, to):
                yield self._say(by, text.strip(), to)

    def apply(self, fact: Fact, at: float) -> None:
        match fact:
            case HelpCalled(room, school, words):
                self.help[room] = Since(school, at, words)
            case HelpEnded(room):
                self.help.pop(room, None)
            case PauseBegun(room, school):
                self.paused[room] = Since(school, at)
            case PauseEnded(room):
                self.paused.pop(room, None)
            case AsideSaid(id_, aide, who, text):
                self._forget_one_of(aide)
                self.words.append(AsideWords(id_, at, aide, who, text))
            case Joined(who) if who.role is Role.CLASSROOM:
                self.schools[who.id] = who.school
            case Joined(who) if who.role is Role.CO_TEACHER and who.id not in self.aides:
                self.aides.append(who.id)
            case Left(who_id):
                self.help.pop(who_id, None)
                self.paused.pop(who_id, None)
            case Ended():
                self.help.clear()
                self.paused.clear()

    def facing(self, viewer: Participant) -> Self:
        return structs.replace(
            self,
            help=seen_of(viewer, HelpCalled, self.help),
            paused=seen_of(viewer, PauseBegun, self.paused),
            words=[w for w in self.words if sees(viewer, AsideSaid, _with(w.aide))],
        )

    def _say(self, by: Participant, text: str, to: ParticipantId | None) -> Fact:
        if not 0 < len(text) <= LONGEST:
            raise Refused("bad-text", f"between 1 and {LONGEST} characters")
        if by.role is Role.TEACHER:
            aide = to
        else:
            check_owner(by.role, "aside.say", own=to is None or to == by.id)
            aide = by.id
        if aide is None or (aide not in self.schools and aide not in self.aides):
            raise Refused("no-aide", "say to whom: a co-teacher or a room of this lesson")
        last = max((words.id for words in self.words), default=0)
        return AsideSaid(last + 1, aide, by.id, text)

    def _check(self, by: Participant, action: str, room: ParticipantId) -> str:
        """-> the school of the room, for which this one may speak."""
        if room not in self.schools:
            raise Refused("no-room", "this classroom is not in the lesson")
        check_speaks_for(by, action, room, self.schools[room])
        return self.schools[room]

    def _forget_one_of(self, aide: ParticipantId) -> None:
        """Make room among the words of one, so that what is kept agrees for all viewers."""
        of_one = [words for words in self.words if words.aide == aide]
        if len(of_one) >= KEPT:
            self.words.remove(of_one[0])
