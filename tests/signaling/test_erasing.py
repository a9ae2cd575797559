"""An admin erases a lesson, or one voice of it: after the bell, and for good."""

from pathlib import Path

from recorder import keys
from recorder.eraser import FileEraser
from recorder.recordings import Recordings
from recorder.room import Room
from recorder.shelf import lesson_folder
from synclass.conduct import End
from synclass.erasure import Erasure
from synclass.tape import Bell, Packets, TrackOpened

from ..conftest import TEACHER, VILLAGE
from ..recorder.test_notary import SOUNDS
from ..recorder.test_recordings import Wishes, unheard
from ..waiting import until
from .server import School, school
from .test_films import has_ended, over
from .test_replays import taught
from .test_rooms import CARD, LESSON

DOOR = f"/api/lessons/{LESSON}/erasure"


def record(data: Path) -> None:
    """The village spoke on stage."""
    recordings = Recordings(data, Room(data, 0), over=unheard)
    recordings.take(TrackOpened(LESSON, VILLAGE.id, "voice", "opus", locked=True), Wishes(), 100)
    recordings.take(Packets(LESSON, VILLAGE.id, "voice", SOUNDS), Wishes(), 104)
    recordings.take(Bell(LESSON), Wishes(), 104)


async def acts(town: School) -> list[tuple[str, str, str]]:
    return [(who, act, what) for _, who, act, what in await town.registry.notes() if "erase" in act]


async def test_a_lesson_is_erased_after_its_bell_and_by_an_admin_alone(tmp_path: Path) -> None:
    async with school(tmp_path) as town, town.browser("admin") as admin:
        await taught(town)
        async with admin.post(DOOR, json={}) as answer:
            assert (answer.status, (await answer.json())["code"]) == (409, "still-live")
        town.app.rooms.live[LESSON].ask(TEACHER, End())
        await until(lambda: has_ended(town))
        for name, status in (("", 401), ("wang", 403), ("zhao", 403)):
            async with town.browser(name) as other, other.post(DOOR, json={}) as answer:
                assert answer.status == status
        assert lesson_folder(tmp_path, LESSON).exists()
        async with admin.post(DOOR, json={}) as answer:
            assert answer.status == 200
        assert not lesson_folder(tmp_path, LESSON).exists()
        for path in ("", "/log", "/tracks"):
            async with admin.get(f"/api/lessons/{LESSON}{path}") as answer:
                assert (answer.status, (await answer.json())["code"]) == (404, "no-lesson")
        assert LESSON not in town.app.rooms.live
        assert await acts(town) == [("admin", "lesson.erase", LESSON)]


async def test_one_voice_is_erased_and_the_rest_is_as_it_was(tmp_path: Path) -> None:
    async with school(tmp_path) as town, town.browser("admin") as admin:
        await over(town)
        record(tmp_path)
        async with admin.get(f"/api/lessons/{LESSON}/link") as answer:
            link = (await answer.json())["link"]
        medium = f"/api/lessons/{LESSON}/media/{VILLAGE.id}.voice.1.webm?link={link}"
        async with admin.get(medium, headers={"Range": "bytes=0-3"}) as answer:
            assert (answer.status, await answer.read()) == (206, b"\x1a\x45\xdf\xa3")
        for who, code in ((VILLAGE.id, ""), ("nobody", "no-voice")):
            async with admin.post(DOOR, json={"who": who}) as answer:
                assert (await answer.json()).get("code", "") == code
        async with admin.get(medium) as answer:
            assert (answer.status, (await answer.json())["code"]) == (410, "erased")
        async with admin.get(f"/api/lessons/{LESSON}/tracks") as answer:
            assert [one["erased"] for one in (await answer.json())["tracks"]] == [True]
        async with admin.get(f"/api/lessons/{LESSON}/log") as answer:
            assert answer.status == 200
        assert await acts(town) == [("admin", "voice.erase", f"{LESSON} {VILLAGE.id}")]


async def test_what_a_fall_interrupted_is_ended_at_the_next_start(tmp_path: Path) -> None:
    async with school(tmp_path) as town:
        await over(town)
        record(tmp_path)
    FileEraser(tmp_path).order(Erasure(LESSON, VILLAGE.id, "admin"))
    async with school(tmp_path) as town:
        await until(lambda: not FileEraser(tmp_path).ordered())
        assert keys.holders(lesson_folder(tmp_path, LESSON)) == []
        assert await acts(town) == [("admin", "voice.erase", f"{LESSON} {VILLAGE.id}")]
        assert await town.registry.lesson(LESSON) is not None
    FileEraser(tmp_path).order(Erasure(LESSON))
    async with school(tmp_path) as town:
        await until(lambda: not FileEraser(tmp_path).ordered())
        assert await town.registry.lesson(CARD.id) is None
