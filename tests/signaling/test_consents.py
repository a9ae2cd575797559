"""What guardians said reaches the lesson that goes on; a typed name forbids and never allows."""

from datetime import date
from pathlib import Path

import pytest

from signaling.casting import TRACK_NAMES, Casting
from signaling.room import Room
from signaling.sfu import orders
from synclass.cli import demo
from synclass.conduct import Begin, Join
from synclass.inclass.light import Lights, NoteConsent
from synclass.inclass.stage import InviteOnStage
from synclass.ports import Account, Device
from synclass.school.consent import Answer, Consent, May, Of
from synclass.words import Participant, ParticipantId, Role

from ..conftest import TEACHER, VILLAGE
from ..waiting import until
from .server import HASH, School, school
from .test_casting import FarEnd, casting, live, worker
from .test_rooms import CARD, LESSON

__all__ = ["casting", "worker"]
DOOR = "/api/consents"
PAIRED = Participant(ParticipantId("room-d1"), "草兴小学 三年级", Role.CLASSROOM, "草兴小学")
TYPED = Participant(ParticipantId("room-x1"), "草兴小学 三年级", Role.CLASSROOM, "草兴小学")
YES = {"kind": "classroom", "id": "caoxing-0", "picture": "granted", "voice": "none"}


async def in_class(town: School) -> Room:
    """A paired device and one that came by the six digits, both of them on stage."""
    await demo.settle(town.registry, date(2026, 11, 26))
    for one in await town.registry.consents():
        none = Consent(one.kind, one.id)
        await town.registry.set_consents([none])
    await town.registry.save_device(Device("d1", "x", "", 1.0, "caoxing-0", 2.0, "admin"))
    await town.registry.save_lesson(CARD)
    room = await town.app.rooms.open(LESSON)
    for who in (TEACHER, PAIRED, TYPED):
        room.ask(who, Join())
    room.ask(TEACHER, Begin())
    for who in (PAIRED, TYPED):
        room.ask(TEACHER, InviteOnStage(who.id))
    return room


def may(room: Room, who: Participant) -> May:
    lights = room.lesson.channel("light")
    assert isinstance(lights, Lights)
    return lights.may.get(who.id, May())


async def test_consent_reaches_a_running_lesson_and_so_does_its_end(tmp_path: Path) -> None:
    async with school(tmp_path) as town, town.browser("admin") as admin:
        room = await in_class(town)
        assert may(room, PAIRED) == May(False, True)
        async with admin.post(DOOR, json=YES) as answer:
            assert answer.status == 200
        await until(lambda: may(room, PAIRED) == May(True, True))
        no = {"kind": "pupil", "id": "p-caoxing-0-3", "picture": "refused", "voice": "refused"}
        async with admin.post(DOOR, json=no) as answer:
            assert answer.status == 200
        await until(lambda: may(room, PAIRED) == May(False, False))
        async with admin.get(f"{DOOR}/caoxing-0") as answer:
            found = await answer.json()
        assert {one["id"]: one["picture"] for one in found["consents"] if one["who"]} == {
            "caoxing-0": "granted",
            "p-caoxing-0-3": "refused",
        }
        assert found["may"] == [False, False]
        acts = [(who, what) for _, who, act, what in await town.registry.notes() if "cons" in act]
        assert acts == [
            ("admin", "pupil p-caoxing-0-3 refused refused"),
            ("admin", "classroom caoxing-0 granted none"),
        ]


async def test_what_another_node_put_on_file_is_seen_within_a_second(tmp_path: Path) -> None:
    async with school(tmp_path) as town:
        room = await in_class(town)
        yes = Consent(Of.CLASSROOM, "caoxing-0", Answer.GRANTED)
        await town.registry.set_consents([yes])
        await until(lambda: may(room, PAIRED).picture)


async def test_a_name_typed_at_the_door_forbids_and_never_allows(tmp_path: Path) -> None:
    async with school(tmp_path, work=False) as town:
        room = await in_class(town)
        look = town.app.consenting.look
        await town.registry.set_consents([Consent(Of.SCHOOL, "caoxing", Answer.GRANTED)])
        await look()
        assert (may(room, PAIRED), may(room, TYPED)) == (May(True, True), May(False, True))
        refused = Consent(Of.SCHOOL, "caoxing", Answer.GRANTED, Answer.REFUSED)
        await town.registry.set_consents([refused])
        await look()
        assert (may(room, PAIRED), may(room, TYPED)) == (May(True, False), May(False, False))


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"kind": "classroom", "id": "nowhere"}, "no-classroom"),
        ({"kind": "school", "id": "nowhere"}, "no-school"),
        ({"kind": "pupil", "id": "nobody"}, "not-there"),
        ({"kind": "pupil", "id": "t-wang"}, "not-there"),
        ({"kind": "village", "id": "x"}, "malformed"),
        ({"kind": "classroom", "id": "town-0"}, "not-yours"),
    ],
)
async def test_what_is_not_there_or_anothers_is_refused(
    tmp_path: Path, said: dict[str, str], code: str
) -> None:
    async with school(tmp_path, work=False) as town:
        await demo.settle(town.registry, date(2026, 11, 26))
        before = await town.registry.consents()
        liang = Account("liang", "梁校长", Role.ADMIN, "草兴小学", HASH)
        await town.registry.save_account(liang)
        async with town.browser("liang") as own:
            async with own.post(DOOR, json=said) as answer:
                assert (await answer.json())["code"] == code
            async with own.post(DOOR, json=YES) as answer:
                assert answer.status == 200
        assert len(await town.registry.consents()) == len(before) + (
            YES["id"] not in [one.id for one in before]
        )


async def test_the_tape_of_a_track_ends_when_its_consent_does(
    worker: FarEnd, casting: Casting
) -> None:
    room = live(casting)
    room.ask(TEACHER, Begin())
    room.ask(TEACHER, InviteOnStage(VILLAGE.id))
    hers = [(TEACHER.id, name) for name in TRACK_NAMES]
    theirs = [(VILLAGE.id, "voice"), (VILLAGE.id, "camera")]
    room.tell(NoteConsent(VILLAGE.id, picture=True, voice=True))
    both = orders.Tape(LESSON, [*hers, *theirs], [TEACHER.id])  # type: ignore[list-item]
    await worker.until(both)
    room.tell(NoteConsent(VILLAGE.id, picture=False, voice=False))
    await worker.until(orders.Tape(LESSON, hers, [TEACHER.id]))  # type: ignore[arg-type]
