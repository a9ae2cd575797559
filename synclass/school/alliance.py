"""What the schools of an alliance write down in common: policies, trainings, exchanges, words."""

from datetime import date

from msgspec import Struct

from ..errors import Refused
from .places import LONGEST_NAME, check_name

LONGEST_TEXT = 10_000
"""Characters of a policy: twenty pages of an office."""
LONGEST_ABOUT = 1_000
"""Characters of what a training or an exchange is about, and of one word on a lesson."""
MOST_POLICIES = 200
MOST_VERSIONS = 100
MOST_EVENTS = 500
"""Trainings of an alliance, and exchanges."""
MOST_WORDS = 2_000
"""On lessons, of an alliance or a studio."""
MOST_ROOMS = 40
"""Classrooms of an exchange."""
MOST_SEATS = 10_000


class Policy(Struct, frozen=True):
    """A version of a document that holds for all schools; the first has number 1."""

    id: str
    alliance: str
    number: int
    title: str
    text: str
    by: str
    at: float
    """Wall time."""


class Reading(Struct, frozen=True):
    """That somebody of a school has read a version."""

    policy: str
    number: int
    account: str
    shown: str
    school: str
    at: float


class Training(Struct, frozen=True):
    """An event at which teachers learn."""

    id: str
    alliance: str
    title: str
    about: str
    place: str
    starts_at: float
    """Wall time."""
    seats: int = 0
    """0 for as many as come."""
    version: int = 0


class Attendee(Struct, frozen=True):
    """Who has registered for a training, and whether they came."""

    training: str
    account: str
    shown: str
    school: str
    at: float
    came: bool = False


class Exchange(Struct, frozen=True):
    """What classes of several schools do together."""

    id: str
    alliance: str
    title: str
    about: str
    day: date
    rooms: list[str]
    """Classrooms."""
    lesson: str = ""
    """In which it was held, if it was in one."""
    version: int = 0


class Word(Struct, frozen=True):
    """What somebody says of a lesson, or of teaching; or answers to another's word."""

    id: int
    of: str
    """The alliance or the studio whose people talk."""
    lesson: str
    """"" for no one lesson."""
    parent: int
    """The word that is answered, or 0."""
    account: str
    shown: str
    school: str
    at: float
    text: str


def check_policy(title: str, text: str) -> None:
    """Raise Refused("bad-text")."""
    check_name("policy", title)
    if not 0 < len(text) <= LONGEST_TEXT:
        raise Refused("bad-text", f"a policy has 1 to {LONGEST_TEXT} characters")


def check_training(training: Training, now: float) -> None:
    """Raise Refused("bad-text"), ("bad-moment") or ("bad-number")."""
    check_name("training", training.title)
    if len(training.about) > LONGEST_ABOUT or len(training.place) > LONGEST_NAME:
        raise Refused("bad-text", f"about has at most {LONGEST_ABOUT} characters")
    if not abs(training.starts_at - now) < 2 * 366 * 24 * 3600:
        raise Refused("bad-moment", "a training is within two years")
    if not 0 <= training.seats <= MOST_SEATS:
        raise Refused("bad-number", f"a training has at most {MOST_SEATS} seats")


def check_exchange(exchange: Exchange, school_of: dict[str, str]) -> None:
    """Raise Refused("bad-text"), ("no-classroom") or ("one-school").

    ``school_of`` has the school of each classroom of the alliance.
    """
    check_name("exchange", exchange.title)
    if len(exchange.about) > LONGEST_ABOUT:
        raise Refused("bad-text", f"about has at most {LONGEST_ABOUT} characters")
    if len(exchange.rooms) > MOST_ROOMS or not set(exchange.rooms) <= school_of.keys():
        raise Refused("no-classroom", "a classroom of it is not of this alliance")
    if len({school_of[room] for room in exchange.rooms}) < 2:
        raise Refused("one-school", "classes of two schools at least meet in an exchange")


def check_word(text: str) -> None:
    """Raise Refused("bad-text")."""
    if not 0 < len(text) <= LONGEST_ABOUT:
        raise Refused("bad-text", f"a word has 1 to {LONGEST_ABOUT} characters")
