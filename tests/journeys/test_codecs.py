"""A teacher's encoder that likes VP9 or AV1: seen by whoever can, and again in the recording."""

import asyncio
from pathlib import Path

import av
import pytest
from playwright.async_api import Page

from recorder.shelf import FileShelf
from synclass.ports import TrackFile
from synclass.words import LessonId

from ..clients.program import running
from ..clients.test_gstreamer import CLIENT, PYTHON
from ..waiting import until
from .classroom import Class, state
from .test_encoder import draw, sends
from .test_replay import in_step

PUBLISH = """async ({door, ticket, codec}) => {
  const pc = new RTCPeerConnection();
  const stream = await navigator.mediaDevices.getUserMedia({video: true});
  const camera = pc.addTransceiver(stream.getVideoTracks()[0], {
    direction: 'sendonly', sendEncodings: [{scalabilityMode: 'L1T3', maxBitrate: 400_000}],
  });
  const all = RTCRtpSender.getCapabilities('video').codecs;
  const named = name => all.filter(c => c.mimeType === `video/${name}`);
  camera.setCodecPreferences([...named(codec), ...named('VP8'), ...named('rtx')]);
  await pc.setLocalDescription(await pc.createOffer());
  const headers = {Authorization: `Bearer ${ticket}`, 'Content-Type': 'application/sdp'};
  const answer = await fetch(door, {method: 'POST', headers, body: pc.localDescription.sdp});
  await pc.setRemoteDescription({type: 'answer', sdp: await answer.text()});
}"""
SEEN = """async () => {
  const seen = {};
  for (const pc of window.connections)
    for (const [, one] of [...await pc.getStats()].filter(([, s]) => s.type === 'inbound-rtp'))
      if (one.framesDecoded > 5)
        seen[one.mid] = (await pc.getStats()).get(one.codecId)?.mimeType;
  return seen;
}"""
PAINTED = """() => [...document.querySelectorAll('video')].some(video => {
  if (!video.videoWidth || video.getVideoPlaybackQuality().totalVideoFrames < 10) return false;
  const canvas = document.createElement('canvas').getContext('2d');
  canvas.drawImage(video, 0, 0, 40, 30);
  return canvas.getImageData(0, 0, 40, 30).data.some((value, n) => n % 4 < 3 && value > 100);
})"""
UNABLE = """
const plays = MediaSource.isTypeSupported.bind(MediaSource);
MediaSource.isTypeSupported = mime => !/vp9|av01/.test(mime) && plays(mime);
"""
LONG, ENOUGH = 5.0, 40  # seconds, and pictures, of a recording
OLD = """
const able = RTCRtpReceiver.getCapabilities.bind(RTCRtpReceiver);
RTCRtpReceiver.getCapabilities = kind => {
  const found = able(kind);
  return {...found, codecs: found.codecs.filter(c => !/VP9|AV1|H264/.test(c.mimeType))};
};
"""


async def encode(lesson: Class, codec: str) -> Page:
    """The teacher's second window, as an encoder that likes this codec and has VP8 too."""
    window = await lesson.window("teacher")
    await window.goto("/")
    door = f"{lesson.server.url}/whip/{lesson.lesson}"
    ticket = draw(lesson, "wang")
    await window.evaluate(PUBLISH, {"door": door, "ticket": ticket, "codec": codec})
    return window


async def shows(page: Page, codec: str) -> bool:
    """Whether pictures of this codec are decoded."""
    return f"video/{codec}" in (await page.evaluate(SEEN)).values()


@pytest.mark.parametrize("codec", ["VP9", "AV1"])
async def test_a_room_sees_it_live_and_the_recording_plays_it(lesson: Class, codec: str) -> None:
    teacher, room = await lesson.teacher(), await lesson.room("草兴小学")
    await lesson.begin(teacher)
    await lesson.hears_and_sees(room)
    await encode(lesson, codec)
    await until(lambda: sends(room, codec), within=30)
    await until(lambda: shows(room, codec), within=30)
    await lesson.hears_and_sees(room)
    await lesson.picture(room, f"classroom-{codec}")
    await until(lambda: filmed(lesson, codec), within=60)
    await teacher.get_by_role("button", name="结束上课").click()
    await teacher.get_by_role("button", name="下课", exact=True).click()
    await until(lambda: lesson.stage(teacher, "postclass"))
    await until(lambda: closed(lesson, codec), within=20)
    track = next(track for track in camera(lesson) if fits(track, codec))
    decodes(lesson, track)
    await replays(lesson, track, codec)
    await replays_without(lesson, track)
    lesson.check()


