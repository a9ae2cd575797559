"""What a lesson came to: attendance, participation and quizzes, room by room, from its log."""

from collections.abc import Iterable, Iterator

from msgspec import Struct, field

from ..channel import Fact
from ..conduct import Began, Ended, Joined, Left, Lost, Opened
from ..inclass.chat import Said, WordsRemoved
from ..inclass.hands import HandRaised
from ..inclass.quiz import Counts, QuizAnswered, QuizAsked, QuizKind, QuizShown, Quizzes
from ..inclass.roll import Roll
from ..inclass.stage import StageEntered, StageLeft
from ..words import LessonId, ParticipantId, Role


class RoomResult(Struct, frozen=True):
    """One room of one lesson.  A room is known by the name it came in by."""

    lesson: LessonId
    room: str
    began_at: float
    """Wall time of the bell."""
    minutes: float = 0.0
    """In the lesson, between its bells."""
    on_stage: float = 0.0
    """Minutes."""
    pupils: int = 0
    """On the list; 0 where the roll was not called."""
    here: int = 0
    hands: int = 0
    words: int = 0
    """Messages in the chat."""
    answers: int = 0
    right: int = 0
    """Of the answers to quizzes whose right ones were shown."""


class Presence(Struct, frozen=True):
    lesson: LessonId
    room: str
    pupil: str
    here: bool


class QuizResult(Struct, frozen=True):
    number: int
    kind: QuizKind
    question: str
    choices: list[str]
    right: list[str]
    """Empty where they were not shown."""
    at: float
    """Lesson seconds."""
    rooms: dict[str, Counts]


class Report(Struct, frozen=True):
    lesson: LessonId
    title: str
    subject: str
    began_at: float
    minutes: float
    rooms: list[RoomResult]
    quizzes: list[QuizResult]
    absent: dict[str, list[str]]
    """Names, by room."""


class _Room(Struct):
    """What is counted of a room while its lesson is gone through; times are lesson seconds."""

    since: float | None = None
    seconds: float = 0.0
    stage_since: float | None = None
    stage: float = 0.0
    hands: int = 0
    words: int = 0


class _Count(Struct):
    wall: float = 0.0
    title: str = ""
    subject: str = ""
    began: float | None = None
    ended: float | None = None
    names: dict[ParticipantId, str] = {}
    rooms: dict[ParticipantId, _Room] = {}
    roll: Roll = field(default_factory=Roll)
    quizzes: Quizzes = field(default_factory=Quizzes)
    asked: dict[int, QuizAsked] = {}
    asked_at: dict[int, float] = {}
    right: dict[int, list[str]] = {}
    answers: dict[int, dict[ParticipantId, Counts]] = {}


def report(lesson: LessonId, facts: Iterable[tuple[float, Fact]]) -> tuple[Report, list[Presence]]:
    """Go through a lesson's facts with their lesson seconds.

    What happens after the bell that ends it counts no more.
    """
    count, at = _Count(), 0.0
    for at, fact in facts:
        if count.ended is not None:
            break
        _apply(count, fact, at)
    if count.ended is None:
        _end(count, at)
    return _report(lesson, count), [*_presence(lesson, count)]


def _apply(count: _Count, fact: Fact, at: float) -> None:
    for channel in (count.roll, count.quizzes):
        if isinstance(fact, channel.follows):
            channel.apply(fact, at)
    match fact:
        case Opened():
            count.wall, count.title, count.subject = fact.wall, fact.title, fact.subject
        case Began():
            count.began = at
            for room in count.rooms.values():
                room.since = at if room.since is not None else None
                room.stage_since = at if room.stage_since is not None else None
        case Ended():
            _end(count, at)
        case Joined(who) if who.role is Role.CLASSROOM:
            count.names[who.id] = who.name
            room = count.rooms.setdefault(who.id, _Room())
            room.since = at if room.since is None else room.since
        case QuizAsked(number):
            count.asked[number], count.asked_at[number] = fact, at
        case QuizAnswered(number, who, _, counts):
            count.answers.setdefault(number, {})[who] = counts
        case QuizShown(number, right):
            count.right[number] = right
        case _:
            _of_room(count, fact, at)


