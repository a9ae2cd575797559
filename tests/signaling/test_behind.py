"""Who watches what they missed needs nothing of what is live meanwhile."""

from signaling.casting import Casting
from synclass.inclass.attendance import LinkReport
from synclass.inclass.stage import Cast, InviteOnStage, LeaveStage

from ..conftest import PATROL, TEACHER, VILLAGE
from .test_casting import MAIN, FarEnd, casting, live, plan, worker
from .test_room import seated

__all__ = ["casting", "worker"]  # fixtures


def report(behind: int) -> LinkReport:
    return LinkReport(hears=True, sees=True, seq=0, loss=0, rtt=20, behind=behind)


async def test_a_room_that_is_behind_is_sent_nothing_live_unless_it_is_on_stage(
    worker: FarEnd, casting: Casting
) -> None:
    room = live(casting)
    await worker.until(plan(*MAIN))
    (seat,) = seated(room, VILLAGE)
    room.show(VILLAGE, report(behind=40))
    await worker.until(plan())
    room.show(VILLAGE, report(behind=0))
    await worker.until(plan(*MAIN))
    room.show(VILLAGE, report(behind=9))
    await worker.until(plan())
    room.ask(TEACHER, InviteOnStage(VILLAGE.id))
    await worker.until(plan(*MAIN))
    room.ask(VILLAGE, LeaveStage(VILLAGE.id))
    await worker.until(plan())
    room.leave(seat)
    await worker.until(plan(*MAIN))


async def test_a_patrol_is_shown_everything_whatever_it_says(
    worker: FarEnd, casting: Casting
) -> None:
    room = live(casting)
    await worker.until(plan(*MAIN, who=PATROL.id))
    list(seated(room, PATROL))
    room.show(PATROL, report(behind=40))
    room.ask(TEACHER, InviteOnStage(VILLAGE.id))
    guest = (Cast("audio", 1, VILLAGE.id, "voice"), Cast("video", 2, VILLAGE.id, "camera"))
    heard = await worker.until(plan(*MAIN, *guest, who=PATROL.id))
    assert plan(who=PATROL.id) not in heard
