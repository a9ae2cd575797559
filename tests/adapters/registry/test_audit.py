"""The audit log: every line is kept, and the newest is read first."""

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
