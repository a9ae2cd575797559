"""`synclass import` takes a packed lesson in, once."""

import asyncio
import json
from pathlib import Path

from click.testing import CliRunner, Result

from recorder.shelf import FileShelf
from synclass import wire
from synclass.adapters.registry import SqlRegistry
from synclass.cli import main
from synclass.ports import Account, LessonCard
from synclass.postclass.questions import Questions
from synclass.toolbox import new_lesson
from synclass.words import Role

from ..recorder.test_deck import LESSON
from ..recorder.test_unpack import away


async def staffed(data: Path) -> None:
    registry = await SqlRegistry.open(data / "synclass.sqlite")
    for name, role in (("admin", Role.ADMIN), ("wang", Role.TEACHER)):
        await registry.save_account(Account(name, name, role, "", ""))
    await registry.close()


async def cards(data: Path) -> list[LessonCard]:
    registry = await SqlRegistry.open(data / "synclass.sqlite")
    try:
        return await registry.lessons()
    finally:
        await registry.close()


def bring(file: Path, data: Path, *more: str) -> Result:
    return CliRunner().invoke(main, ["import", str(file), "--data", str(data), *more])


def test_a_packed_lesson_is_an_ended_lesson_of_this_house(tmp_path: Path) -> None:
    file, _ = away(tmp_path / "there")
    here = tmp_path / "here"
    asyncio.run(staffed(here))
    done = bring(file, here, "--teacher", "wang")
    assert done.exit_code == 0 and "taken in" in done.output, done.output
    assert "already" in bring(file, here).output
    [card] = asyncio.run(cards(here))
    assert (card.id, card.teacher, card.code) == (LESSON, "wang", "")
    assert card.ended_at > card.made_at > 0


async def made(data: Path) -> None:
    registry = await SqlRegistry.open(data / "synclass.sqlite")
    await registry.save_lesson(LessonCard(LESSON, "to be", "", "wang", "123456", 1.0))
    await registry.close()


def test_a_file_does_not_become_a_lesson_that_is_still_to_be(tmp_path: Path) -> None:
    file, _ = away(tmp_path / "there")
    here = tmp_path / "here"
    asyncio.run(staffed(here))
    asyncio.run(made(here))
    assert "already" in bring(file, here).output
    assert not (here / "lessons").exists()


def test_without_a_name_it_is_an_admins_and_a_stranger_is_no_teacher(tmp_path: Path) -> None:
    file, _ = away(tmp_path / "there")
    here = tmp_path / "here"
    asyncio.run(staffed(here))
    assert bring(file, here, "--teacher", "nobody").exit_code == 1
    assert asyncio.run(cards(here)) == []
    assert "of admin" in bring(file, here).output


def test_what_is_no_lesson_is_said_in_a_line(tmp_path: Path) -> None:
    asyncio.run(staffed(tmp_path))
    (tmp_path / "x.html").write_bytes(b"<html>")
    done = bring(tmp_path / "x.html", tmp_path)
    assert done.exit_code == 1 and "[malformed]" in done.output


def questions(file: Path, *asked: tuple[str, float, str, str], lesson: str = LESSON) -> Path:
    told = {"format": "synclass.questions", "version": 1, "lesson": lesson, "questions": asked}
    file.write_text(json.dumps(told))
    return file


def test_questions_come_back_to_their_lesson_once(tmp_path: Path) -> None:
    file, _ = away(tmp_path / "there")
    here = tmp_path / "here"
    asyncio.run(staffed(here))
    bring(file, here)
    asked = questions(
        tmp_path / "q.questions.json", ("a", 7.5, "石桥小学", "为什么？"), ("b", 9, "", "x")
    )
    assert "2 new of 2" in bring(asked, here).output
    assert "0 new of 2" in bring(asked, here).output
    lesson = new_lesson()
    for record in FileShelf(here).read(LESSON):
        lesson.apply(wire.entries(record))
    channel = lesson.channel(Questions.name)
    assert isinstance(channel, Questions)
    assert [(one.at, one.text) for one in channel.asked][-2:] == [(7.5, "为什么？"), (9, "x")]


def test_questions_to_a_lesson_that_is_not_here_or_none_are_refused(tmp_path: Path) -> None:
    asyncio.run(staffed(tmp_path))
    asked = questions(tmp_path / "q.json", ("a", 7.5, "", "x"), lesson="none")
    assert "[no-lesson]" in bring(asked, tmp_path).output
    asked.write_bytes(b"[1]")
    assert "[malformed]" in bring(asked, tmp_path).output
    assert not (tmp_path / "lessons").exists()
