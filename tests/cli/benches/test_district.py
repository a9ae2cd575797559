"""The bench of a region measures what its pages wait for."""

import json

from click.testing import CliRunner

from synclass.cli.bench import DISTRICT_TARGETS, command


def test_a_small_region_is_measured_with_every_figure_and_its_target() -> None:
    size = ["--alliances", "1", "--schools", "3", "--classrooms", "6", "--pupils", "60"]
    result = CliRunner().invoke(command, ["district", "--json", *size], catch_exceptions=False)
    figures = json.loads(result.stdout.splitlines()[-1])
    assert (figures["pupils"], figures["lessons"]) == (60, 1800)
    assert figures["targets"] == DISTRICT_TARGETS
    assert all(figures[name] > 0 for name in DISTRICT_TARGETS)
