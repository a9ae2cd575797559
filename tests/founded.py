"""A registry whose tables were made once for all tests: each has a copy of them."""

from pathlib import Path
from tempfile import TemporaryDirectory

from synclass.adapters.registry import SqlRegistry

_made: list[bytes] = []


async def founded(where: Path) -> SqlRegistry:
    """This file's; where there is none yet, an empty one with all its tables."""
    if not _is_there(where):
        _write(where, await tables())
    return await SqlRegistry.open(where)


async def tables() -> bytes:
    """A file of SQLite with all of them, and nothing in them."""
    if not _made:
        with TemporaryDirectory() as folder:
            path = Path(folder) / "synclass.sqlite"
            await (await SqlRegistry.open(path)).close()
            _made.append(path.read_bytes())
    return _made[0]


def _is_there(where: Path) -> bool:
    return where.exists()


def _write(where: Path, content: bytes) -> None:
    where.parent.mkdir(parents=True, exist_ok=True)
    where.write_bytes(content)