def _of_room(count: _Count, fact: Fact, at: float) -> None:
    room = count.rooms.get(getattr(fact, "who", ParticipantId("")))
    if room is None:
        return
    match fact:
        case Lost():
            _away(count, room, at)
        case Left() | StageLeft():
            if isinstance(fact, Left):
                _away(count, room, at)
            _down(count, room, at)
        case StageEntered():
            room.stage_since = at
        case HandRaised():
            room.hands += 1
        case Said():
            room.words += 1
        case WordsRemoved():
            room.words -= 1


def _away(count: _Count, room: _Room, at: float) -> None:
    if room.since is not None and count.began is not None:
        room.seconds += at - max(room.since, count.began)
    room.since = None


def _down(count: _Count, room: _Room, at: float) -> None:
    if room.stage_since is not None and count.began is not None:
        room.stage += at - max(room.stage_since, count.began)
    room.stage_since = None


def _end(count: _Count, at: float) -> None:
    count.ended = at
    for room in count.rooms.values():
        _away(count, room, at)
        _down(count, room, at)


def _report(lesson: LessonId, count: _Count) -> Report:
    began, ended = count.began, count.ended or 0.0
    quizzes = [_quiz(count, number) for number in sorted(count.asked)]
    names = sorted(set(count.names.values()))
    wall = count.wall + began if began is not None else 0.0
    return Report(
        *(lesson, count.title, count.subject, wall),
        round((ended - began) / 60, 2) if began is not None else 0.0,
        [_room(lesson, wall, name, count, quizzes) for name in names],
        quizzes,
        {name: absent for name in names if (absent := _absent(count, name))},
    )


def _room(
    lesson: LessonId, wall: float, name: str, count: _Count, quizzes: list[QuizResult]
) -> RoomResult:
    """A room that came in anew, as somebody else, is one room still."""
    rooms = [count.rooms[who] for who, known in count.names.items() if known == name]
    pupils = [pupil.here for pupil in _pupils(count, name)]
    answers = [(quiz, quiz.rooms.get(name, {})) for quiz in quizzes]
    right = sum(n for quiz, given in answers for said, n in given.items() if said in quiz.right)
    return RoomResult(
        *(lesson, name, wall),
        minutes=round(sum(room.seconds for room in rooms) / 60, 2),
        on_stage=round(sum(room.stage for room in rooms) / 60, 2),
        pupils=len(pupils),
        here=sum(pupils),
        hands=sum(room.hands for room in rooms),
        words=sum(room.words for room in rooms),
        answers=sum(sum(given.values()) for _, given in answers),
        right=right,
    )


def _quiz(count: _Count, number: int) -> QuizResult:
    asked = count.asked[number]
    rooms: dict[str, Counts] = {}
    for who, counts in count.answers.get(number, {}).items():
        merged = rooms.setdefault(count.names.get(who, who), {})
        for said, n in counts.items():
            merged[said] = merged.get(said, 0) + n
    right = count.right.get(number, [])
    at = count.asked_at[number]
    return QuizResult(number, asked.kind, asked.question, asked.choices, right, at, rooms)


def _pupils(count: _Count, name: str) -> list[Presence]:
    """Of the list that was made last, where a room came in twice."""
    for who, roster in reversed(count.roll.rosters.items()):
        if count.names.get(who) == name:
            return [
                Presence(LessonId(""), name, pupil.name or str(n), pupil.here)
                for n, pupil in enumerate(roster.pupils, 1)
            ]
    return []


def _absent(count: _Count, name: str) -> list[str]:
    return [pupil.pupil for pupil in _pupils(count, name) if not pupil.here]


def _presence(lesson: LessonId, count: _Count) -> Iterator[Presence]:
    """Two of one name in a room are told apart by nobody: they are one."""
    for name in sorted(set(count.names.values())):
        for pupil in {one.pupil: one for one in _pupils(count, name)}.values():
            yield Presence(lesson, name, pupil.pupil, pupil.here)
