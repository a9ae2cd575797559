"""Which sizes of a picture go up, and that nobody's picture stands still when that changes."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Page

from ..waiting import until
from .classroom import Class, inbound, slots
from .conftest import filmed

OUTBOUND = """async () => {
  const pc = window.connections.at(-1);
  const found = {};
  for (const one of (await pc.getStats()).values())
    if (one.type === 'outbound-rtp' && one.kind === 'video' && one.rid)
      found[one.rid] = {frames: one.framesEncoded || 0, width: one.frameWidth || 0,
                        bytes: one.bytesSent || 0, mode: one.scalabilityMode || ''};
  return found;
}"""
FREEZES = """async mid => {
  for (const one of (await window.connections.at(-1).getStats()).values())
    if (one.type === 'inbound-rtp' && one.mid === mid)
      return [one.freezeCount || 0, one.totalFreezesDuration || 0, one.framesDecoded || 0,
              one.frameWidth || 0];
  return [0, 0, 0, 0];
}"""
SPOKEN = """
window.spoken = async () => {
  let packets = 0;
  for (const one of (await window.connections.at(-1).getStats()).values())
    if (one.type === 'outbound-rtp' && one.kind === 'audio') packets += one.packetsSent || 0;
  return packets;
};
"""
SPEAKS_AFTER = """() => new Promise(done => {
  let called = 0;
  const look = async () => {
    const packets = await window.spoken();
    if (!called && window.synclass.state().stage.on.size) called = performance.now();
    if (called && packets > before) return done((performance.now() - called) / 1000);
    if (!called) before = packets;
    setTimeout(look, 10);
  };
  let before = 0;
  look();
})"""
AT_ONCE = 0.3  # seconds from the stage to the first packet of a voice


@pytest.fixture(scope="session")
def films(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """A teacher whose camera is large enough for three sizes, and a village's that is not."""
    folder: Path = tmp_path_factory.mktemp("large-films")
    return filmed(folder, teacher="testsrc2=s=1280x720:r=6", village="rgbtestsrc=s=640x360:r=6")


async def layers(page: Page) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = await page.evaluate(OUTBOUND)
    return found


async def flowing(page: Page, seconds: float = 1.5) -> dict[str, int]:
    """The width of each size that goes up now."""
    before = await layers(page)
    await asyncio.sleep(seconds)
    after = await layers(page)
    nothing = {"frames": 0}
    return {
        rid: one["width"]
        for rid, one in after.items()
        if one["frames"] - before.get(rid, nothing)["frames"] > 2
    }


async def flow(page: Page, *rids: str) -> bool:
    return set(await flowing(page)) == set(rids)


async def have_gone_up(page: Page, *rids: str) -> bool:
    """These sizes, and no others, have gone up at some time."""
    return {rid for rid, one in (await layers(page)).items() if one["frames"]} == set(rids)


async def freezes(page: Page, slot: int) -> tuple[int, float, int, int]:
    mid = (await slots(page, "video"))[slot]
    count, seconds, frames, width = await page.evaluate(FREEZES, mid)
    return count, seconds, frames, width


async def on_stage(teacher: Page, village: Page) -> None:
    await village.get_by_role("button", name="举手").click()
    await teacher.get_by_role("button", name="请上台").first.click()
    await village.get_by_text("你们在台上").wait_for()


async def test_a_large_camera_sends_three_sizes_and_a_small_one_two(lesson: Class) -> None:
    teacher = await lesson.teacher()
    village = await lesson.room("草兴小学")
    await until(lambda: have_gone_up(teacher, "q", "h", "f"), within=40)
    assert {one["mode"] for one in (await layers(teacher)).values()} == {"L1T3"}
    await lesson.begin(teacher)
    await on_stage(teacher, village)
    await until(lambda: have_gone_up(village, "q", "h"), within=40)
    lesson.check()


async def test_a_size_nobody_is_shown_is_not_sent(lesson: Class) -> None:
    teacher = await lesson.teacher()
    village = await lesson.room("草兴小学")
    await lesson.begin(teacher)
    await lesson.hears_and_sees(village)
    await until(lambda: flow(teacher, "f"), within=40)  # all see her large, so does the tape
    await until(lambda: flow(village, "q"), within=40)  # small on the teacher's wall
    lesson.check()


async def test_a_voice_nobody_hears_is_not_sent_and_is_there_at_once_on_stage(
    lesson: Class,
) -> None:
    teacher = await lesson.teacher()
    village = await lesson.room("草兴小学", script=SPOKEN)
    await lesson.begin(teacher)
    await lesson.hears_and_sees(village)
    took = []
    for _ in range(3):
        assert not await speaks(village)
        waiting = asyncio.create_task(village.evaluate(SPEAKS_AFTER))
        await on_stage(teacher, village)
        took.append(float(await waiting))
        await until(lambda: sounds(teacher), within=20)
        await teacher.get_by_role("button", name="下台").first.click()
        await village.get_by_role("button", name="举手").wait_for()
        await until(lambda: silent(village), within=10)
    print(f"\n  first packet of a voice after {min(took):.3f} to {max(took):.3f} s")
    assert min(took) < AT_ONCE, took
    lesson.check()


async def speaks(page: Page, seconds: float = 1.5) -> bool:
    """Whether a packet of its voice goes up now."""
    before = await page.evaluate("window.spoken()")
    await asyncio.sleep(seconds)
    return bool(await page.evaluate("window.spoken()") > before)


async def silent(page: Page) -> bool:
    return not await speaks(page, 0.5)


async def sounds(teacher: Page) -> bool:
    """The teacher hears the first on stage."""
    before = (await inbound(teacher, "audio", 0))["energy"]
    await asyncio.sleep(0.5)
    return bool((await inbound(teacher, "audio", 0))["energy"] > before)


async def test_a_change_of_size_is_no_freeze(lesson: Class) -> None:
    """A room goes on stage and off: the teacher's picture of it grows and shrinks."""
    teacher = await lesson.teacher()
    village = await lesson.room("草兴小学")
    await lesson.begin(teacher)
    await lesson.hears_and_sees(village)
    for _ in range(2):
        await on_stage(teacher, village)
        await until(lambda: width(teacher, 0, 640), within=40)
        before = await freezes(teacher, 0)
        await asyncio.sleep(3)
        after = await freezes(teacher, 0)
        assert after[2] - before[2] > 8 and after[1] - before[1] < 1.0
        await teacher.get_by_role("button", name="下台").first.click()
        await village.get_by_role("button", name="举手").wait_for()
    lesson.check()


async def width(page: Page, slot: int, wanted: int) -> bool:
    return (await freezes(page, slot))[3] == wanted
