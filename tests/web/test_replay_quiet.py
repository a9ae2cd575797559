"""Whoever passes over silence misses no word, and nothing that is written without one."""

import random
import shutil
import subprocess
from array import array
from functools import cache
from io import BytesIO
from typing import Any

import av
import pytest
from av.audio.codeccontext import AudioCodecContext

from recorder import webm
from recorder.bundle import bundle
from recorder.shelf import FileShelf, media_folder
from synclass.channel import Fact
from synclass.inclass.chat import Said
from synclass.inclass.tracks import ClockSet

from ..conftest import TEACHER
from ..recorder import studio
from ..recorder.test_deck import LESSON, deck
from ..test_folds import frames
from .browser import browser
from .test_replay import log_of

RATE = 48_000
PAUSE = 8.0  # seconds between the two times she says it
NOISE = 100  # of 32,768: a classroom's fans
WORDS = "今天我们学习分数的意义。把一个苹果平均分成四份，每一份就是四分之一。"
BEFORE = 0.4  # seconds, as web/src/screens/replay/quiet.ts has it

pytestmark = pytest.mark.skipif(not shutil.which("espeak-ng"), reason="nobody here can speak")


@cache
def sentence() -> bytes:
    """As 16 bits a sample."""
    wave = subprocess.run(
        ["espeak-ng", "-v", "cmn", "--stdout", WORDS], capture_output=True, check=True
    ).stdout
    resampler = av.AudioResampler(format="s16", layout="mono", rate=RATE)
    with av.open(BytesIO(wave), "r") as file:
        parts = [part for frame in file.decode(audio=0) for part in resampler.resample(frame)]
    return b"".join(bytes(part.planes[0])[: 2 * part.samples] for part in parts)


def spoken() -> tuple[float, float]:
    """When she stops for the first time, and begins for the second."""
    length = len(sentence()) / 2 / RATE
    return length, length + PAUSE


