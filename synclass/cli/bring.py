"""`synclass import`: a packed lesson becomes a lesson of this house."""

import asyncio
from pathlib import Path

import click

from recorder import unpack
from recorder.contents import Contents

from ..adapters.sqlite import SqliteRegistry
from ..ports import LessonCard
from ..words import LessonId, Role


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--data", default="data", type=click.Path(path_type=Path), help="Its folder.")
@click.option("--teacher", default="", help="The account whose lesson it becomes; else an admin's.")
def command(file: Path, data: Path, teacher: str) -> None:
    """Take in a lesson that `synclass pack` made; once or ten times is the same."""
    click.echo(asyncio.run(bring(file, data, teacher)))


async def bring(file: Path, data: Path, teacher: str) -> str:
    registry = await SqliteRegistry.open(data / "synclass.sqlite")
    try:
        owner = await _owner(registry, teacher)
        contents = unpack.look(file)
        if await registry.lesson(LessonId(contents.id)):
            return f"{contents.title}: is here already"
        unpack.take_in(data, file)
        await registry.save_lesson(card(contents, owner))
        return f"{contents.title}: taken in as {contents.id}, of {owner}"
    finally:
        await registry.close()


def card(contents: Contents, owner: str) -> LessonCard:
    """How the lists of this house name it."""
    return LessonCard(
        id=LessonId(contents.id),
        title=contents.title[: unpack.LONGEST_TITLE],
        subject=contents.subject[: unpack.LONGEST_TITLE],
        teacher=owner,
        code="",
        made_at=contents.wall,
        began_at=contents.wall + contents.began_at,
        ended_at=contents.wall + contents.ended_at,
    )


async def _owner(registry: SqliteRegistry, teacher: str) -> str:
    accounts = await registry.accounts()
    names = [one.name for one in accounts if one.name == teacher]
    names += [one.name for one in accounts if not teacher and one.role is Role.ADMIN]
    if not names:
        raise click.ClickException(f"there is no account {teacher or 'of an admin'!r}")
    return names[0]
