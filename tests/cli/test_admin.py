import asyncio
import time
from pathlib import Path

from click.testing import CliRunner

from recorder.manifest import public
from recorder.shelf import FileShelf, lesson_folder
from synclass.adapters.registry import SqlRegistry
from synclass.cli import main
from synclass.cli.config import SEAL, key
from synclass.ports import Account, Hold, LessonCard
from synclass.tickets import Ticket, read
from synclass.words import LessonId


def account(data: Path, name: str) -> Account | None:
    async def look() -> Account | None:
        registry = await SqlRegistry.open(data / "synclass.sqlite")
        try:
            return await registry.account(name)
        finally:
            await registry.close()

    return asyncio.run(look())


def run(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["admin", *words])
    return result.exit_code, result.output


def test_the_owner_adds_a_teacher_and_changes_her_password(tmp_path: Path) -> None:
    data = ["--data", str(tmp_path)]
    about = ["--shown", "王老师", "--role", "teacher", "--password", "first-password"]
    assert run("add", "wang", *about, *data)[0] == 0
    before = account(tmp_path, "wang")
    assert run("password", "wang", "--password", "second-password", *data)[0] == 0
    after = account(tmp_path, "wang")
    assert before and after and before.password != after.password
    assert (after.shown, after.role) == ("王老师", "teacher")


def test_what_is_wrong_is_said_with_its_code(tmp_path: Path) -> None:
    data = ["--data", str(tmp_path)]
    about = ["--shown", "x", "--role", "teacher", "--password", "first-password"]
    assert "[bad-name]" in run("add", "Wang!", *about, *data)[1]
    assert "[weak-password]" in run("add", "wang", *about[:-1], "short", *data)[1]
    assert "no account" in run("password", "nobody", "--password", "some-password", *data)[1]


def test_the_owner_draws_a_ticket_for_an_encoder(tmp_path: Path) -> None:
    data = ["--data", str(tmp_path)]
    about = ["--shown", "王老师", "--role", "teacher", "--password", "first-password"]
    run("add", "wang", *about, *data)
    asyncio.run(make_lesson(tmp_path))
    for lesson in ("fractions", "123456"):
        status, text = run("ticket", "wang", lesson, *data)
        drawn = read(text.strip(), Ticket, key(tmp_path), now=time.time())
        assert status == 0 and drawn.lesson == "fractions"
        assert (drawn.holder.id, drawn.holder.role) == ("u-wang", "teacher")
    assert "no lesson" in run("ticket", "wang", "nothing", *data)[1]
    assert "no account" in run("ticket", "nobody", "fractions", *data)[1]


async def make_lesson(data: Path) -> None:
    registry = await SqlRegistry.open(data / "synclass.sqlite")
    card = LessonCard(LessonId("fractions"), "分数", "数学", "wang", "123456", 1.7e9)
    await registry.save_lesson(card)
    await registry.close()


async def hold(data: Path, why: str) -> None:
    registry = await SqlRegistry.open(data / "synclass.sqlite")
    if why:
        await registry.put_hold(Hold(LessonId("fractions"), "admin", why, 1.7e9))
    else:
        await registry.lift_hold(LessonId("fractions"))
    await registry.close()


def test_the_key_by_which_others_know_our_signatures_is_printed(tmp_path: Path) -> None:
    key(tmp_path, SEAL)
    code, printed = run("key", "--data", str(tmp_path))
    assert (code, bytes.fromhex(printed.strip())) == (0, bytes.fromhex(public(key(tmp_path, SEAL))))


def test_the_owner_erases_a_lesson_that_no_server_has_open(tmp_path: Path) -> None:
    data = ["--data", str(tmp_path), "--yes"]
    asyncio.run(make_lesson(tmp_path))
    journal = FileShelf(tmp_path).journal(LessonId("fractions"))
    assert "[held-elsewhere]" in run("erase", "fractions", *data)[1]
    journal.close()
    asyncio.run(hold(tmp_path, "申诉"))
    assert "[held]" in run("erase", "fractions", *data)[1]
    assert lesson_folder(tmp_path, "fractions").exists()
    asyncio.run(hold(tmp_path, ""))
    assert "[no-voice]" in run("erase", "fractions", "--who", "room-1", *data)[1]
    status, said = run("erase", "fractions", *data)
    assert (status, said.splitlines()[-1]) == (0, "erased")
    assert not lesson_folder(tmp_path, "fractions").exists()
    assert "no lesson" in run("erase", "fractions", *data)[1]


def test_the_bucket_is_the_servers_own_setting(tmp_path: Path) -> None:
    asyncio.run(make_lesson(tmp_path))
    asked = ["admin", "erase", "fractions", "--yes", "--data", str(tmp_path)]
    refused = CliRunner().invoke(main, asked, env={"SYNCLASS_OFFSITE": "nowhere://x"})
    assert refused.exit_code == 1 and "[offsite]" in refused.output
