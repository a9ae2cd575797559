"""A pupil's device without an account: it hands in by a code, and reads by its receipt."""

import json
from pathlib import Path

import pytest
from PIL import Image

from .server import School
from .test_homework import INK, SHEET, ask, photograph, task, town

__all__ = ["town"]
MING = {"pupil": "小明", "school": "草兴小学"}


async def test_a_device_hands_in_by_the_code_and_reads_by_the_receipt(town: School) -> None:
    made = await task(town)
    async with town.browser() as device, town.browser("wang") as wang:
        slip = await ask(device, f"slips/{made['code']}")
        assert (slip["teacher"], slip["text"]) == ("Wang", "画出三分之二")
        got = await ask(device, f"slips/{made['code']}/works", json={**MING, "ink": INK, **SHEET})
        marks = {"version": 1, "marks": INK, "mark": "A", "remark": "好"}
        await ask(wang, f"works/{got['work']}/marks", json=marks)
        back = await ask(device, f"receipts/{got['receipt']}")
        assert back["work"]["mark"] == "" and back["code"] == made["code"]
        await ask(wang, f"works/{got['work']}/marks", json={**marks, "version": 2, "back": True})
        back = await ask(device, f"receipts/{got['receipt']}")
        assert (back["work"]["mark"], back["work"]["marks"]) == ("A", INK)


async def test_nobody_hands_in_over_another_but_who_has_the_receipt(town: School) -> None:
    made = await task(town)
    path = f"slips/{made['code']}/works"
    async with town.browser() as device, town.browser("cao") as cao:
        got = await ask(device, path, json={**MING, "text": "三分之二"})
        assert await ask(device, path, json={**MING, "text": "别人"}) == "taken"
        again = {**MING, "text": "2/3", "receipt": got["receipt"]}
        assert await ask(device, path, json=again) == got
        assert (await ask(cao, f"works/{got['work']}"))["text"] == "2/3"


async def test_a_device_hands_in_a_photograph(town: School, tmp_path: Path) -> None:
    made = await task(town)
    async with town.browser() as device:
        path = f"slips/{made['code']}/photos?pupil=小明&school=草兴小学"
        got = json.loads(await ask(device, path, data=photograph(80, 40)))
        (tmp_path / "back.webp").write_bytes(
            await ask(device, f"receipts/{got['receipt']}/picture")
        )
        with Image.open(tmp_path / "back.webp") as picture:
            assert picture.size == (80, 40)


@pytest.mark.usefixtures("no_refill")
@pytest.mark.parametrize("path", ["slips/{}", "receipts/{}", "receipts/{}/picture"])
async def test_who_guesses_is_made_to_wait_and_learns_nothing(town: School, path: str) -> None:
    async with town.browser() as stranger:
        said = [await ask(stranger, path.format(n)) for n in range(12)]
    assert set(said[:10]) <= {"no-homework", "no-work"} and said[-1] == "slow-down"
