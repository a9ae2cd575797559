"""What the lesson needs from the world outside: one small Protocol each."""

from typing import Protocol

from .accounts import Account, Accounts
from .audit import Audit
from .classbooks import Classbooks
from .directory import Claim, Directory
from .district import AThing, District, Tally, Thing
from .lessons import ANYWHERE, LessonCard, Lessons, Within
from .shelf import Journal, Shelf, Space, TrackFile
from .timetable import Held, Timetable
from .works import Arrival, Films, FilmState, Language, Porter, Press, Printout

__all__ = [
    "ANYWHERE",
    "AThing",
    "Account",
    "Accounts",
    "Arrival",
    "Audit",
    "Claim",
    "Classbooks",
    "Directory",
    "District",
    "FilmState",
    "Films",
    "Held",
    "Journal",
    "Language",
    "LessonCard",
    "Lessons",
    "Porter",
    "Press",
    "Printout",
    "Registry",
    "Shelf",
    "Space",
    "Tally",
    "Thing",
    "Timetable",
    "TrackFile",
    "Within",
]


class Registry(Accounts, Lessons, Audit, District, Timetable, Classbooks, Protocol):
    """What a district knows.  All of it raises Unavailable("registry")."""
