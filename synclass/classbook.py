"""The class book of a lesson: who of a class was there, and what each said; by ids, without names.

It is the fold of the log, so that it can be written up anew from the lesson whenever it is wanted.
"""

from collections.abc import Iterable, Iterator

from msgspec import Struct

from .channel import Fact
from .conduct import Ended
from .inclass.quiz import QuizAsked, QuizEnded, Quizzes
from .inclass.roll import Roll
from .lesson import Entry
from .words import LessonId


class Attended(Struct, frozen=True):
    """A pupil in a lesson whose roll was taken."""

    classroom: str
    pupil: str
    here: bool
    picked: int
    """How often they were picked to answer."""


class Answered(Struct, frozen=True):
    """What a pupil said in a quiz."""

    classroom: str
    pupil: str
    quiz: int
    """Which of the lesson, from 1."""
    said: str
    right: bool | None
    """None where nobody said what is right."""


class Classbook(Struct):
    attended: list[Attended]
    answered: list[Answered]


class Past(Struct, frozen=True):
    """A pupil's part in one lesson."""

    lesson: LessonId
    attended: Attended | None
    answered: list[Answered]


def written_up(entries: Iterable[Entry]) -> Classbook:
    """The book of a lesson, from its log so far."""
    roll, quizzes, answered = Roll(), Quizzes(), dict[tuple[str, int], Answered]()
    for entry in entries:
        if not isinstance(fact := entry.fact, Fact):
            continue  # of a later version
        if isinstance(fact, QuizAsked | QuizEnded):
            answered |= _answers(roll, quizzes)
        for channel in (roll, quizzes):
            if isinstance(fact, channel.follows):
                channel.apply(fact, entry.ms / 1000)
        if isinstance(fact, Ended):
            break
    answered |= _answers(roll, quizzes)
    return Classbook(list(_attended(roll)), list(answered.values()))


def _attended(roll: Roll) -> Iterator[Attended]:
    """A class that came in by two devices is there once; whoever was seen by either was there."""
    found: dict[str, Attended] = {}
    for roster in roll.rosters.values():
        if not roster.classroom or roster.taken_at is None:
            continue
        for pupil in roster.pupils:
            other = found.get(pupil.id)
            here = pupil.here or (other is not None and other.here)
            picked = pupil.picked + (other.picked if other else 0)
            found[pupil.id] = Attended(roster.classroom, pupil.id, here, picked)
    yield from found.values()


def _answers(roll: Roll, quizzes: Quizzes) -> dict[tuple[str, int], Answered]:
    """What pupils that are known said in the quiz that is asked now."""
    quiz, found = quizzes.now, dict[tuple[str, int], Answered]()
    for room, answers in quizzes.answers.items():
        roster = roll.rosters.get(room)
        if quiz is None or roster is None or not roster.classroom:
            continue
        for pupil, said in zip(roster.pupils, answers.said, strict=False):
            right = said in quiz.right if quiz.right else None
            if said:
                one = Answered(roster.classroom, pupil.id, quiz.number, said, right)
                found[pupil.id, quiz.number] = one
    return found
