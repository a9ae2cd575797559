"""A quiz: asked by the teacher, answered by devices, or counted in a room that has none.

A room's answers are its own and the staff's until the teacher shows them: then all see a copy of
all of them, with the right ones marked.  One at a time; what comes after the close is refused.
"""

import re
from collections import Counter
from collections.abc import Iterable
from typing import Literal, Self
from unicodedata import normalize

from msgspec import Struct, field, structs

from ..channel import Channel, Command, Fact, Whose
from ..conduct import Ended, Joined
from ..errors import Refused
from ..village import check_speaks_for, seen_of, theirs
from ..words import Participant, ParticipantId, Role
from .roll import MOST_PUPILS, PupilMarked, PupilsListed

LETTERS = "ABCDEF"  # two choices to six: more are not told apart by raised hands
LONGEST_QUESTION = 200  # characters; the question itself stands on the board
LONGEST_ANSWER = 40  # characters of a choice, or of what a pupil says
MOST_DIFFERENT = 20  # answers of one room that are told apart: a co-teacher types each
NUMBER = re.compile(r"[+-]?\d{1,12}([./]\d{1,12})?%?")
DONE = "done"  # the only answer to what is drawn: it lies on the room's layer

QuizKind = Literal["choice", "number", "text", "drawn"]
Counts = dict[str, int]


class AskQuiz(Command, tag="quiz.ask"):
    kind: QuizKind
    question: str
    choices: list[str]
    """Two to six of a choice, each empty where its letter is enough."""
    page: int


class AnswerQuiz(Command, tag="quiz.answer"):
    """One answer, of whoever holds this device; the last one counts."""

    quiz: int
    answer: str


class TallyQuiz(Command, tag="quiz.tally"):
    """All that was counted in a room; it takes the place of what was counted before."""

    quiz: int
    room: ParticipantId
    counts: Counts
    said: list[str] = field(default_factory=list)
    """What each pupil of the roster said, by their number; "" for who said nothing.

    Where it is given the counts are counted from it.
    """


class CloseQuiz(Command, tag="quiz.close"): ...


class ShowQuiz(Command, tag="quiz.show"):
    right: list[str]


class EndQuiz(Command, tag="quiz.end"): ...


class QuizAsked(Fact, tag="quiz.asked"):
    quiz: int
    kind: QuizKind
    question: str
    choices: list[str]
    page: int


class QuizAnswered(Fact, tag="quiz.answered"):
    quiz: int
    room: ParticipantId
    school: str
    counts: Counts
    tallied: bool
    said: list[str] = field(default_factory=list)
    """By the numbers of the roster, where it was asked who said what."""

    def whose(self) -> Whose:
        return theirs(self.room, self.school)


class QuizClosed(Fact, tag="quiz.closed"):
    quiz: int


class QuizShown(Fact, tag="quiz.shown"):
    """For everyone: a copy of every room's answers, and which are right."""

    quiz: int
    right: list[str]
    rooms: dict[ParticipantId, Counts]


class QuizEnded(Fact, tag="quiz.ended"):
    """It is put away from the screens."""

    quiz: int


class Quiz(Struct, frozen=True, array_like=True):
    number: int
    kind: QuizKind
    question: str
    choices: list[str]
    page: int
    at: float
    closed_at: float | None = None
    shown_at: float | None = None
    right: list[str] = []
    rooms: dict[ParticipantId, Counts] = {}
    """What was shown of each room."""


class RoomAnswers(Struct, frozen=True, array_like=True):
    school: str
    counts: Counts
    tallied: bool
    said: list[str] = field(default_factory=list)


class RoomSize(Struct, frozen=True, array_like=True):
    """How many pupils of a room can answer."""

    school: str
    here: int
    listed: int = 0
    """Of how many."""


