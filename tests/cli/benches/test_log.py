"""The log's bench measures the lesson it is given: its facts, its bytes, and who comes late."""

from synclass import wire
from synclass.cli.benches.hour import hour, put
from synclass.cli.benches.log import EARLY, LATE, measure
from synclass.toolbox import new_lesson

FACTS = 6000
ASKS = hour(FACTS)


def test_the_figures_are_of_the_lesson_that_was_asked_for() -> None:
    lesson, journal = new_lesson(), 0
    for asked in ASKS:
        journal += len(put(lesson, asked))
    told = measure(ASKS, runs=1)
    assert (told.commands, told.facts) == (len(ASKS), lesson.seq)
    assert told.journal_kb == journal / 1000
    welcome = wire.Welcome(LATE, 99, 1, lesson.seq, lesson.ms, 0, lesson.brief(LATE))
    assert told.late_join_kb == len(wire.encode(welcome)) / 1000


def test_the_ratio_is_between_the_end_and_five_minutes() -> None:
    told = measure(ASKS, runs=1)
    assert any(asked.at > EARLY for asked in ASKS) and any(asked.at <= EARLY for asked in ASKS)
    assert told.late_join_ratio == told.late_join_ms / told.late_join_5min_ms
    assert 0 < told.us_per_command < 1e4 and 0 < told.replay_s < 10


def test_a_late_joiner_is_not_sent_the_whole_lesson() -> None:
    told = measure(ASKS, runs=1)
    assert 1 < told.late_join_kb < told.journal_kb / 2
