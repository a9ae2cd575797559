"""Jumps about in an hour's replay in Chromium: how soon the board is right, and the voice heard."""

from __future__ import annotations  # Playwright is a tool of the developers'

import random
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from recorder.shelf import FileShelf
from signaling.passwords import hashed

from ... import wire
from ...adapters.registry import SqlRegistry
from ...conduct import End
from ...ports import Account
from ...toolbox import new_lesson
from ...words import Role
from . import hour, spoken
from .serving import LESSON, serving
from .window import browsing, share, there

if TYPE_CHECKING:
    from playwright.async_api import Browser, Page

SEED = 20261127
SEEKS = 60
SIZE = (1366, 768)
SETTLE_MS = 400  # of playing between two seeks, as a hand that looks for something
NAME, PASSWORD = "head", "a bench's password"
SOUND = "--autoplay-policy=no-user-gesture-required"
KEEP = """
window.voices = [];
const create = document.createElement.bind(document);
document.createElement = (name, ...rest) => {
  const made = create(name, ...rest);
  if (name === 'audio') window.voices.push(made);
  return made;
};
"""
PLAYS = """new Promise(done => {
  const look = () => window.voices[0]?.currentTime > 0.5 ? done() : setTimeout(look, 50);
  look();
})"""
SEEK = """async ([at, settle]) => {
  const [voice] = window.voices, next = new MessageChannel();
  const turn = () => new Promise(done => {
    next.port1.onmessage = done;
    next.port2.postMessage(0);
  });
  const began = performance.now();
  window.synclass.seek(at);
  const board = performance.now() - began;
  const near = () => Math.abs(voice.currentTime - at) < 3 && !voice.seeking && !voice.paused;
  let from = null;
  for (;;) {
    await turn();
    if (!near()) from = null;
    else if (from === null) from = voice.currentTime;
    else if (voice.currentTime > from) break;
    if (performance.now() - began > 10000) throw new Error(`never heard at ${at}`);
  }
  const heard = performance.now() - began;
  await new Promise(done => setTimeout(done, settle));
  return [board, heard];
}"""


class Told(Struct, frozen=True):
    seek_board_ms: float
    """Until the lesson is as it was at that moment, p95; it is painted with the next frame."""
    seek_voice_p50_ms: float
    seek_voice_ms: float
    """Until the voice runs on from there, p95."""


async def measure(
    *, seconds: float = hour.HOUR, seeks: int = SEEKS, facts: int = hour.FACTS
) -> Told | None:
    """Keep such a lesson, open its replay, and jump so many times while it plays.

    None where there is no Chromium or no Playwright.
    """
    if not there():
        return None
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        lasts = _keep(data, seconds, facts)
        registry = await SqlRegistry.open(data / "synclass.sqlite")
        await registry.save_account(Account(NAME, "校长", Role.ADMIN, "", hashed(PASSWORD)))
        await registry.close()
        async with serving(data) as (_, port), browsing(SOUND) as browser:
            page = await _open(browser, f"http://127.0.0.1:{port}")
            found = [await page.evaluate(SEEK, [at, SETTLE_MS]) for at in _moments(lasts, seeks)]
    boards, voices = zip(*found, strict=True)
    return Told(share(boards, 0.95), share(voices, 0.5), share(voices, 0.95))


async def _open(browser: Browser, url: str) -> Page:
    width, height = SIZE
    context = await browser.new_context(
        viewport={"width": width, "height": height}, base_url=url, locale="zh-CN"
    )
    said = {"name": NAME, "password": PASSWORD}
    assert (await context.request.post("/api/login", data=said)).ok
    page = await context.new_page()
    await page.add_init_script(KEEP)
    await page.goto(f"/replay/{LESSON}")
    await page.get_by_role("button", name="播放").click()
    await page.evaluate(PLAYS)
    return page


def _moments(lasts: float, count: int) -> list[float]:
    dice = random.Random(SEED)
    return [dice.uniform(1, lasts - 30) for _ in range(count)]


def _keep(data: Path, seconds: float, facts: int) -> float:
    """The hour with its voice; returns how long it lasts."""
    lesson, journal = new_lesson(), FileShelf(data).journal(LESSON)
    for asked in hour.hour(facts):
        if asked.at >= seconds:
            break
        journal.append(hour.put(lesson, asked))
    lasts = lesson.ms / 1000
    journal.append(wire.record(lesson.decide(hour.TEACHER, End(), lasts)))
    journal.close()
    spoken.keep(data, LESSON, hour.TEACHER.id, lasts)
    return lasts
