"""The audit log: every line is kept, and the newest is read first."""

import asyncio

from synclass.chain import first_broken
from synclass.ports import Registry


async def test_the_audit_log_keeps_every_line_and_shows_the_newest_first(
    registry: Registry,
) -> None:
    await registry.note(10.0, "admin", "replay", "m1")
    await registry.note(10.0, "admin", "replay", "m1")
    await registry.note(9.0, "wang", "login", "")
    lines = [(9.0, "wang", "login", ""), (10.0, "admin", "replay", "m1")]
    assert await registry.notes(limit=2) == lines
    assert len(await registry.notes()) == 3


async def test_lines_that_are_written_at_once_are_one_chain(registry: Registry) -> None:
    await asyncio.gather(*(registry.note(float(n), "wang", "login", "") for n in range(30)))
    lines, broken, link = await registry.audit()
    assert (lines, broken) == (30, 0) and len(link) == 64


async def test_an_empty_audit_log_is_whole(registry: Registry) -> None:
    assert await registry.audit() == (0, 0, "")


async def test_a_stretch_of_the_log_follows_the_line_before_it(registry: Registry) -> None:
    for wall in (1.0, 5.0, 2.0, 6.0, 9.0):
        await registry.note(wall, "wang", "login", "")
    found = await registry.stretch(since=5.0, until=9.0)
    assert [note.wall for note in found.notes] == [5.0, 2.0, 6.0], "a clock that was set back"
    lines = [(one.link, (one.wall, one.who, one.act, one.what)) for one in found.notes]
    assert first_broken(lines, found.before) == 0 and found.notes[0].n == 2
    first = await registry.stretch(since=0.0, until=2.0)
    assert first.before == "" and first.notes[0].link == found.before
    assert (await registry.stretch(since=99.0, until=100.0)).notes == []


async def test_who_watched_which_recording_is_known(registry: Registry) -> None:
    await registry.note(1.0, "li", "recording.watch", "m1")
    await registry.note(2.0, "wang", "recording.take", "m2")
    assert await registry.watched("li", "m1")
    assert not await registry.watched("li", "m2") and not await registry.watched("wang", "m1")
    assert not await registry.watched("wang", "m2")
