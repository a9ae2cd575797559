"""The owner moves photographs out of the registry, or back into it."""

import asyncio
from pathlib import Path

from click.testing import CliRunner

from synclass.adapters.registry.database import Database
from synclass.cli import main

from ..adapters.registry.test_photographs import PHOTO, inside
from ..founded import founded
from ..recorder.test_photographs import files


async def before(data: Path) -> None:
    """A registry with a photograph in it."""
    await (await founded(data / "synclass.sqlite")).close()
    database = await Database.open(data / "synclass.sqlite")
    await inside(database, PHOTO)
    await database.close()


def test_photographs_move_out_and_back_and_twice_is_no_harm(tmp_path: Path) -> None:
    data = tmp_path / "data"
    asyncio.run(before(data))
    for way, said, there in (("out", "1", 1), ("out", "0", 1), ("back", "1", 0), ("back", "0", 0)):
        done = CliRunner().invoke(main, ["photographs", way, "--data", str(data)])
        assert (done.exit_code, done.output) == (0, f"{said} photographs\n"), done.output
        assert len([path for path in files(data) if path.suffix == ".webp"]) == there
