"""The whole registry, joined from its parts."""

from pathlib import Path
from typing import Self

from .accounts import SqlAccounts
from .alliances import SqlAlliances
from .audit import SqlAudit
from .calendars import SqlCalendars
from .classbooks import SqlClassbooks
from .common import SqlCommon
from .consents import SqlConsents
from .contests import SqlContests
from .courses import SqlCourses
from .database import Database
from .devices import SqlDevices
from .district import SqlDistrict
from .evaluations import SqlEvaluations
from .figures import SqlFigures
from .groupings import SqlGroupings
from .homework import SqlHomework
from .invitations import SqlInvitations
from .keeping import SqlKeeping
from .lessons import SqlLessons
from .photographs import SqlPhotographs
from .preparing import SqlPreparing
from .pupils import SqlPupils
from .quotas import SqlQuotas
from .resources import SqlResources
from .results import SqlResults
from .studios import SqlStudios
from .subjects import SqlSubjects
from .timetable import SqlTimetable
from .tokens import SqlTokens
from .webhooks import SqlWebhooks
from .wordings import SqlWordings


class SqlHanded(SqlHomework, SqlPhotographs):
    """Homework with what was handed in for it."""


class SqlAfterwards(SqlHanded, SqlEvaluations, SqlResources, SqlResults, SqlFigures, SqlWordings):
    """What comes after class."""


class SqlRegistry(
    SqlAccounts,
    SqlInvitations,
    SqlSubjects,
    SqlLessons,
    SqlAudit,
    SqlDistrict,
    SqlTimetable,
    SqlAlliances,
    SqlCommon,
    SqlStudios,
    SqlContests,
    SqlCourses,
    SqlGroupings,
    SqlQuotas,
    SqlClassbooks,
    SqlPupils,
    SqlPreparing,
    SqlAfterwards,
    SqlKeeping,
    SqlConsents,
    SqlDevices,
    SqlTokens,
    SqlWebhooks,
    SqlCalendars,
):
    @classmethod
    async def open(cls, where: Path | str) -> Self:
        """A SQLite file, made where there is none, or ``postgresql://...``."""
        return cls(await Database.open(where))

    async def close(self) -> None:
        """Let the database go."""
        await self._db.close()
