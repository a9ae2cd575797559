"""A backup has everything at one moment, also of a house that is at work."""

import sqlite3
import tarfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from recorder.shelf import FileShelf
from synclass.adapters.registry import SqlRegistry
from synclass.cli import main
from synclass.cli.backup import CONTENTS, REGISTRY, backup
from synclass.errors import Refused, Unavailable

from ..adapters.registry.villages import settle
from ..recorder.test_deck import LESSON
from ..recorder.test_pack import kept


def names(file: Path) -> list[str]:
    with tarfile.open(file) as tar:
        return tar.getnames()


async def test_the_registry_is_in_it_as_it_is_while_somebody_writes(tmp_path: Path) -> None:
    data, out = tmp_path / "data", tmp_path / "b.tar"
    registry = await SqlRegistry.open(data / REGISTRY)
    await settle(registry)
    with sqlite3.connect(data / REGISTRY) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("DELETE FROM slot_room")
        contents = backup(data, out)
        other.rollback()
    await registry.close()
    assert set(contents.files) == {REGISTRY} and names(out) == [REGISTRY, CONTENTS]
    with tarfile.open(out) as tar:
        tar.extract(REGISTRY, tmp_path, filter="data")
    with sqlite3.connect(tmp_path / REGISTRY) as copy:
        assert copy.execute("SELECT count(*) FROM slot_room").fetchone() == (2,)


def test_a_lesson_that_goes_on_is_in_it_up_to_now(tmp_path: Path) -> None:
    data, out = tmp_path / "data", tmp_path / "b.tar"
    kept(data)
    journal = FileShelf(data).journal(LESSON)
    journal.append(b"one more")
    contents = backup(data, out)
    journal.append(b"too late")
    journal.close()
    sizes = {name: (data / name).stat().st_size for name in contents.files}
    assert any(kept.size < sizes[name] for name, kept in contents.files.items())
    assert out.stat().st_mode & 0o777 == 0o600, "there are keys in it"


def test_a_file_that_is_there_is_not_written_over(tmp_path: Path) -> None:
    out = tmp_path / "b.tar"
    out.write_text("mine")
    with pytest.raises(Refused, match="there already"):
        backup(tmp_path, out)
    assert out.read_text() == "mine"


def test_what_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    kept(tmp_path / "data")
    with pytest.raises(Unavailable):
        backup(tmp_path / "data", tmp_path / "nowhere" / "b.tar")
    (tmp_path / "data" / REGISTRY).write_bytes(b"no database at all" * 100)
    with pytest.raises(Unavailable):
        backup(tmp_path / "data", tmp_path / "b.tar")
    assert [path.name for path in tmp_path.iterdir()] == ["data"]


def test_the_command_says_what_it_wrote_and_leaves_a_postgres_alone(tmp_path: Path) -> None:
    kept(tmp_path / "data")
    asked = ["backup", str(tmp_path / "b.tar"), "--data", str(tmp_path / "data")]
    done = CliRunner().invoke(main, asked)
    assert done.exit_code == 0 and "files" in done.output, done.output
    refused = CliRunner().invoke(main, [*asked, "--registry-url", "postgresql://x"])
    assert refused.exit_code == 1 and "pg_dump" in refused.output