@cache
def packets() -> list[bytes]:
    """She says it twice, and between hears her classroom's fans; as a browser encodes a voice."""
    silence = bytes(2 * round(PAUSE * RATE))
    dice, clean = random.Random(1), array("h", sentence() + silence + sentence() + silence)
    noisy = array("h", (max(-32768, min(32767, n + dice.randint(-NOISE, NOISE))) for n in clean))
    coder = av.CodecContext.create("libopus", "w")
    assert isinstance(coder, AudioCodecContext)
    coder.sample_rate, coder.format, coder.layout, coder.bit_rate = RATE, "s16", "mono", 20_000
    coder.options = {"application": "voip", "vbr": "on"}
    found: list[bytes] = []
    for at in range(0, len(noisy) - 959, 960):
        frame = av.AudioFrame(format="s16", layout="mono", samples=960)
        frame.planes[0].update(noisy[at : at + 960].tobytes())
        frame.sample_rate, frame.pts = RATE, at
        found += [bytes(packet) for packet in coder.encode(frame)]
    return found


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Her voice as the recorder kept it."""
    data = tmp_path_factory.mktemp("data")
    tape = deck(data, "opus", "voice")
    for n, packet in enumerate(packets()):
        tape.put(n / 50, studio.rtp(n, n * 960, packet))
        tape.tick(n / 50)
    tape.close(len(packets()) / 50)
    (track,) = FileShelf(data).tracks(LESSON)
    return (media_folder(data, LESSON) / track.name).read_bytes()


@pytest.fixture(scope="module")
def voice(file: bytes) -> list[bytes]:
    return pieces(file)


def pieces(file: bytes) -> list[bytes]:
    """From the first cluster on, as they may come."""
    whole = file[webm.head_size(file) :]
    dice, found = random.Random(2), list[bytes]()
    while whole:
        size = dice.randrange(1, 20_000)
        found.append(whole[:size])
        whole = whole[size:]
    return found


def quiet(voice: list[bytes], moments: list[float], *facts: tuple[float, Fact]) -> list[Any]:
    [answer] = browser([("quiet", frames(log_of(*facts)), voice, moments)])
    return list(answer)


def test_the_silence_between_two_sentences_is_passed_over(voice: list[bytes]) -> None:
    stops, begins = spoken()
    for until, leap in quiet(voice, [stops + 1.5, stops + 3.0, begins - 3.0]):
        assert begins - 0.3 <= until <= begins + 0.2
        assert leap == pytest.approx(until - BEFORE)


def test_no_word_is_passed_over(voice: list[bytes]) -> None:
    stops, begins = spoken()
    moments = [n / 10 for n in range(round(10 * (begins + stops)))]
    leaps = [(at, leap) for at, (_, leap) in zip(moments, quiet(voice, moments), strict=True)]
    made = [(at, leap) for at, leap in leaps if leap is not None]
    assert len(made) > 30, "there is much to be passed over"
    assert all(at > stops and leap < begins for at, leap in made)


def test_what_happens_without_a_word_is_seen(voice: list[bytes]) -> None:
    stops, begins = spoken()
    said = stops + 5.0
    at = stops + 1.5
    [[_, leap]] = quiet(voice, [at], (said, Said(1, TEACHER.id, "写在本子上")))
    assert leap == pytest.approx(said - BEFORE, abs=0.001)
    [[_, leap]] = quiet(voice, [at], (said, ClockSet(TEACHER.id, "voice", 7, said)))
    assert leap > begins - 1.0, "a clock is nothing to be seen"


def test_silence_is_not_known_of_what_was_not_fetched(voice: list[bytes]) -> None:
    end = len(packets()) / 50
    [[until, leap], [after, none]] = quiet(voice, [end - 3.0, end + 100.0])
    assert end - 0.2 <= until <= end + 0.2 and leap == pytest.approx(until - BEFORE)
    assert (after, none) == (end + 100.0, None)


def test_an_encoder_that_does_not_say_is_heard() -> None:
    hybrid = 15 << 3
    told: dict[bytes, list[list[float | bool]]] = {
        bytes((31 << 3, 0, 0, 0)): [[0, True]],  # low delay says nothing
        bytes((28 << 3 | 1, 0, 0, 0, 0)): [[0, True], [2.5, True]],
        bytes((hybrid, 0x80, 0, 0)): [[0, True]],
        bytes((hybrid, 0x7F, 0, 0)): [[0, False]],
        bytes((11 << 3, 0x20, 0, 0)): [[0, True]],  # 60 ms, of which each third may speak
        bytes((11 << 3, 0x1F, 0, 0)): [[0, False]],
        bytes((hybrid | 2, 2, 0x80, 0, 0, 0)): [[0, True], [20, False]],
        bytes((hybrid | 3, 0xC2, 2, 2, 0x7F, 1, 0x80, 1, 0, 0)): [[0, False], [20, True]],
        bytes((hybrid | 3, 3, 0x7F, 1, 0x80, 1, 0x7F, 1)): [[0, False], [20, True], [40, False]],
        bytes((hybrid,)): [[0, False]],
    }
    [said] = browser([("speaks", list(told))])
    assert said == list(told.values())


def test_a_merged_voice_is_silent_at_the_very_same_moments(file: bytes, voice: list[bytes]) -> None:
    moments = [n / 10 for n in range(round(len(packets()) / 5))]
    merged = pieces(bundle(file).data)
    assert sum(map(len, merged)) < 0.9 * sum(map(len, voice))
    before = quiet(voice, moments)
    assert quiet(merged, moments) == before
    assert sum(until > at for at, (until, _) in zip(moments, before, strict=True)) > 30


def test_browsers_which_take_no_laces_are_given_each_packet_at_its_moment(file: bytes) -> None:
    made = bundle(file)
    assert len(made.data) < len(file) * 0.9
    [parts] = browser([("unlaced", pieces(made.data))])
    whole = made.data[: made.head] + b"".join(map(bytes, parts))
    with av.open(BytesIO(whole), "r") as media:
        found = [(int(p.pts or 0), bytes(p)) for p in media.demux() if p.size]
    assert found == list(webm.packets(made.data, made.head))
    flags = whole.split(b"\x1f\x43\xb6\x75")[1].partition(b"\xa3")[2]
    assert flags[7] & 0x06 == 0, "a lace is left"
