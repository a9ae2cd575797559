"""Two servers are compared by the same generator, size by size."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from synclass.cli.bench import command
from synclass.cli.benches import driver, janus, peers
from synclass.cli.benches.peers import measure, ratios
from synclass.errors import Unavailable

from .generator import beside


def row(n: int, us: float) -> dict[str, float]:
    return {"n": n, "us_per_pkt": us}


def test_how_many_times_as_much_is_said_where_both_were_measured() -> None:
    ours, theirs = [row(10, 2.0), row(60, 0.0)], [row(10, 9.0), row(60, 5.0), row(150, 4.0)]
    assert ratios(ours, theirs) == {"10": 4.5}


def test_both_have_their_rows_and_the_output_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(driver, "BUILD", "true")
    monkeypatch.setattr(peers, "HOST", "127.0.0.1")
    monkeypatch.setattr(janus, "LIBRARIES", [tmp_path])
    monkeypatch.setattr("synclass.cli.benches.janus.shutil.which", lambda name: "/bin/true")
    path = str(beside(tmp_path / "rtcload"))
    arguments = ["peers", "--rtcload", path, "--subscribers", "60", "--subscribers", "10"]
    result = CliRunner().invoke(command, arguments, catch_exceptions=False)
    told = json.loads(result.stdout)
    assert [r["n"] for r in told["synclass"]] == [r["n"] for r in told["janus"]] == [10, 60]
    assert told["ratio"] == {"10": 1.0, "60": 1.0}


async def test_it_wants_its_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(peers, "HOST", "192.0.2.1")
    with pytest.raises(Unavailable, match=r"tests/net\.sh"):
        await measure(tmp_path, [1], seconds=1.0)
