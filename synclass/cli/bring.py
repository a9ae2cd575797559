"""`synclass import`: a packed lesson becomes one of this house; questions come back to theirs."""

import asyncio
import time
from pathlib import Path

import click
from msgspec import structs

from recorder import unpack
from recorder.shelf import FileShelf

from .. import wire
from ..errors import Refused
from ..ports import Journal, Registry
from ..postclass.questions import AskQuestion, Question, brought
from ..toolbox import new_lesson
from ..words import SYSTEM, LessonId, Role
from .registry import opened

LONGEST = 1 << 20  # bytes of a file of questions: the most there may be, and again as much


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--data", default="data", type=click.Path(path_type=Path), help="Its folder.")
@click.option("--teacher", default="", help="The account whose lesson it becomes; else an admin's.")
def command(file: Path, data: Path, teacher: str) -> None:
    """Take in a lesson that `synclass pack` made, or the questions that were written into one.

    Once or ten times is the same.
    """
    if file.suffix == ".json":
        click.echo(asyncio.run(bring_questions(file, data)))
    else:
        click.echo(asyncio.run(bring(file, data, teacher)))


async def bring(file: Path, data: Path, teacher: str) -> str:
    async with opened(data) as registry:
        owner = await _owner(registry, teacher)
        contents = unpack.look(file)
        if await registry.lesson(LessonId(contents.id)):
            return f"{contents.title}: is here already"
        unpack.take_in(data, file)
        card = structs.replace(unpack.card(contents), teacher=owner)
        await registry.save_lesson(card)
        return f"{contents.title}: taken in as {contents.id}, of {owner}"


async def bring_questions(file: Path, data: Path) -> str:
    """Into the thread of their lesson; a server that has it open must do it itself."""
    with file.open("rb") as source:
        found = brought(source.read(LONGEST))
    async with opened(data) as registry:
        card = await registry.lesson(LessonId(found.lesson))
    if card is None:
        raise Refused("no-lesson", "these are questions to a lesson that is not here")
    journal = FileShelf(data).journal(card.id)
    try:
        count = ask(journal, found.questions)
    finally:
        journal.close()
    return f"{card.title}: {count} new of {len(found.questions)} questions"


def ask(journal: Journal, questions: list[Question]) -> int:
    """Keep those that are not there yet; says how many."""
    lesson = new_lesson()
    for data in journal.records():
        lesson.apply(wire.entries(data))
    before = lesson.seq
    for key, at, who, text in map(structs.astuple, questions):
        now = max(lesson.ms / 1000, time.time() - lesson.conduct.wall)
        if entries := lesson.decide(SYSTEM, AskQuestion(key, at, who, text), now):
            journal.append(wire.record(entries))
            lesson.apply(entries)
    return lesson.seq - before


async def _owner(registry: Registry, teacher: str) -> str:
    accounts = await registry.accounts()
    names = [one.name for one in accounts if one.name == teacher]
    names += [one.name for one in accounts if not teacher and one.role is Role.ADMIN]
    if not names:
        raise click.ClickException(f"there is no account {teacher or 'of an admin'!r}")
    return names[0]
