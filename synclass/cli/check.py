"""`synclass check`: reads a lesson's journal and names the first bad byte."""

from pathlib import Path

import click

from recorder import journal


@click.command("check")
@click.argument("lesson", type=click.Path(exists=True, file_okay=False, path_type=Path))
def command(lesson: Path) -> None:
    """Check the journal in the folder of a LESSON; exit 1 where it is damaged."""
    folder = lesson / "log" if (lesson / "log").is_dir() else lesson
    verdict = journal.check(folder)
    click.echo(f"{verdict.records} records in {verdict.segments} segments, chain {verdict.link}")
    if not verdict.sound:
        where = f"{verdict.bad_segment} at byte {verdict.bad_offset}"
        click.echo(f"{where}: {verdict.fault}", err=True)
        raise SystemExit(1)
