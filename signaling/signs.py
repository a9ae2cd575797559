"""The last that each in a lesson said of itself, for those who look at many lessons at once."""

from synclass.channel import Glimpse
from synclass.inclass.attendance import LinkReport
from synclass.inclass.stage import Levels
from synclass.words import Participant, ParticipantId

STALE = 6.0  # seconds: six reports missed, as on the teacher's wall
QUIET = 50  # -dBov: a voice that is softer is breath and chairs
SPOKEN = 2.0  # seconds since somebody was loud, and still has the word


class Signs:
    """No glimpse is kept in the log; these two are remembered while they mean something."""

    def __init__(self) -> None:
        self._lines: dict[ParticipantId, tuple[float, LinkReport]] = {}
        self._loud: dict[ParticipantId, tuple[float, int]] = {}

    def note(self, by: Participant, glimpse: Glimpse, now: float) -> None:
        if isinstance(glimpse, LinkReport):
            self._lines[by.id] = now, glimpse
        elif isinstance(glimpse, Levels):
            self._loud |= {w: (now, db) for w, db in glimpse.levels.items() if db <= QUIET}

    def line(self, who: ParticipantId, now: float) -> LinkReport | None:
        """What somebody's line is like; None where nothing was heard for a while."""
        at, report = self._lines.get(who, (float("-inf"), None))
        return report if now - at <= STALE else None

    def speaking(self, now: float) -> list[ParticipantId]:
        """Whose voice is heard now, the loudest first."""
        loud = [(db, who) for who, (at, db) in self._loud.items() if now - at <= SPOKEN]
        return [who for _, who in sorted(loud)]

    def forget(self, who: ParticipantId) -> None:
        """They have gone."""
        self._lines.pop(who, None)
        self._loud.pop(who, None)
