"""The benches measure a real lesson, and say what they found as one line of JSON."""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator

import pytest
import structlog
from click.testing import CliRunner

from synclass import wire
from synclass.cli.bench import (
    BOARD_TARGETS,
    INK_TARGETS,
    KINDS,
    RECORD_GOALS,
    RECORD_TARGETS,
    TARGETS,
    command,
)
from synclass.cli.benches import board, hour, keeping, record
from synclass.cli.benches.hour import put
from synclass.cli.benches.keeping import Kept
from synclass.cli.benches.taping import Taped
from synclass.toolbox import new_lesson
from synclass.words import Stage


@pytest.fixture(autouse=True)
def plain_logs() -> Iterator[None]:
    yield
    structlog.reset_defaults()


def test_the_last_line_is_json_with_every_figure_and_its_target() -> None:
    arguments = ["log", "--json", "--clients", "3", "--facts", "1500", "--ticks", "10"]
    result = CliRunner().invoke(command, arguments, catch_exceptions=False)
    assert result.exit_code == 0
    figures = json.loads(result.stdout.splitlines()[-1])
    assert figures["facts"] >= 1500 and figures["clients"] == 3
    for name, target in TARGETS.items():
        assert figures[f"{name}_target"] == target
        assert figures[name] > 0
    for name in ("late_join_5min_ms", "late_join_kb", "replay_s", "journal_kb"):
        assert figures[name] > 0


def test_the_hour_is_mostly_ink_and_has_all_of_a_class_in_it() -> None:
    lesson, facts = new_lesson(), Counter[str]()
    for asked in hour.hour(6000):
        for entry in wire.entries(put(lesson, asked)):
            facts[type(entry.fact).__name__] += 1
    assert lesson.seq == facts.total() and 6000 <= lesson.seq < 6020
    assert facts["InkAdded"] + facts["StrokeBegun"] > 0.7 * facts.total()
    wanted = ("Said", "HandRaised", "StageEntered", "Lost", "ClockSet", "PageTurned", "Left")
    assert all(facts[name] for name in wanted), facts
    assert lesson.conduct.stage is Stage.INCLASS


def test_the_hour_is_the_same_every_time() -> None:
    assert hour.hour(1500) == hour.hour(1500)


def test_the_ink_bench_names_what_it_missed() -> None:
    arguments = ["ink", "--json", "--strokes", "30", "--seconds", "1"]
    result = CliRunner().invoke(command, arguments, catch_exceptions=False)
    figures = json.loads(result.stdout.splitlines()[-1])
    assert figures["targets"] == INK_TARGETS
    assert set(figures["missed"]) == {n for n, most in INK_TARGETS.items() if figures[n] > most}


def test_the_board_bench_says_null_where_there_is_no_browser(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(board, "there", lambda: False)
    arguments = ["board", "--strokes", "4000", "--facts", "1500"]
    result = CliRunner().invoke(command, arguments, catch_exceptions=False)
    figures = json.loads(result.stdout.splitlines()[-1])
    assert figures["targets"] == BOARD_TARGETS
    assert figures["first_paint_ms"] is None and figures["us_per_op"] > 0
    assert "first_paint_ms" not in figures["missed"]


def test_who_only_teaches_has_no_playwright_and_every_command_all_the_same() -> None:
    without = "import sys; sys.modules['playwright'] = sys.modules['playwright.async_api'] = None"
    asked = "from synclass.cli import main; main(['bench', 'log', '--help'])"
    command = [sys.executable, "-c", f"{without}; {asked}"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_bench_of_recordings_has_a_figure_for_each_target(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    taped = Taped(0.1, 9.0, 80.0, 80.5)
    kept = {kind: Kept(taped, 2.0, 120.0, 8.0, 0.01) for kind in KINDS}
    monkeypatch.setattr(keeping, "measure", lambda *_, **__: kept)
    monkeypatch.setattr(record, "measure", lambda **_: record.Told(21.0, 12.0, 300.0, 60.0))
    arguments = ["record", "--json", "--seeks", "0"]
    result = CliRunner().invoke(command, arguments, catch_exceptions=False)
    figures = json.loads(result.stdout.splitlines()[-1])
    assert set(RECORD_TARGETS) | set(RECORD_GOALS) <= set(figures)
    assert figures["seek_ms"] is None and figures["video_mb_per_hour"] == 8.0
    wanted = ["audio_board_mb_per_hour", "steady_audio_board_mb_per_hour"]
    assert figures["missed"] == wanted
    assert "as a film" in result.stderr, "who waits hears what is being done"
