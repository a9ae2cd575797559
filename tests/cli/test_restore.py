"""A restored house has its people and replays its lessons; a damaged backup makes none."""

import asyncio
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner

from recorder.shelf import FileShelf
from synclass.adapters.registry import SqlRegistry
from synclass.cli import main
from synclass.cli.backup import REGISTRY, backup
from synclass.cli.restore import restore
from synclass.errors import Malformed, Refused
from synclass.ports import LessonCard

from ..adapters.registry.conftest import postgres
from ..adapters.registry.villages import settle
from ..postgres import Postgres
from ..recorder.test_deck import LESSON
from ..recorder.test_pack import kept
from ..signaling.server import school

__all__ = ["postgres"]


async def house(data: Path) -> None:
    """With a lesson that has ended, and people."""
    kept(data)
    registry = await SqlRegistry.open(data / REGISTRY)
    await settle(registry)
    await registry.save_lesson(LessonCard(LESSON, "分数", "数学", "wang", "", 1.0, 2.0, 3.0))
    await registry.close()
    (data / "secret.key").write_bytes(b"k" * 32)
    (data / "secret.key").chmod(0o600)


def there(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


async def test_a_restored_house_replays_a_lesson(tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    await house(old)
    backup(old, tmp_path / "b.tar")
    restore(tmp_path / "b.tar", new)
    assert (new / "secret.key").stat().st_mode & 0o777 == 0o600
    assert [*FileShelf(new).read(LESSON)] == [*FileShelf(old).read(LESSON)] != []
    async with school(new) as restored, restored.browser("wang") as browser:
        async with browser.get("/api/lessons", params={"text": "分数"}) as answer:
            assert [card["id"] for card in (await answer.json())["lessons"]] == [LESSON]
        async with browser.get(f"/api/lessons/{LESSON}/log") as answer:
            assert answer.status == 200 and await answer.read()
        assert await restored.registry.person("p2") is not None


async def test_a_folder_with_anything_in_it_is_left_alone(tmp_path: Path) -> None:
    await house(tmp_path / "old")
    backup(tmp_path / "old", tmp_path / "b.tar")
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "mine").write_text("mine")
    with pytest.raises(Refused, match="not empty"):
        restore(tmp_path / "b.tar", tmp_path / "new")
    assert there(tmp_path / "new") == ["mine"]


@pytest.mark.parametrize("harm", ["cut", "changed", "other"])
async def test_a_damaged_backup_makes_no_house(tmp_path: Path, harm: str) -> None:
    await house(tmp_path / "old")
    contents = backup(tmp_path / "old", tmp_path / "b.tar")
    data = bytearray((tmp_path / "b.tar").read_bytes())
    if harm == "cut":
        del data[len(data) // 2 :]
    elif harm == "changed":
        data[data.index("分数".encode())] ^= 1
    else:
        data = bytearray(b"no tar at all" * 1000)
    (tmp_path / "b.tar").write_bytes(data)
    assert contents.files
    with pytest.raises(Malformed):
        restore(tmp_path / "b.tar", tmp_path / "new")
    assert there(tmp_path) == ["b.tar", "old"]


async def test_the_command_says_what_came_back(tmp_path: Path) -> None:
    await house(tmp_path / "old")
    backup(tmp_path / "old", tmp_path / "b.tar")
    asked = ["restore", str(tmp_path / "b.tar"), "--data", str(tmp_path / "new")]
    assert "files are in" in CliRunner().invoke(main, asked).output
    again = CliRunner().invoke(main, asked)
    assert again.exit_code == 1 and "[not-empty]" in again.output


@pytest.mark.parametrize("to", ["file", "postgres"])
@pytest.mark.parametrize("of", ["file", "postgres"])
async def test_a_registry_comes_back_in_either_database(
    tmp_path: Path, postgres: Postgres, of: str, to: str
) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    await house(old)
    url = {"file": "", "postgres": await postgres.founded()}[of]
    if url:
        (old / REGISTRY).unlink()
        registry = await SqlRegistry.open(url)
        await settle(registry)
        await registry.save_lesson(LessonCard(LESSON, "分数", "数学", "wang", "", 1.0, 2.0, 3.0))
        await registry.close()
    target = {"file": "", "postgres": await postgres.database()}[to]
    await asyncio.to_thread(partial(backup, old, tmp_path / "b.tar", registry_url=url))
    asked = ["restore", str(tmp_path / "b.tar"), "--data", str(new)]
    asked += ["--registry-url", target] if target else []
    done = await asyncio.to_thread(CliRunner().invoke, main, asked)
    assert done.exit_code == 0, done.output
    assert (new / REGISTRY).exists() == (not target) and not (new / "registry").exists()
    restored = await SqlRegistry.open(target or new / REGISTRY)
    assert [card.id for card in await restored.lessons(text="分数")] == [LESSON]
    assert await restored.person("p2") is not None
    await restored.close()
    if target:  # that one is in use now
        again = [*asked[:3], str(tmp_path / "third"), *asked[4:]]
        refused = await asyncio.to_thread(CliRunner().invoke, main, again)
        assert refused.exit_code == 1 and "[not-empty]" in refused.output
        assert not (tmp_path / "third").exists()
