"""A packed lesson and questions come into the house over HTTP, from those who may bring them."""

from pathlib import Path
from typing import Any

from recorder.pack import pack
from recorder.shelf import FileShelf
from recorder.unpack import ARRIVING
from synclass.postclass.questions import Questions

from ..recorder.test_deck import LESSON as FOREIGN
from ..recorder.test_pack import PAGE
from ..recorder.test_unpack import HOSTILE, away
from .server import School, school
from .test_rooms import LESSON
from .test_takeaway import ended


async def bring(town: School, who: str, body: bytes) -> tuple[int, dict[str, Any]]:
    async with town.browser(who) as browser, browser.post("/api/arrivals", data=body) as answer:
        return answer.status, await answer.json()


async def test_a_lesson_of_another_house_is_watched_here_and_twice_is_once(tmp_path: Path) -> None:
    file, _ = away(tmp_path / "there")
    async with school(tmp_path / "here") as town:
        status, said = await bring(town, "admin", file.read_bytes())
        assert (status, said["id"], said["new"]) == (200, FOREIGN, True)
        assert (await bring(town, "admin", file.read_bytes()))[1]["new"] is False
        card = await town.registry.lesson(FOREIGN)
        assert card is not None and card.teacher == "admin" and card.ended_at > 0
        path = f"/api/lessons/{FOREIGN}/tracks"
        async with town.browser("admin") as admin, admin.get(path) as answer:
            assert len((await answer.json())["tracks"]) == 1
        assert "recording.bring" in {line[2] for line in await town.registry.notes()}
        assert not list((tmp_path / "here" / ARRIVING).glob("*"))


async def test_only_an_admin_brings_lessons_and_only_whole_ones(tmp_path: Path) -> None:
    file, _ = away(tmp_path / "there")
    async with school(tmp_path / "here") as town:
        for who in ("wang", "zhao"):
            assert (await bring(town, who, file.read_bytes()))[0] == 403
        whole = file.read_bytes()
        changed = bytearray(whole)
        changed[whole.index(b"media/") + 300] ^= 1
        later = whole.replace(b'"version":1,', b'"version":7,')
        bodies = [b"", b"<html>", whole[:-100], bytes(changed), later]
        for harm in HOSTILE.values():
            file.write_bytes(whole)
            bodies.append(harm(file).read_bytes())
        async with town.browser("admin") as admin:
            for body in bodies:
                async with admin.post("/api/arrivals", data=body) as answer:
                    assert (answer.status, (await answer.json())["code"]) == (400, "malformed")
        assert await town.registry.lesson(FOREIGN) is None
        assert not list((tmp_path / "here" / "lessons").glob("*"))
        assert not list((tmp_path / "here" / ARRIVING).glob("*"))


async def test_a_file_of_a_lesson_of_this_house_changes_nothing(tmp_path: Path) -> None:
    async with school(tmp_path) as town:
        await ended(town)
        parcel = b"".join(pack(FileShelf(tmp_path), LESSON, PAGE).pieces())
        before = await town.registry.lesson(LESSON)
        assert (await bring(town, "admin", parcel))[1]["new"] is False
        assert await town.registry.lesson(LESSON) == before


def told(lesson: str, *questions: tuple[str, float, str, str]) -> dict[str, Any]:
    about = {"format": "synclass.questions", "version": 1, "lesson": lesson}
    return about | {"questions": [*questions]}


async def test_questions_come_into_their_lesson_once(tmp_path: Path) -> None:
    path = f"/api/lessons/{LESSON}/questions"
    asked = told(LESSON, ("a", 7.5, "石桥小学", "为什么？"), ("b", 9.0, "", "x"))
    async with school(tmp_path) as town, town.browser("wang") as wang:
        await ended(town)
        for new in (2, 0):
            async with wang.post(path, json=asked) as answer:
                assert await answer.json() == {"new": new, "of": 2}
        channel = town.app.rooms.live[LESSON].lesson.channel(Questions.name)
        assert isinstance(channel, Questions)
        assert [one.text for one in channel.asked] == ["为什么？", "x"]
        for body, code in ((told("other"), "other-lesson"), ({}, "malformed")):
            async with wang.post(path, json=body) as answer:
                assert (await answer.json())["code"] == code
        async with town.browser("sun") as sun, sun.post(path, json=asked) as answer:
            assert (await answer.json())["code"] == "not-yours"
