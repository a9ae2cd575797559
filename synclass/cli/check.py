"""`synclass check`: reads every byte of a lesson, or of the audit log, and says what is wrong."""

import asyncio
import json
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from zipfile import BadZipFile, ZipFile

import click
import msgpack

from recorder import journal, proof
from recorder.manifest import NAME, Manifest

from .. import yearbook
from ..errors import Malformed
from .registry import opened


def _check_year(file: Path, key: str) -> None:
    """Nothing else is looked at, and no data folder is wanted: whoever has the file proves it."""
    try:
        with ZipFile(file) as zipped:
            members = {name: zipped.read(name) for name in zipped.namelist()}
    except (BadZipFile, zlib.error) as error:
        raise Malformed(f"{file} is no ZIP, or a damaged one: {error}") from error
    wrong = list(yearbook.faults(members, key))
    for line in wrong:
        click.echo(line, err=True)
    if wrong:
        raise SystemExit(1)
    click.echo(f"{len(members)} files, {yearbook.said(members)}")


@click.command("check")
@click.argument("lesson", type=click.Path(file_okay=False, path_type=Path), default="data")
@click.option("--audit", is_flag=True, help="Check the audit log of a data folder instead.")
@click.option("--facts", is_flag=True, help="Print every fact as a line of JSON, too.")
@click.option("--key", default="", help="Whose signature is wanted, as `synclass admin key` says.")
@click.option(
    "--year",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Check a file of `synclass compliance` instead.",
)
def command(lesson: Path, *, audit: bool, facts: bool, key: str, year: Path | None) -> None:
    """Check log, media and manifest in the folder of a LESSON; exit 1 where anything is wrong.

    With --audit, the audit log of a data folder instead: its lines are a chain.  Who has written
    down the last link of a day knows later that nothing before it was taken out.
    """
    if year is not None:
        _check_year(year, key)
        return
    if not lesson.exists():
        raise click.BadParameter(f"Directory '{lesson}' does not exist.", param_hint="'[LESSON]'")
    if audit:
        asyncio.run(_check_audit(lesson))
        return
    folder = lesson / "log" if (lesson / "log").is_dir() else lesson
    if facts:
        for line in readable(folder):
            click.echo(line)
    verdict = journal.check(folder)
    click.echo(f"{verdict.records} records in {verdict.segments} segments, chain {verdict.link}")
    for name in proof.erased(lesson):
        click.echo(f"{name}: erased, nobody has its key")
    wrong = [*_log_faults(verdict), *_manifest_faults(lesson, key)]
    for line in wrong:
        click.echo(line, err=True)
    if wrong:
        raise SystemExit(1)


async def _check_audit(data: Path) -> None:
    async with opened(data) as registry:
        lines, broken, link = await registry.audit()
    if broken:
        raise click.ClickException(f"line {broken} of the audit log is not what was written")
    click.echo(f"{lines} lines, chain {link or '-'}")


def readable(folder: Path) -> Iterator[str]:
    """Every fact as JSON, read without our types: those of a later version are shown as well."""
    for record in journal.read(folder):
        for seq, ms, by, n, fact in msgpack.unpackb(record, strict_map_key=False):
            line = {"seq": seq, "ms": ms, "by": by, "n": n, "fact": fact}
            yield json.dumps(line, ensure_ascii=False, default=bytes.hex)


def _log_faults(verdict: journal.Verdict) -> Iterator[str]:
    if not verdict.sound:
        yield f"{verdict.bad_segment} at byte {verdict.bad_offset}: {verdict.fault}"


def _manifest_faults(lesson: Path, key: str) -> Iterator[str]:
    try:
        told = proof.signed(lesson)
    except Malformed as error:
        yield f"{NAME}: {error}"
        return
    if told is None:
        click.echo("no manifest: the lesson has not ended, or is older than manifests")
        if key:
            yield f"{NAME} is missing: nobody has signed this lesson"
        return
    click.echo(_signed(told, proof.later(lesson, told)))
    if key and told.key != key.lower():
        yield f"{NAME}: signed by {told.key}, not by {key}"
    yield from map(str, proof.faults(lesson, told))


def _signed(told: Manifest, later: int) -> str:
    when = datetime.fromtimestamp(told.signed, UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
    behind = f"; {later} records came later and are not" if later > 0 else ""
    return f"signed {when} by {told.key}: the log and {len(told.files)} files{behind}"
