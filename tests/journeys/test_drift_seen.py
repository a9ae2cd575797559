"""A click is heard, a flash is seen and a stroke appears in one moment of Chromium's replay.

The lesson is the recorder's own (``tests/recorder/hours.py``): crystals that are off, a line that
queues up and loses packets, another size and another codec, a publisher who leaves and comes back.
"""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, Playwright

from signaling.passwords import hashed
from synclass.adapters.registry import SqlRegistry
from synclass.cli.benches.serving import LESSON, serving
from synclass.ports import Account
from synclass.words import Role

from ..recorder import hours
from .classroom import PASSWORD
from .conftest import launch

APART = 0.04  # seconds: beyond it lips and voice, or pen and voice, are seen to differ
SEED = 20261127
PLAN = hours.SHORT
LOST = 0.002  # of the packets: a picture that is lost is not seen, one that is there must be right
FRAMES = 25  # a second: Chromium shows a picture up to half of its time early
BEFORE = 2.0  # seconds from where somebody jumps to
EVEN = 25.0  # ms: beside a frame that was left out nobody can say when a stroke was there
LOOKS = 12
VISITS = (0, 6, 1, 2, 0, 6, 1, 2)
"""Minutes, as a hand jumps about; before the third flash a packet is lost, the fourth is H.264."""
MUTED = (2,)

WATCH = """
{
  const EAR = `registerProcessor('ear', class extends AudioWorkletProcessor {
    process([[wave]]) {
      const loud = wave?.findIndex(value => Math.abs(value) > 0.05) ?? -1;
      if (loud >= 0) this.port.postMessage((currentFrame + loud) / sampleRate);
      return true;
    }
  })`;
  let begun = {}, ink = null, light = true, before = 0;
  window.moments = () => begun;
  window.isDark = () => !light;
  window.forget = () => { begun = { uneven: 0 }; ink = null; };
  const tell = (what, at) => { begun[what] ||= at; };

  const listen = async voice => {
    const context = new AudioContext();
    const code = URL.createObjectURL(new Blob([EAR], { type: 'text/javascript' }));
    await context.audioWorklet.addModule(code);
    const ear = new AudioWorkletNode(context, 'ear');
    context.createMediaElementSource(voice).connect(ear);
    ear.connect(context.destination);
    ear.port.onmessage = ({ data }) => {
      // As an element tells its time that plays by itself: a context's own delay comes on top.
      tell('voice', performance.now() + 1000 * (data - context.currentTime));
    };
  };

  const eye = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  const look = video => {
    const see = (_, { expectedDisplayTime }) => {
      eye.drawImage(video, 0, 0, 1, 1);
      light = eye.getImageData(0, 0, 1, 1).data[1] > 120;
      if (light) tell('camera', expectedDisplayTime);
      video.requestVideoFrameCallback(see);
    };
    video.requestVideoFrameCallback(see);
  };

  const make = document.createElement.bind(document);
  document.createElement = (name, ...rest) => {
    const made = make(name, ...rest);
    if (name === 'audio') listen(made);
    if (name === 'video') look(made);
    return made;
  };

  // The first row of the board, in which the strokes are.
  const [WIDE, HIGH] = [160, 16];
  const row = new OffscreenCanvas(WIDE, HIGH).getContext('2d', { willReadFrequently: true });
  const watch = at => {
    row.clearRect(0, 0, WIDE, HIGH);
    for (const canvas of document.querySelectorAll('main .sheet canvas'))
      row.drawImage(canvas, 0, 0, WIDE, HIGH, 0, 0, WIDE, HIGH);
    const seen = row.getImageData(0, 0, WIDE, HIGH).data.reduce((sum, one) => sum + one, 0);
    ink ??= seen;
    if (Math.abs(seen - ink) > 50) tell('ink', at);
    begun.uneven = Math.max(begun.uneven ?? 0, at - before);
    before = at;
    requestAnimationFrame(watch);
  };
  requestAnimationFrame(watch);
}
"""
VISIT = """async ([at, wanted]) => {
  const painted = () => new Promise(done => requestAnimationFrame(done));
  window.synclass.seek(at);
  const until = performance.now() + 15000, waits = () => performance.now() < until;
  do await painted(); while (!window.isDark() && waits());
  await new Promise(done => setTimeout(done, 600)); // of playing: somebody has begun to look
  window.forget();
  while (wanted.some(what => !window.moments()[what]) && waits()) await painted();
  return window.moments();
}"""


@pytest.fixture(scope="module")
def taught(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("data")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(hours, "LOST", LOST)
        patch.setattr(hours, "FRAMES", FRAMES)
        hours.a_minute_of_pictures.cache_clear()
        hours.write(data, PLAN, SEED)
        hours.record(data, PLAN, SEED)
    hours.a_minute_of_pictures.cache_clear()  # of another rate than its own tests want
    return data


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser(chromium: Playwright) -> AsyncIterator[Browser]:
    found = await launch(chromium, [])
    yield found
    await found.close()


async def opened(browser: Browser, url: str) -> Page:
    """The replay, in the window of a head of school, playing."""
    size: Any = {"width": 1366, "height": 768}
    context = await browser.new_context(
        viewport=size, locale="zh-CN", base_url=url, reduced_motion="reduce", bypass_csp=True
    )
    await context.add_init_script(WATCH)
    said = {"name": "head", "password": PASSWORD}
    assert (await context.request.post("/api/login", data=said)).ok
    page = await context.new_page()
    await page.goto(f"/replay/{LESSON}")
    await page.get_by_role("button", name="播放").click()
    return page


async def visit(page: Page, minute: int) -> float:
    """How far apart they are in this minute (s); looked at again where frames were left out."""
    at = 60 * minute + hours.MOMENT - BEFORE
    wanted = ["camera", "ink"] if minute in MUTED else ["voice", "camera", "ink"]
    for _ in range(LOOKS):
        seen: dict[str, float] = await page.evaluate(VISIT, [at, wanted])
        if set(wanted) <= set(seen) and seen["uneven"] < EVEN:
            break
    assert set(wanted) <= set(seen), (minute, seen)
    times = [seen[what] for what in wanted]
    return (max(times) - min(times)) / 1000


async def test_a_click_a_flash_and_a_stroke_are_one_moment_wherever_somebody_jumps(
    browser: Browser, taught: Path
) -> None:
    registry = await SqlRegistry.open(taught / "synclass.sqlite")
    await registry.save_account(Account("head", "校长", Role.ADMIN, "", hashed(PASSWORD)))
    await registry.close()
    async with serving(taught) as (_, port):
        page = await opened(browser, f"http://127.0.0.1:{port}")
        apart = [await visit(page, minute) for minute in VISITS]
    assert max(apart) < APART, apart
