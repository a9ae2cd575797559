"""What stands in for a photograph: of any size, it lies on a sheet that a board holds."""

from pathlib import Path

import pytest
from aiohttp.test_utils import make_mocked_request

from recorder.shelf import FileShelf
from signaling.handing import HandIn, sheet_of
from synclass.errors import Malformed
from synclass.ports import LessonCard
from synclass.words import LessonId

from .server import School, school
from .test_homework import LESSON, ask, photograph, task, town

__all__ = ["town"]


@pytest.mark.parametrize(
    ("size", "sheet"),
    [((1600, 900), (1920, 1080)), ((3000, 100), (1920, 64)), ((40, 4000), (11, 1080))],
)
async def test_a_photograph_fits_the_sheet(
    town: School, size: tuple[int, int], sheet: tuple[int, int]
) -> None:
    made = await task(town)
    async with town.browser("cao") as cao:
        await ask(cao, f"homework/{made['id']}/photos?pupil=小明", data=photograph(*size))
    (work,) = await town.registry.works(made["id"])
    assert (work.width, work.height) == sheet


async def test_a_typed_work_takes_the_place_of_a_photograph(town: School) -> None:
    made = await task(town)
    async with town.browser("cao") as cao:
        await ask(cao, f"homework/{made['id']}/photos?pupil=小明", data=photograph())
        typed = {"pupil": "小明", "text": "三分之二"}
        got = await ask(cao, f"homework/{made['id']}/works", json=typed)
        assert await ask(cao, f"works/{got['work']}/picture") == "no-picture"


async def test_a_full_disk_takes_no_photograph_and_says_so(tmp_path: Path) -> None:
    full = FileShelf(tmp_path, least_free=1 << 60)
    async with school(tmp_path, shelf=full, work=False) as narrow:
        card = LessonCard(LessonId(LESSON), "分数", "数学", "wang", "", 1.0, 2.0, 3.0)
        await narrow.registry.save_lesson(card)
        made = await task(narrow)
        async with narrow.browser() as device:
            path = f"slips/{made['code']}/photos?pupil=小明&school=草兴小学"
            assert '"disk-full"' in await ask(device, path, data=photograph())
            typed = {"pupil": "小明", "school": "草兴小学", "text": "三分之二"}
            assert "receipt" in await ask(device, f"slips/{made['code']}/works", json=typed)
        assert len(await narrow.registry.works(made["id"])) == 1
        assert not (tmp_path / "photographs").exists()


async def test_a_form_of_another_page_hands_in_nothing() -> None:
    request = make_mocked_request("POST", "/", headers={"Content-Type": "text/plain"})
    with pytest.raises(Malformed):
        await sheet_of(request, HandIn)
