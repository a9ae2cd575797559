"""The owner of the machine gives a pupil's data out and erases it, without logging in."""

import asyncio
from pathlib import Path
from zipfile import ZipFile

from click.testing import CliRunner

from synclass.adapters.registry import SqlRegistry
from synclass.cli import main

from ..signaling.pupil import taught
from ..signaling.server import school


def run(data: Path, *words: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["pupil", *words, "--data", str(data)])
    return result.exit_code, result.output


async def settle(data: Path) -> None:
    async with school(data) as town:
        await taught(town, data)


async def acts(data: Path) -> list[str]:
    registry = await SqlRegistry.open(data / "synclass.sqlite")
    try:
        return [act for _, _, act, _ in await registry.notes(limit=3)]
    finally:
        await registry.close()


def test_a_pupil_is_given_out_and_then_erased(tmp_path: Path) -> None:
    asyncio.run(settle(tmp_path / "data"))
    data, file = tmp_path / "data", tmp_path / "ming.zip"
    assert run(data, "export", "p2", str(file))[0] == 0
    assert ZipFile(file).read("works/w1.webp") == b"webp"
    assert len([*(data / "photographs").rglob("*.webp")]) == 1
    assert file.stat().st_mode & 0o077 == 0
    assert "[there-already]" in run(data, "export", "p2", str(file))[1]
    status, said = run(data, "erase", "p2", "--yes")
    assert (status, said.splitlines()[-1]) == (
        0,
        "erased: 1 lessons, 0 answers, 2 lines of reports, 1 works, 1 voices",
    )
    assert [*(data / "photographs").rglob("*.webp")] == []
    assert "[not-there]" in run(data, "erase", "p2", "--yes")[1]
    assert asyncio.run(acts(data)) == ["voice.erase", "pupil.erase", "pupil.take"]


def test_nothing_is_erased_that_nobody_confirmed(tmp_path: Path) -> None:
    asyncio.run(settle(tmp_path))
    assert run(tmp_path, "erase", "p2")[0] == 1
    assert "[not-there]" in run(tmp_path, "erase", "p9", "--yes")[1]