async def test_a_room_sees_the_vp9_of_an_encoder_that_is_no_browser(lesson: Class) -> None:
    teacher, room = await lesson.teacher(), await lesson.room("草兴小学")
    await lesson.begin(teacher)
    door, ticket = f"{lesson.server.url}/whip/{lesson.lesson}", draw(lesson, "wang")
    async with running(PYTHON, CLIENT, "publish", door, ticket, "-", "VP9") as encoder:
        await encoder.says("state", "connected")
        await until(lambda: shows(room, "VP9"), within=30)
        await lesson.hears_and_sees(room)
        await lesson.picture(room, "classroom-gstreamer")
        await until(lambda: filmed(lesson, "VP9"), within=60)
    await until(lambda: closed(lesson, "VP9"), within=20)
    decodes(lesson, next(t for t in camera(lesson) if fits(t, "VP9")))
    lesson.check()


def camera(lesson: Class) -> list[TrackFile]:
    shelf = FileShelf(lesson.server.data)
    tracks = shelf.tracks(LessonId(lesson.lesson))
    return [track for track in tracks if (track.who, track.track) == ("u-wang", "camera")]


def fits(track: TrackFile, codec: str) -> bool:
    return {"VP9": 'codecs="vp9"', "AV1": 'codecs="av01.0.'}[codec] in track.mime


async def filmed(lesson: Class, codec: str) -> bool:
    """Whether LONG seconds and enough of its pictures are in a file, which still grows; seldom
    looked at, for all of it is read."""
    await asyncio.sleep(0.5)
    tracks = [track for track in camera(lesson) if fits(track, codec) and track.clusters]
    long = [t for t in tracks if t.live and t.ends_ms - t.clusters[0][0] > 1000 * LONG]
    return any(_pictures(lesson, track) > ENOUGH for track in long)


async def closed(lesson: Class, codec: str) -> bool:
    return any(fits(track, codec) and not track.live for track in camera(lesson))


def _pictures(lesson: Class, track: TrackFile) -> int:
    with av.open(str(_path(lesson, track))) as media:
        return sum(packet.size > 0 for packet in media.demux(video=0))


def decodes(lesson: Class, track: TrackFile) -> None:
    """Every picture of it, by FFmpeg's decoders."""
    with av.open(str(_path(lesson, track))) as media:
        media.streams.video[0].codec_context.options = {"err_detect": "explode"}
        assert sum(1 for _ in media.decode(video=0)) > ENOUGH


def _path(lesson: Class, track: TrackFile) -> Path:
    path = FileShelf(lesson.server.data).media(LessonId(lesson.lesson), track.name)
    assert path is not None
    return path


async def replays(lesson: Class, track: TrackFile, codec: str) -> None:
    admin = await lesson.window("teacher")
    await lesson.known(admin, "admin")
    await admin.goto(f"/replay/{lesson.lesson}")
    await admin.get_by_role("button", name="播放").wait_for()
    await admin.evaluate("at => window.synclass.seek(at)", track.clusters[0][0] / 1000 + 1)
    await admin.get_by_role("button", name="播放").click()
    await until(lambda: in_step(admin, "u-wa voice", "u-wa camera"), within=20)
    await until(lambda: painted(admin), within=20)
    await lesson.picture(admin, f"replay-{codec}")


async def replays_without(lesson: Class, track: TrackFile) -> None:
    """A browser that has no decoder for it plays the rest, and says so."""
    admin = await lesson.window("teacher", script=UNABLE)
    await lesson.known(admin, "admin")
    await admin.goto(f"/replay/{lesson.lesson}")
    await admin.get_by_role("button", name="播放").wait_for()
    await admin.evaluate("at => window.synclass.seek(at)", track.clusters[0][0] / 1000 + 1)
    await admin.get_by_role("button", name="播放").click()
    await admin.get_by_text("这个浏览器放不了老师的画面").wait_for()
    await until(lambda: in_step(admin, "u-wa voice"), within=20)


async def painted(page: Page) -> bool:
    """Whether a picture stands there that is not black all over, and others came before it."""
    return bool(await page.evaluate(PAINTED))


async def test_an_old_computer_that_comes_later_is_shown_the_page_or_is_named(
    lesson: Class,
) -> None:
    teacher, room = await lesson.teacher(), await lesson.room("草兴小学")
    await encode(lesson, "VP9")
    await until(lambda: shows(room, "VP9"), within=30)
    old = await lesson.room("高山小学", script=OLD)
    await until(lambda: shows(old, "VP8"), within=30)
    await lesson.hears_and_sees(old)
    assert await shows(room, "VP9")
    assert (await state(room))["tracks"]["live"]["u-wang/camera"] == "VP9"
    await teacher.get_by_role("button", name="摄像头").click()
    await teacher.get_by_text("高山小学").filter(has_text="VP9").wait_for(timeout=30_000)
    await lesson.picture(teacher, "teacher-unseen")
    lesson.check()
