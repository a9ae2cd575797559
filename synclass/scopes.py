"""What a program's token may be good for: scopes, each a part of what its owner may do.

No scope has what hands out other keys, changes accounts or erases: these want a person.
"""

from collections.abc import Iterable, Mapping

SCOPES: Mapping[str, frozenset[str]] = {
    "lessons.read": frozenset({"lesson.list", "timetable.read", "course.read"}),
    "lessons.write": frozenset({"lesson.make"}),
    "recordings.read": frozenset({"board.print", "film.take", "recording.take"}),
    "district.read": frozenset({"district.read", "timetable.read", "sheets.take"}),
    "district.write": frozenset({"district.save", "region.save", "timetable.save", "sheets.bring"}),
    "people.read": frozenset({"account.list"}),
    "devices.write": frozenset({"device.list", "device.pair", "device.revoke"}),
    "audit.read": frozenset({"audit.read"}),
}


def within(scopes: Iterable[str], action: str) -> bool:
    """Whether any of these scopes has this action."""
    return any(action in SCOPES.get(scope, ()) for scope in scopes)


def having(action: str) -> list[str]:
    """The scopes that have an action, any of which is enough."""
    return [scope for scope, actions in SCOPES.items() if action in actions]
