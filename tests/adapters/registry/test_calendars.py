"""Calendars: found by id, listed for their owner, read and forgotten."""

from msgspec import structs

from synclass.ports import Calendar, Registry, Whose

ONE = Calendar("c1", "wang", Whose.TEACHER, "p1", "hash", 1000.0)


async def test_a_calendar_is_its_owners_until_it_is_taken_back(registry: Registry) -> None:
    later = structs.replace(ONE, id="c2", whose=Whose.SCHOOL, of="s1", made_at=1500.0)
    for calendar in (ONE, later, structs.replace(ONE, id="c3", account="li")):
        await registry.save_calendar(calendar)
    assert await registry.calendars("wang") == [later, ONE]
    await registry.use_calendar("c1", 1600.0)
    assert await registry.calendar("c1") == structs.replace(ONE, used_at=1600.0)
    await registry.remove_calendar("c1")
    await registry.remove_calendar("c1")
    assert await registry.calendar("c1") is None
    assert await registry.calendars("wang") == [later]
