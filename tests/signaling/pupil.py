"""A pupil of a village who was in a lesson with their class, and once by a device of their own."""

from pathlib import Path

from msgspec.structs import replace

from recorder.recordings import Recordings
from recorder.room import Room
from signaling.seating import seated
from synclass.conduct import Begin, End, Join
from synclass.inclass.roll import PickPupil, TakeRoll
from synclass.postclass.evaluation import Evaluation, Remark
from synclass.postclass.homework import Kind
from synclass.school.consent import Answer, Consent, Of
from synclass.tape import Bell, Packets, TrackOpened
from synclass.words import SYSTEM, Participant, ParticipantId, Role

from ..adapters.registry.test_photographs import TASK
from ..adapters.registry.test_pupils import HONG
from ..adapters.registry.villages import settle
from ..conftest import TEACHER
from ..postclass.test_homework import WORK
from ..recorder.test_notary import SOUNDS
from ..recorder.test_recordings import Wishes, unheard
from ..waiting import until
from .server import School
from .test_films import has_ended
from .test_rooms import CARD, LESSON

CLASS = Participant(ParticipantId("room-1"), "草兴小学 三年级", Role.CLASSROOM, "草兴小学")
OWN = Participant(ParticipantId("room-2"), "草兴小学 小明", Role.CLASSROOM, "草兴小学 小明")
AIDE = Participant(ParticipantId("u-li"), "李老师", Role.CO_TEACHER, "草兴小学")


async def taught(town: School, data: Path) -> None:
    """The roll is taken, Ming is picked, and speaks from home; homework comes in."""
    await settle(town.registry)
    await town.registry.take_in([HONG])
    await town.registry.save_lesson(CARD)
    room = await town.app.rooms.open(LESSON)
    for who in (TEACHER, CLASS, OWN, AIDE):
        room.ask(who, Join())
    room.ask(TEACHER, Begin())
    [classroom] = await town.registry.classrooms(ids=["c2"])
    room.ask(SYSTEM, seated(CLASS.id, classroom, await town.registry.people(classroom="c2")))
    room.ask(AIDE, TakeRoll(CLASS.id))
    for _ in range(2):  # nobody twice before each was picked once
        room.ask(TEACHER, PickPupil(0, CLASS.id))
    record(data)
    room.ask(TEACHER, End())
    await until(lambda: has_ended(town))
    await _handed_in(town)


def record(data: Path) -> None:
    """What their own device said, locked as every pupil's voice is."""
    recordings = Recordings(data, Room(data, 0), over=unheard)
    recordings.take(TrackOpened(LESSON, OWN.id, "voice", "opus", locked=True), Wishes(), 100)
    recordings.take(Packets(LESSON, OWN.id, "voice", SOUNDS), Wishes(), 104)
    recordings.take(Bell(LESSON), Wishes(), 104)


async def _handed_in(town: School) -> None:
    await town.registry.put(replace(TASK, lesson=LESSON))
    photo = {"kind": Kind.PHOTO, "mark": "优", "remark": "<b>好</b>", "version": 0}
    await town.app.album.keep(replace(WORK, pupil="小明", **photo), b"webp")
    await town.registry.set_consents([Consent(Of.PUPIL, "p2", Answer.REFUSED)])
    said = Evaluation(
        *("e1", LESSON, "zhao", "赵", "patrol", "r", [], [], [Remark(3.0, "小明答得好")], ""),
        made_at=1.0,
    )
    await town.registry.put(said)
