"""A published track becomes files every player opens, on the lesson's own clock."""

import json
import subprocess
from array import array
from itertools import pairwise
from pathlib import Path

import av
import pytest
from av.audio.codeccontext import AudioCodecContext

from recorder.deck import Deck
from recorder.opener import opened
from recorder.room import Room, Share
from recorder.shelf import FileShelf, media_folder
from recorder.timeline import Publisher
from synclass.ports import TrackFile
from synclass.tape import Codec
from synclass.words import LessonId, ParticipantId, TrackName

from . import studio

LESSON, WHO = LessonId("l1"), ParticipantId("teacher")


def deck(data: Path, codec: Codec, track: TrackName, *, locked: bool = False) -> Deck:
    return deck_of(data, track, codec, Publisher(), locked=locked)


def deck_of(
    data: Path,
    track: TrackName,
    codec: Codec,
    by: Publisher,
    *,
    who: ParticipantId = WHO,
    lesson: LessonId = LESSON,
    locked: bool = False,
) -> Deck:
    """Of a publisher who has other tracks, too."""
    data.mkdir(parents=True, exist_ok=True)
    share = Share(Room(data, 0))
    folder = media_folder(data, lesson)
    return Deck(folder, who, track, codec=codec, by=by, share=share, locked=locked)


def play(deck: Deck, packets: list[tuple[float, bytes]]) -> None:
    """Give the deck its packets at their times, with its ticks between."""
    now = packets[0][0]
    for at, packet in packets:
        while now + 0.05 <= at:
            now += 0.05
            deck.tick(now)
        deck.put(at, packet)
        deck.tick(at)


def only_track(data: Path) -> TrackFile:
    (track,) = FileShelf(data).tracks(LESSON)
    return track


def probe(path: Path) -> dict[str, object]:
    command = ["ffprobe", "-v", "error", "-show_format", "-show_streams", "-of", "json", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stderr == ""
    found: dict[str, object] = json.loads(done.stdout)
    return found


def tone_times(path: Path) -> list[float]:
    """Seconds at which 10 ms of sound are loud, as libopus decodes them."""
    loud: list[float] = []
    with av.open(str(path)) as media:
        stream = media.streams.audio[0]
        coder = av.CodecContext.create("libopus", "r")
        assert isinstance(coder, AudioCodecContext)
        coder.extradata = stream.codec_context.extradata
        for packet in media.demux(stream):
            if packet.pts is None or packet.time_base is None:
                continue
            at = float(packet.pts * packet.time_base)
            for frame in coder.decode(av.Packet(bytes(packet))):
                assert frame.format.name == "s16"
                samples = array("h", bytes(frame.planes[0])[: frame.samples * 2])
                for n in range(0, len(samples) - 479, 480):
                    if max(map(abs, samples[n : n + 480])) > 1500:
                        loud.append(at + n / 48000)
                at += len(samples) / 48000
    return loud


def test_a_voice_is_heard_at_its_lesson_time(tmp_path: Path) -> None:
    voice = deck(tmp_path, "opus", "voice")
    play(voice, studio.sound_packets(studio.opus_tone(4, begins=1, ends=2), start=300))
    voice.close(305)
    track = only_track(tmp_path)
    path = FileShelf(tmp_path).media(LESSON, track.name)
    assert path is not None
    probe(path)
    assert (track.mime, track.live, track.ends_ms) == ('audio/webm; codecs="opus"', False, 304_000)
    loud = tone_times(path)
    assert abs(loud[0] - 301) < 0.04
    assert abs(loud[-1] - 302) < 0.04


def test_a_muted_voice_is_silent_and_still_in_step_afterwards(tmp_path: Path) -> None:
    sounds = studio.opus_tone(6, begins=4, ends=5)
    packets = studio.sound_packets(sounds, start=10)
    voice = deck(tmp_path, "opus", "voice")
    play(voice, packets[:50] + packets[175:])
    voice.close(16)
    track = only_track(tmp_path)
    path = FileShelf(tmp_path).media(LESSON, track.name)
    assert path is not None
    probe(path)
    assert all(b - a <= 320 for (a, _), (b, _) in pairwise(track.clusters))
    loud = tone_times(path)
    assert abs(loud[0] - 14) < 0.04
    assert abs(loud[-1] - 15) < 0.04


@pytest.mark.parametrize(
    ("codec", "mime"),
    [
        ("VP8", 'video/webm; codecs="vp8"'),
        ("VP9", 'video/webm; codecs="vp9"'),
        ("AV1", 'video/webm; codecs="av01.0.'),
        ("H264", 'video/mp4; codecs="avc1.'),
    ],
)
def test_a_camera_is_seen_at_its_lesson_time_and_every_picture_decodes(
    tmp_path: Path, codec: Codec, mime: str
) -> None:
    camera = deck(tmp_path, codec, "camera")
    play(camera, studio.packets(codec, 100, start=50))
    camera.close(54)
    track = only_track(tmp_path)
    assert track.mime.startswith(mime)
    assert [ms for ms, _ in track.clusters] == [50_000, 52_000]
    assert picture_times(tmp_path, track) == [50_000 + 40 * n for n in range(100)]


def test_pictures_after_a_lost_packet_wait_for_a_key_frame(tmp_path: Path) -> None:
    camera = deck(tmp_path, "VP8", "camera")
    packets = studio.vp8_packets(studio.vp8(100), start=50)
    play(camera, [p for p in packets if not 50.98 < p[0] < 51.02])
    camera.close(54)
    times = picture_times(tmp_path, only_track(tmp_path))
    assert times == [50_000 + 40 * n for n in [*range(25), *range(50, 100)]]


def test_a_finished_file_can_be_sought_by_any_player(tmp_path: Path) -> None:
    cameras: dict[Codec, list[tuple[float, bytes]]] = {
        "VP8": studio.vp8_packets(studio.vp8(100, key_every=25), start=50),
        "H264": studio.h264_packets(studio.h264(100, key_every=25), start=50),
        "VP9": studio.packets("VP9", 100, key_every=25, start=50),
        "AV1": studio.packets("AV1", 100, key_every=25, start=50),
    }
    for codec, packets in cameras.items():
        camera = deck(tmp_path / codec, codec, "camera")
        play(camera, packets)
        camera.close(54)
        path = FileShelf(tmp_path / codec).media(LESSON, only_track(tmp_path / codec).name)
        assert path is not None
        with av.open(str(path)) as media:
            stream = media.streams.video[0]
            assert stream.time_base is not None
            media.seek(int(52.5 / stream.time_base), stream=stream)
            frame = next(media.decode(stream))
            assert frame.time is not None
            assert round(frame.time, 2) == 52.0


def picture_times(data: Path, track: TrackFile) -> list[int]:
    """Milliseconds of all pictures, after decoding every one of them."""
    path = FileShelf(data).media(LESSON, track.name)
    assert path is not None
    clear = data / path.name  # players know nothing of locks
    clear.write_bytes(opened(path).read())
    probe(clear)
    with av.open(str(clear)) as media:
        stream = media.streams.video[0]
        stream.codec_context.options = {"err_detect": "explode"}
        return [round((frame.time or 0) * 1000) for frame in media.decode(stream)]
