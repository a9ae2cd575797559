"""Chromium plays what was recorded, from the middle, on the lesson's own clock."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from playwright.async_api import Page, async_playwright

from recorder.shelf import FileShelf
from recorder.timeline import Publisher
from synclass.cli.benches.window import BARE
from synclass.ports import TrackFile
from synclass.tape import Codec
from synclass.words import LessonId, ParticipantId

from . import studio
from .test_deck import deck, deck_of, play

LESSON, WHO = LessonId("l1"), ParticipantId("teacher")
CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
    "--autoplay-policy=no-user-gesture-required",
    BARE,
]
PLAY = """async ({tracks, at}) => {
  const video = document.querySelector('video'), source = new MediaSource()
  const said = name => new Promise(done => video.addEventListener(name, done, {once: true}))
  const open = new Promise(done => source.addEventListener('sourceopen', done))
  video.muted = true
  video.src = URL.createObjectURL(source)
  await open
  const ranges = []
  const fetched = async (name, from, to) =>
    (await fetch(name, {headers: {Range: `bytes=${from}-${to - 1}`}})).arrayBuffer()
  const buffers = tracks.map(t => source.addSourceBuffer(t.mime))
  for (const [n, t] of tracks.entries()) {
    const after = t.clusters.filter(c => c[0] <= at * 1000)
    const [ms, from] = after[after.length - 1]
    for (const [a, b] of [[0, t.header], [from, t.size]]) {
      const updated = new Promise(done => { buffers[n].onupdateend = done })
      buffers[n].appendBuffer(await fetched(t.name, a, b))
      await updated
    }
    const b = buffers[n].buffered
    ranges.push([...Array(b.length).keys()].map(i => [b.start(i), b.end(i), ms / 1000]))
  }
  const painted = new Promise(done =>
    video.requestVideoFrameCallback((_, frame) => done(frame.mediaTime)))
  const seeked = said('seeked')
  video.currentTime = at
  await seeked
  const time = await painted
  const canvas = document.createElement('canvas').getContext('2d')
  canvas.drawImage(video, 0, 0)
  const seen = canvas.getImageData(20, 20, 1, 1).data[1], stood = video.currentTime
  await video.play()
  while (video.currentTime < at + 0.5 && !video.error) await new Promise(requestAnimationFrame)
  const quality = video.getVideoPlaybackQuality()
  const error = video.error && video.error.message
  return {ranges, seen, stood, time, error, width: video.videoWidth,
          broken: quality.corruptedVideoFrames}
}"""


@pytest.fixture
async def page(tmp_path: Path) -> AsyncIterator[Page]:
    shelf = FileShelf(tmp_path)

    async def media(request: web.Request) -> web.StreamResponse:
        path = shelf.media(LESSON, request.match_info["name"])
        return web.FileResponse(path) if path else web.Response(status=404)

    async def blank(request: web.Request) -> web.Response:
        return web.Response(text="<video></video>", content_type="text/html")

    app = web.Application()
    app.add_routes([web.get("/", blank), web.get("/{name}", media)])
    async with TestServer(app) as server, async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        found = await browser.new_page()
        await found.goto(str(server.make_url("/")))
        yield found
        await browser.close()


def record(data: Path, codec: Codec, *, live: bool) -> list[TrackFile]:
    """Six seconds from lesson second 300 on, the voice muted in the middle of them."""
    publisher = Publisher()
    voice = deck_of(data, "voice", "opus", publisher)
    sounds = studio.sound_packets(studio.opus_tone(6), start=300)
    play(voice, sounds[:100] + sounds[200:])
    camera = deck_of(data, "camera", codec, publisher)
    play(camera, studio.packets(codec, 150, start=300))
    if not live:
        voice.close(306)
        camera.close(306)
    return FileShelf(data).tracks(LESSON)


def brightness(picture: int) -> float:
    """What the studio's picture of this number looks like (limited range, BT.601)."""
    return (picture * 5 % 200 + 4.5 - 16) * 1.164


@pytest.mark.skipif(not CHROMIUM.exists(), reason="needs Chromium")
@pytest.mark.parametrize("live", [True, False])
@pytest.mark.parametrize("codec", ["VP8", "H264", "VP9", "AV1"])
async def test_the_middle_of_a_lesson_is_seen_at_its_time(
    tmp_path: Path, page: Page, codec: Codec, live: bool
) -> None:
    tracks = record(tmp_path, codec, live=live)
    shown = msgspec.to_builtins(tracks)
    found: dict[str, Any] = await page.evaluate(PLAY, {"tracks": shown, "at": 303.01})
    assert (found["error"], found["broken"]) == (None, 0)
    assert found["stood"] == pytest.approx(303.01)
    assert found["time"] == pytest.approx(303.0)
    assert found["width"] == 320
    for track, ranges in zip(tracks, found["ranges"], strict=True):
        ((begin, end, wanted),) = ranges  # one piece, without a hole
        assert begin == pytest.approx(wanted, abs=0.002)
        assert end == pytest.approx(track.ends_ms / 1000, abs=0.05)
    assert found["seen"] == pytest.approx(brightness(75), abs=8)


async def test_a_shared_screen_with_rare_pictures_plays_without_holes(
    tmp_path: Path, page: Page
) -> None:
    times = [0, 0.04, 0.08, 1.0, 2.0, 2.04, 3.3, 3.34, 4.0, 4.04]  # then off until a key frame
    frames = studio.vp8(12, key_every=10)
    packets = one_packet_each(frames, [*times, 9.0, 9.04])
    screen = deck(tmp_path, "VP8", "content")
    play(screen, packets)
    screen.close(310)
    (track,) = FileShelf(tmp_path).tracks(LESSON)
    assert [ms for ms, _ in track.clusters] == [300_000, 309_000]
    shown = msgspec.to_builtins(track)
    found: dict[str, Any] = await page.evaluate(PLAY, {"tracks": [shown], "at": 302.5})
    (ranges,) = found["ranges"]
    assert [round(begin, 2) for begin, _, _ in ranges] == [300.0, 309.0]
    assert [round(end, 2) for _, end, _ in ranges] == [304.08, 309.08]
    assert found["time"] == pytest.approx(302.04)


async def test_a_camera_may_change_its_size_within_a_file(tmp_path: Path, page: Page) -> None:
    frames = studio.vp8(50) + studio.vp8(50, size=(640, 480)) + studio.vp8(50)
    camera = deck(tmp_path, "VP8", "camera")
    play(camera, studio.vp8_packets(frames, start=300))
    camera.close(310)
    (track,) = FileShelf(tmp_path).tracks(LESSON)
    shown = msgspec.to_builtins(track)
    for at, width in ((301, 320), (303, 640), (305, 320)):
        found: dict[str, Any] = await page.evaluate(PLAY, {"tracks": [shown], "at": at + 0.01})
        assert (found["error"], found["width"], len(found["ranges"][0])) == (None, width, 1)
        assert found["time"] == pytest.approx(at)


def one_packet_each(frames: list[bytes], times: list[float]) -> list[tuple[float, bytes]]:
    """Small pictures at these times, counted from lesson second 300."""
    return [
        (300 + at, studio.rtp(n, round(at * 90_000), b"\x10" + frame, marker=True))
        for n, (at, frame) in enumerate(zip(times, frames, strict=True))
    ]
