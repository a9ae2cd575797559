"""Each page of the region is asked for, and none is told that there is nothing."""

from synclass.cli.benches.pages import CALENDARS, questions
from synclass.cli.benches.region import Size


def test_every_page_has_its_questions() -> None:
    asked = questions(Size(1, 4, 8, 10))
    assert set(asked) >= {"map_ms", "figures_ms", "calendar_ms", "people_ms", "month_ms"}
    assert all(path.startswith("/api/") for paths in asked.values() for path in paths)
    assert len(asked["calendar_ms"]) == len(CALENDARS) == 3
