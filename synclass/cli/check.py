"""`synclass check`: reads a lesson's journal and names the first bad byte."""

import json
from collections.abc import Iterator
from pathlib import Path

import click
import msgpack

from recorder import journal


@click.command("check")
@click.argument("lesson", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--facts", is_flag=True, help="Print every fact as a line of JSON, too.")
def command(lesson: Path, facts: bool) -> None:
    """Check the journal in the folder of a LESSON; exit 1 where it is damaged."""
    folder = lesson / "log" if (lesson / "log").is_dir() else lesson
    if facts:
        for line in readable(folder):
            click.echo(line)
    verdict = journal.check(folder)
    click.echo(f"{verdict.records} records in {verdict.segments} segments, chain {verdict.link}")
    if not verdict.sound:
        where = f"{verdict.bad_segment} at byte {verdict.bad_offset}"
        click.echo(f"{where}: {verdict.fault}", err=True)
        raise SystemExit(1)


def readable(folder: Path) -> Iterator[str]:
    """Every fact as JSON, read without our types: those of a later version are shown as well."""
    for record in journal.read(folder):
        for seq, ms, by, n, fact in msgpack.unpackb(record, strict_map_key=False):
            line = {"seq": seq, "ms": ms, "by": by, "n": n, "fact": fact}
            yield json.dumps(line, ensure_ascii=False, default=bytes.hex)
