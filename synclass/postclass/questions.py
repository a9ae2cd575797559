"""What was asked after the lesson, each question pinned to the moment it is about."""

from collections.abc import Iterable

import msgspec
from msgspec import Struct, field

from ..channel import Channel, Command, Fact
from ..errors import Malformed, Refused
from ..words import Participant

LONGEST = 500  # characters of a question
LONGEST_NAME = 40
LONGEST_KEY = 40
FORMAT, VERSION = "synclass.questions", 1
MOST = 200  # of a lesson: everyone's snapshot holds them


class AskQuestion(Command, tag="question.ask"):
    """Said by the server for those who were not here: they had the lesson as a file."""

    key: str
    """Whoever wrote it has made it up, so that bringing it twice is bringing it once."""
    at: float
    """Lesson seconds."""
    who: str
    """The name they go by: they have no account here."""
    text: str


class QuestionAsked(Fact, tag="question.asked"):
    key: str
    at: float
    who: str
    text: str


class Question(Struct, frozen=True, array_like=True):
    key: str
    at: float
    who: str
    text: str


class Brought(Struct, frozen=True):
    """A file of questions: what a school without a line has written into its packed lesson."""

    format: str
    version: int
    lesson: str
    questions: list[Question]


class Questions(Channel):
    name = "questions"
    late = True
    commands = (AskQuestion,)
    follows = (QuestionAsked,)

    asked: list[Question] = field(default_factory=list)

    def decide(self, by: Participant, command: Command, now: float) -> Iterable[Fact]:
        assert isinstance(command, AskQuestion)
        key, at, who, text = command.key, command.at, command.who.strip(), command.text.strip()
        if any(question.key == key for question in self.asked):
            return
        if not (0 < len(text) <= LONGEST and len(who) <= LONGEST_NAME):
            raise Refused("bad-text", f"a question has 1 to {LONGEST} characters")
        if not (0 < len(key) <= LONGEST_KEY and 0 <= at < float("inf")):
            raise Refused("bad-question", "a question has a key and a moment")
        if len(self.asked) >= MOST:
            raise Refused("too-many", f"this lesson has {MOST} questions already")
        yield QuestionAsked(key, at, who, text)

    def apply(self, fact: Fact, at: float) -> None:
        if isinstance(fact, QuestionAsked):
            self.asked.append(Question(fact.key, fact.at, fact.who, fact.text))


def brought(data: bytes) -> Brought:
    """Read a file of questions; raises Malformed."""
    try:
        found = msgspec.json.decode(data, type=Brought)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Malformed(f"no file of questions: {error}") from error
    if (found.format, found.version) != (FORMAT, VERSION):
        raise Malformed("no file of questions of this version")
    return found
