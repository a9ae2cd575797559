"""A backup has everything at one moment, also of a house that is at work."""

import asyncio
import sqlite3
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from obstore.store import MemoryStore

from recorder.bucket import Bucket
from recorder.eraser import FileEraser
from recorder.offsite import Offsite
from recorder.shelf import FileShelf
from synclass.adapters.registry import SqlRegistry
from synclass.cli import main
from synclass.cli.backup import CONTENTS, REGISTRY, TABLES, backup
from synclass.cli.restore import restore
from synclass.errors import Refused, Unavailable

from ..adapters.registry.conftest import postgres
from ..adapters.registry.villages import settle
from ..postgres import Postgres
from ..recorder.test_deck import LESSON
from ..recorder.test_offsite import LATER, LOCKED, VOICE, held, teach, there
from ..recorder.test_pack import kept
from ..recorder.test_photographs import NAME

__all__ = ["postgres"]


@pytest.fixture
async def made(postgres: Postgres) -> str:
    """A PostgreSQL with all tables, and nothing in them."""
    return await postgres.founded()


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


def test_the_command_says_what_it_wrote(tmp_path: Path) -> None:
    kept(tmp_path / "data")
    asked = ["backup", str(tmp_path / "b.tar"), "--data", str(tmp_path / "data")]
    done = CliRunner().invoke(main, asked)
    assert done.exit_code == 0 and "files" in done.output, done.output


async def test_a_registry_in_postgres_is_in_it_as_it_is(tmp_path: Path, made: str) -> None:
    registry = await SqlRegistry.open(made)
    await settle(registry)
    kept(tmp_path / "data")
    asked = ["backup", str(tmp_path / "b.tar"), "--data", str(tmp_path / "data")]
    done = await asyncio.to_thread(CliRunner().invoke, main, [*asked, "--registry-url", made])
    await registry.close()
    assert done.exit_code == 0, done.output
    assert {TABLES + f"{name}.000000.jsonl" for name in ("person", "school", "slot")} <= {
        *names(tmp_path / "b.tar")
    }
    bad = [*asked[:1], str(tmp_path / "c.tar"), *asked[2:], "--registry-url", "postgresql://x:1/y"]
    refused = await asyncio.to_thread(CliRunner().invoke, main, bad)
    assert refused.exit_code == 1 and "[registry]" in refused.output
    assert not (tmp_path / "c.tar").exists()


def test_what_lies_in_the_bucket_alone_is_in_it(tmp_path: Path) -> None:
    data, bucket = tmp_path / "data", Bucket(MemoryStore())
    folder, offsite = teach(data), Offsite(data, bucket)
    FileShelf(data).keep_photograph(NAME, b"webp")
    before = held(folder)
    offsite.keep_up()
    assert offsite.free(1 << 40, LATER) == len(VOICE) + len(LOCKED) + 4
    with pytest.raises(Refused) as refusal:
        backup(data, tmp_path / "b.tar")
    assert refusal.value.code == "offsite" and not (tmp_path / "b.tar").exists()
    backup(data, tmp_path / "b.tar", bucket=bucket)
    restore(tmp_path / "b.tar", tmp_path / "new")
    assert held(tmp_path / "new" / "lessons" / folder.name) == before
    path = FileShelf(tmp_path / "new").photograph(NAME)
    assert path is not None and path.read_bytes() == b"webp"


@pytest.mark.parametrize("harm", [b"", b"other bytes of the same lengt"])
def test_what_the_bucket_has_lost_or_changed_makes_no_backup(tmp_path: Path, harm: bytes) -> None:
    data, store = tmp_path / "data", MemoryStore()
    data.mkdir()
    FileShelf(data).keep_photograph(NAME, b"what was taken with the phone")
    offsite = Offsite(data, Bucket(store))
    offsite.keep_up()
    offsite.free(1, LATER)
    [path] = there(store)
    if harm:
        store.put(path, harm)
    else:
        store.delete(path)
    with pytest.raises(Unavailable):
        backup(data, tmp_path / "b.tar", bucket=Bucket(store))
    assert [path.name for path in tmp_path.iterdir()] == ["data"]


def test_what_is_erased_while_it_is_written_is_not_in_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data, store = tmp_path / "data", MemoryStore()
    data.mkdir()
    FileShelf(data).keep_photograph(NAME, b"webp")
    offsite = Offsite(data, Bucket(store))
    offsite.keep_up()
    offsite.free(1, LATER)
    pieces = Bucket.pieces

    def erased(self: Bucket, name: str) -> Iterator[bytes]:
        FileEraser(data, offsite).drop_photograph(NAME)
        return pieces(self, name)

    monkeypatch.setattr(Bucket, "pieces", erased)
    contents = backup(data, tmp_path / "b.tar", bucket=Bucket(store))
    assert not [name for name in contents.files if NAME in name]
