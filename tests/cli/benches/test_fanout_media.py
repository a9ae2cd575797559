"""The fan-out bench runs a real worker and says what a packet costs."""

import json
from collections.abc import Iterator

import pytest
import structlog
from click.testing import CliRunner

from signaling.sfu import planes
from synclass.cli.bench import ANY_PLANE, FANOUT_TARGETS, GROWTH, command
from synclass.cli.benches import fanout_media
from synclass.cli.benches.fanout_media import FanoutMedia, Setting, measure
from synclass.errors import Unavailable


@pytest.fixture(autouse=True)
def short(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name, value in (("WARM", 0.3), ("FLOOR", 0.1), ("SETTLE", 0.3)):
        monkeypatch.setattr(fanout_media, name, value)
    yield
    structlog.reset_defaults()


def bench(*arguments: str) -> list[dict[str, object]]:
    result = CliRunner().invoke(command, ["fanout", "--json", *arguments], catch_exceptions=False)
    assert result.exit_code == 0
    return [json.loads(line) for line in result.stdout.splitlines()]


async def test_every_subscriber_of_every_lesson_gets_every_packet() -> None:
    told = await measure(Setting(2, 2, seconds=2.0, tape=True, plane="python"))
    assert told.plane == "python" and "GCM" in told.srtp
    assert (told.lost, told.unread) == (0, 0)
    assert 2 * 2 * 200 * 2 * 0.8 < told.packets < 2 * 2 * 200 * 2 * 1.3
    assert 0 < told.floor_us_per_packet < told.us_per_packet
    assert told.ratio == pytest.approx(told.us_per_packet / told.floor_us_per_packet, rel=0.02)
    assert min(told.turns_us) <= told.us_per_packet <= max(told.turns_us)
    assert 0 < told.latency_ms["p50"] <= told.latency_ms["p99"]
    assert told.kb_per_subscriber > 0 and told.join_ms > 0


async def test_a_plane_that_was_not_built_is_not_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planes, "available", lambda: "python")
    with pytest.raises(Unavailable):
        await measure(Setting(1, plane="c"))


def test_how_it_grows_is_a_row_for_each_size(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = list[Setting]()

    async def quick(setting: Setting) -> FanoutMedia:
        asked.append(setting)
        figures = (1.8, 1.0, 1.8, [1.8], 1, 0, 0, {"p50": 0.5, "p99": 2.0}, 1.0, 1.0)
        return FanoutMedia("c", "GCM", setting.subscribers, setting.lessons, *figures)

    monkeypatch.setattr(fanout_media, "measure", quick)
    rows = bench("--grow")
    assert [(row["subscribers"], row["lessons"]) for row in rows] == GROWTH
    assert all(row["missed"] == ["ratio"] for row in rows)
    assert all(row["targets"] == {**FANOUT_TARGETS["c"], **ANY_PLANE} for row in rows)
    assert bench("--subscribers", "5")[0]["subscribers"] == 5 == asked[-1].subscribers
