"""The fan-out bench runs a real worker and says what a packet costs."""

import json
from collections.abc import Iterator

import pytest
import structlog
from click.testing import CliRunner

from signaling.sfu.plane import ENVIRONMENT
from synclass.cli.bench import command


@pytest.fixture(autouse=True)
def plain_logs() -> Iterator[None]:
    yield
    structlog.reset_defaults()


def test_every_subscriber_gets_every_packet_and_the_figures_are_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(ENVIRONMENT, "python")
    arguments = ["fanout", "--json", "--subscribers", "3", "--seconds", "2"]
    result = CliRunner().invoke(command, arguments, catch_exceptions=False)
    assert result.exit_code == 0
    figures = json.loads(result.stdout.splitlines()[-1])
    assert figures["plane"] == "python" and "GCM" in figures["srtp"]
    assert figures["lost"] == 0
    assert 3 * 200 * 2 * 0.8 < figures["packets"] < 3 * 200 * 2 * 1.5
    assert 0 < figures["floor_us_per_packet"] < figures["us_per_packet"]
    assert 0 < figures["latency_ms"]["p50"] <= figures["latency_ms"]["p99"]
    assert figures["kb_per_subscriber"] > 0 and figures["join_ms"] > 0
