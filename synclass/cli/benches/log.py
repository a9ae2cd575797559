"""The lesson's log: what a command costs, how fast a late joiner is in, how fast a replay folds."""

from msgspec import Struct

from ... import wire
from ...lesson import Lesson
from ...toolbox import new_lesson
from ...words import Participant, ParticipantId, Role
from .hour import Asked, median, put

EARLY = 300.0  # seconds into the lesson
LATE = Participant(ParticipantId("room-late"), "石桥小学", Role.CLASSROOM, "石桥小学")


class Log(Struct):
    commands: int
    facts: int
    us_per_command: float
    late_join_ms: float
    late_join_5min_ms: float
    late_join_ratio: float
    late_join_kb: float
    replay_s: float
    journal_kb: float


def measure(asks: list[Asked], *, runs: int = 5) -> Log:
    """Medians of several runs, in CPU time."""
    commands = median(lambda: _teach(asks), runs)
    lesson, records = _teach(asks)
    early, _ = _teach([asked for asked in asks if asked.at <= EARLY])
    late = median(lambda: _welcome(lesson), 20 * runs)
    early_late = median(lambda: _welcome(early), 20 * runs)
    return Log(
        commands=len(asks),
        facts=lesson.seq,
        us_per_command=commands / len(asks) * 1e6,
        late_join_ms=late * 1e3,
        late_join_5min_ms=early_late * 1e3,
        late_join_ratio=late / early_late,
        late_join_kb=len(_welcome(lesson)) / 1000,
        replay_s=median(lambda: _replay(records), runs),
        journal_kb=sum(map(len, records)) / 1000,
    )


def _teach(asks: list[Asked]) -> tuple[Lesson, list[bytes]]:
    """From the bytes of each command to its record and the lesson after it."""
    lesson = new_lesson()
    return lesson, [put(lesson, asked) for asked in asks]


def _welcome(lesson: Lesson) -> bytes:
    """What a room is sent that comes late."""
    ms = lesson.ms
    return wire.encode(wire.Welcome(LATE, 99, 1, lesson.seq, ms, 0, lesson.brief(LATE)))


def _replay(records: list[bytes]) -> Lesson:
    lesson = new_lesson()
    for record in records:
        lesson.apply(wire.entries(record))
    return lesson
