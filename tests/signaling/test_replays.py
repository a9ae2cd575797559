from pathlib import Path

import msgspec

from synclass.conduct import Begin, Join
from synclass.framing import Deframer
from synclass.inclass.chat import Say, To

from ..conftest import OTHER_VILLAGE, PATROL, TEACHER, VILLAGE
from .server import School, school
from .test_rooms import CARD, LESSON


async def taught(town: School) -> None:
    await town.registry.save_lesson(CARD)
    room = await town.app.rooms.open(LESSON)
    for who in (TEACHER, VILLAGE, PATROL):
        room.ask(who, Join())
    room.ask(TEACHER, Begin())
    room.ask(VILLAGE, Say("听不清", To.TEACHERS))


def tags(body: bytes) -> list[str]:
    frames = [msgspec.msgpack.decode(data) for data in Deframer().feed(body)]
    return [line[2][0] for _, _, _, lines in frames for line in lines]


async def test_the_admin_sees_every_fact_also_while_the_lesson_runs(tmp_path: Path) -> None:
    async with school(tmp_path) as town, town.browser("admin") as admin:
        await taught(town)
        async with admin.get(f"/api/lessons/{LESSON}/log") as response:
            seen = tags(await response.read())
        joined = ["lesson.joined"] * 3
        assert seen == ["lesson.opened", *joined, "lesson.began", "chat.said"]
        async with admin.get(f"/api/lessons/{LESSON}/log?after=4") as response:
            assert tags(await response.read()) == ["lesson.began", "chat.said"]
        (line, *_) = await town.registry.notes()
        assert line[1:] == ("admin", "recording.watch", LESSON)


async def test_what_a_room_was_told_is_shown_as_it_was_told(tmp_path: Path) -> None:
    async with school(tmp_path) as town, town.browser("admin") as admin:
        await taught(town)
        room = await town.app.rooms.open(LESSON)
        room.ask(OTHER_VILLAGE, Join())
        joined = ["lesson.joined"] * 3
        for who, said in ((VILLAGE, ["chat.said"]), (OTHER_VILLAGE, [])):
            async with admin.get(f"/api/lessons/{LESSON}/log?as={who.id}") as response:
                seen = tags(await response.read())
            assert sorted(seen) == sorted(["lesson.opened", "lesson.began", *joined, *said])
        for nobody in ("nobody", TEACHER.id):
            async with admin.get(f"/api/lessons/{LESSON}/log?as={nobody}") as response:
                assert (response.status, (await response.json())["code"]) == (404, "no-room")


async def test_only_who_may_watch_may_watch(tmp_path: Path) -> None:
    async with school(tmp_path) as town:
        await taught(town)
        for name, status in (("", 401), ("li", 403), ("sun", 403), ("wang", 200), ("zhao", 200)):
            async with town.browser(name) as browser:
                for what in ("log", "tracks"):
                    async with browser.get(f"/api/lessons/{LESSON}/{what}") as response:
                        assert response.status == status, (name, what)


async def test_there_is_no_way_out_of_the_folder(tmp_path: Path) -> None:
    async with school(tmp_path) as town, town.browser("admin") as admin:
        await taught(town)
        async with admin.get(f"/api/lessons/{LESSON}/link") as response:
            link = (await response.json())["link"]
        for name in ("nothing.webm", "..%2Flog%2F000001.log", "%2e%2e"):
            path = f"/api/lessons/{LESSON}/media/{name}?link={link}"
            async with admin.get(path) as response:
                assert response.status == 404
        async with admin.get(f"/api/lessons/{LESSON}/log?after=x") as response:
            assert (await response.json())["code"] == "bad-number"