class Quizzes(Channel):
    name = "quiz"
    commands = (AskQuiz, AnswerQuiz, TallyQuiz, CloseQuiz, ShowQuiz, EndQuiz)
    follows = (
        *(QuizAsked, QuizAnswered, QuizClosed, QuizShown, QuizEnded),
        *(Joined, PupilsListed, PupilMarked, Ended),
    )

    now: Quiz | None = None
    last: int = 0
    answers: dict[ParticipantId, RoomAnswers] = field(default_factory=dict)
    """To the quiz that is asked now."""
    schools: dict[ParticipantId, str] = field(default_factory=dict)
    sizes: dict[ParticipantId, RoomSize] = field(default_factory=dict)

    def decide(self, by: Participant, command: Command, now: float) -> Iterable[Fact]:
        match command:
            case AskQuiz():
                yield self._ask(command)
            case AnswerQuiz(number, answer):
                quiz, room = self._open(number), by.id
                counts = _checked(quiz, {answer: 1})
                yield QuizAnswered(number, room, self.schools[room], counts, tallied=False)
            case TallyQuiz():
                yield self._tally(by, command)
            case CloseQuiz():
                quiz = self._asked()
                if quiz.closed_at is None:
                    yield QuizClosed(quiz.number)
            case ShowQuiz(right):
                yield from self._show(self._asked(), right)
            case EndQuiz() if self.now is not None:
                if self.now.closed_at is None:
                    yield QuizClosed(self.now.number)
                yield QuizEnded(self.now.number)

    def apply(self, fact: Fact, at: float) -> None:
        match fact:
            case QuizAsked(number, kind, question, choices, page):
                self.now, self.last = Quiz(number, kind, question, choices, page, at), number
                self.answers = {}
            case QuizAnswered(_, room, school, counts, tallied, said):
                self.answers[room] = RoomAnswers(school, counts, tallied, said)
            case QuizClosed() | Ended() if self.now is not None and self.now.closed_at is None:
                self.now = structs.replace(self.now, closed_at=at)
            case QuizShown(_, right, rooms) if self.now is not None:
                self.now = structs.replace(self.now, shown_at=at, right=right, rooms=rooms)
            case QuizEnded():
                self.now, self.answers = None, {}
            case Joined(who) if who.role is Role.CLASSROOM:
                self.schools[who.id] = who.school
            case PupilsListed(room, school, names):
                self.sizes[room] = RoomSize(school, len(names), len(names))
            case PupilMarked(room, school, _, here) if room in self.sizes:
                size = self.sizes[room]
                count = size.here + (1 if here else -1)
                self.sizes[room] = RoomSize(school, count, size.listed)

    def facing(self, viewer: Participant) -> Self:
        answers = seen_of(viewer, QuizAnswered, self.answers)
        sizes = seen_of(viewer, PupilsListed, self.sizes)
        return structs.replace(self, answers=answers, sizes=sizes)

    def _ask(self, asked: AskQuiz) -> Fact:
        if self.now is not None and self.now.closed_at is None:
            raise Refused("quiz-open", "close the quiz that is open first")
        choices = [" ".join(choice.split()) for choice in asked.choices]
        question = asked.question.strip()
        fits = 2 <= len(choices) <= len(LETTERS) if asked.kind == "choice" else not choices
        if not fits or asked.page < 1 or len(question) > LONGEST_QUESTION:
            raise Refused("bad-quiz", f"two to {len(LETTERS)} choices, and a short question")
        if any(len(choice) > LONGEST_ANSWER for choice in choices):
            raise Refused("bad-quiz", f"a choice has at most {LONGEST_ANSWER} characters")
        return QuizAsked(self.last + 1, asked.kind, question, choices, asked.page)

    def _tally(self, by: Participant, asked: TallyQuiz) -> Fact:
        number, room = asked.quiz, asked.room
        if room not in self.schools:
            raise Refused("no-room", "this classroom is not in the lesson")
        check_speaks_for(by, "quiz.tally", room, self.schools[room])
        quiz, size = self._open(number), self.sizes.get(room)
        if len(asked.said) > (size.listed if size else 0):
            raise Refused("no-pupil", "there is nobody on this seat")
        said = [next(iter(_checked(quiz, {one: 1})), "") if one else "" for one in asked.said]
        counts = _checked(quiz, Counter(filter(None, said)) if said else asked.counts)
        most = size.here if size else MOST_PUPILS
        if sum(counts.values()) > most:
            raise Refused("too-many-answers", f"{most} pupils are here")
        return QuizAnswered(number, room, self.schools[room], counts, tallied=True, said=said)

    def _show(self, quiz: Quiz, right: list[str]) -> Iterable[Fact]:
        said = list(_checked(quiz, dict.fromkeys(right, 1)))
        if quiz.closed_at is None:
            yield QuizClosed(quiz.number)
        rooms = {room: answers.counts for room, answers in self.answers.items()}
        yield QuizShown(quiz.number, said, rooms)

    def _asked(self) -> Quiz:
        if self.now is None:
            raise Refused("no-quiz", "there is no quiz now")
        return self.now

    def _open(self, number: int) -> Quiz:
        quiz = self._asked()
        if quiz.number != number:
            raise Refused("no-quiz", "another quiz is asked now")
        if quiz.closed_at is not None:
            raise Refused("quiz-closed", "too late: the quiz is closed")
        return quiz


def _checked(quiz: Quiz, counts: Counts) -> Counts:
    """What was answered, as it is kept; raises Refused where it is no answer to this quiz."""
    checked: Counts = {}
    for answer, count in counts.items():
        if count < 0 or count > MOST_PUPILS:
            raise Refused("bad-answer", f"between none and {MOST_PUPILS} pupils")
        said = " ".join(normalize("NFKC", answer).split())
        if not _fits(quiz, said):
            raise Refused("bad-answer", "this is no answer to what was asked")
        if count:
            checked[said] = checked.get(said, 0) + count
    if len(checked) > MOST_DIFFERENT:
        raise Refused("bad-answer", f"at most {MOST_DIFFERENT} different answers")
    return checked


def _fits(quiz: Quiz, said: str) -> bool:
    match quiz.kind:
        case "choice":
            return len(said) == 1 and said in LETTERS[: len(quiz.choices)]
        case "number":
            return NUMBER.fullmatch(said) is not None
        case "text":
            return 0 < len(said) <= LONGEST_ANSWER
        case _:
            return said == DONE
