"""What the lesson needs from the world outside: one small Protocol each."""

from typing import Protocol

from .accounts import Account, Accounts
from .alliances import Alliances
from .audit import Audit
from .calendars import Calendar, Calendars, Whose
from .classbooks import Classbooks
from .consents import Consents
from .contests import Contests
from .courses import Courses
from .devices import Device, Devices
from .directory import Claim, Directory
from .district import AThing, District, Tally, Thing
from .evaluations import Evaluations
from .figures import Figures
from .groupings import Groupings
from .homework import Homeworks
from .invitations import Invitation, Invitations
from .keeping import Hold, Keeping
from .lessons import ANYWHERE, LessonCard, Lessons, Within
from .offsite import Offsite
from .photographs import Photograph, Photographs
from .preparing import KeptCheck, PlanVersion, Preparing, Remark
from .pupils import Forgetting, Pupils
from .quotas import Home, Quotas
from .resources import Resources
from .results import Results
from .shelf import Journal, Shelf, Space, TrackFile
from .studios import Opened, Studios
from .subjects import Subject, Subjects
from .timetable import Held, Removed, Timetable
from .tokens import Token, Tokens
from .webhooks import Webhooks
from .wordings import Wordings
from .works import Arrival, Films, FilmState, Language, Porter, Press, Printout

__all__ = [
    "ANYWHERE",
    "AThing",
    "Account",
    "Accounts",
    "Alliances",
    "Arrival",
    "Audit",
    "Calendar",
    "Calendars",
    "Claim",
    "Classbooks",
    "Consents",
    "Contests",
    "Courses",
    "Device",
    "Devices",
    "Directory",
    "District",
    "Evaluations",
    "FilmState",
    "Films",
    "Forgetting",
    "Groupings",
    "Held",
    "Hold",
    "Home",
    "Homeworks",
    "Invitation",
    "Invitations",
    "Journal",
    "Keeping",
    "KeptCheck",
    "Language",
    "LessonCard",
    "Lessons",
    "Offsite",
    "Opened",
    "Photograph",
    "Photographs",
    "PlanVersion",
    "Porter",
    "Preparing",
    "Press",
    "Printout",
    "Pupils",
    "Quotas",
    "Registry",
    "Remark",
    "Removed",
    "Resources",
    "Results",
    "Shelf",
    "Space",
    "Studios",
    "Subject",
    "Subjects",
    "Tally",
    "Thing",
    "Timetable",
    "Token",
    "Tokens",
    "TrackFile",
    "Webhooks",
    "Whose",
    "Within",
    "Wordings",
]


class Handed(Homeworks, Photographs, Protocol):
    """Homework with what was handed in for it."""


class Afterwards(Handed, Evaluations, Resources, Results, Figures, Wordings, Protocol):
    """What comes after class."""


class Programs(Tokens, Webhooks, Calendars, Protocol):
    """What programs of others have of us."""


class Beside(
    Classbooks, Pupils, Preparing, Afterwards, Keeping, Consents, Devices, Programs, Protocol
):
    """What is kept beside a lesson: before it, of it and after it."""


class People(Accounts, Invitations, Subjects, Protocol):
    """Who may log in, and who was asked to come."""


class Plan(Timetable, Courses, Groupings, Quotas, Protocol):
    """What is planned for a term, and what there is for it."""


class Together(Alliances, Studios, Contests, Protocol):
    """What schools, and teachers of several schools, do in common."""


class Registry(People, Lessons, Audit, District, Together, Plan, Beside, Protocol):
    """What a district knows.  All of it raises Unavailable("registry")."""
