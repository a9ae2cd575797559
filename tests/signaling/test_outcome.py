"""A lesson's journal is read for its report, and at the bell its results are kept."""

from pathlib import Path

from signaling.outcome import outcome
from synclass.conduct import End

from ..conftest import TEACHER
from ..waiting import until
from .server import school
from .test_replays import taught
from .test_rooms import LESSON


async def test_at_the_bell_a_lessons_results_are_kept(tmp_path: Path) -> None:
    async with school(tmp_path) as town:
        await taught(town)
        room = await town.app.rooms.open(LESSON)
        room.ask(TEACHER, End())
        report, _ = outcome(town.app._outside.shelf, LESSON)
        names = [one.room for one in report.rooms]
        assert names

        async def kept() -> bool:
            return bool(await town.registry.results_of_room(names[0]))

        await until(kept)
