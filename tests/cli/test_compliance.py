"""The owner writes a school year into a file, and anybody proves it."""

import asyncio
import zipfile
from datetime import datetime
from pathlib import Path

from click.testing import CliRunner

from synclass.cli import main
from synclass.cli.registry import opened


async def noted(data: Path) -> None:
    async with opened(data) as registry:
        for who in ("wang", "li", "zhao"):
            await registry.note(datetime(2026, 10, 1).timestamp(), who, "lesson.enter", "m1")


def run(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, list(words))
    return result.exit_code, result.output


def test_a_year_is_written_and_proven_and_a_change_in_it_is_named(tmp_path: Path) -> None:
    data, file, changed = tmp_path / "data", tmp_path / "2026.zip", tmp_path / "changed.zip"
    asyncio.run(noted(data))
    assert run("compliance", "2026", str(file), "--data", str(data))[0] == 0
    assert "[there-already]" in run("compliance", "2026", str(file), "--data", str(data))[1]
    key = run("admin", "key", "--data", str(data))[1].strip()
    assert run("check", "--year", str(file), "--key", key)[0] == 0
    status, said = run("check", "--key", "ab", "--year", str(file))
    assert status == 1 and f"signed by {key}, not by ab" in said
    status, said = run("check", "--year", str(file))
    assert status == 0 and f"signed by {key}" in said and "lines of the audit log, chain " in said
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b'"li"', b'"xx"'))
    status, said = run("check", "--year", str(changed))
    assert status == 1 and "audit.json is not as it was written" in said
    assert "line 2 of the audit log is not what was written" in said
    (tmp_path / "no.zip").write_text("no ZIP")
    assert run("check", "--year", str(tmp_path / "no.zip"))[0] == 1
