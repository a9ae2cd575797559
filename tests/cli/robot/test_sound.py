"""A voice has Opus's rate, pauses between its sentences, and keeps the time of its silences."""

import asyncio
import shutil
import wave
from array import array
from itertools import pairwise
from pathlib import Path

import pytest

from synclass.cli.robot.sound import LOUDEST, PAUSE, RATE, SAMPLES, Voice, melody, speech

from .conftest import Later

SECOND = array("h", [9000] * 22050).tobytes()  # at a speech program's own rate
SPEAKS = '/bin/cp tone.wav "$8"'
IS_SILENT, TALKS_NONSENSE = "exit 1", 'echo nonsense > "$8"'


def samples(sound: bytes) -> list[int]:
    return memoryview(sound).cast("h").tolist()


@pytest.fixture
def mouth(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """A speech program that does the same whatever it is given to say."""
    with wave.open(str(tmp_path / "tone.wav"), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(22050)
        file.writeframes(SECOND)
    program = tmp_path / "espeak-ng"
    program.write_text(f"#!/bin/sh\n{request.param}\n")
    program.chmod(0o700)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.chdir(tmp_path)


@pytest.mark.usefixtures("mouth")
@pytest.mark.parametrize("mouth", [SPEAKS], indirect=True)
async def test_every_sentence_is_heard_at_opuss_rate_with_a_pause_behind_it() -> None:
    spoken = samples(await speech(["一", "二"]))
    each = len(spoken) // 2
    assert each / RATE == pytest.approx(1 + PAUSE, abs=0.01)
    for sentence in (spoken[:each], spoken[each:]):
        assert max(sentence[: RATE // 2]) == pytest.approx(9000, rel=0.05)
        assert set(sentence[-round(PAUSE * RATE) :]) == {0}


@pytest.mark.usefixtures("mouth")
@pytest.mark.parametrize("mouth", [IS_SILENT, TALKS_NONSENSE], indirect=True)
async def test_where_a_speech_program_says_nothing_there_is_a_melody() -> None:
    assert await speech(["你好"], pitch=65) == melody(1.3)


@pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="espeak-ng is not installed")
async def test_pupils_do_not_sound_like_their_teacher() -> None:
    low, high = await speech(["老师好"]), await speech(["老师好"], pitch=85)
    assert low != high
    assert max(samples(low)) > 3000 and len(low) > 2 * RATE


def test_the_melody_is_soft_and_rests_before_it_begins_again() -> None:
    tune = samples(melody())
    assert max(map(abs, tune)) <= round(32767 * LOUDEST)
    assert set(tune[-RATE:]) == {0} and len(tune) > 4 * RATE
    assert all(any(tune[at : at + SAMPLES]) for at in range(0, len(tune) - RATE, SAMPLES))


def test_a_higher_melody_is_as_long_and_swings_more_often() -> None:
    low, high = samples(melody()), samples(melody(1.5))
    assert len(low) == len(high)
    assert 1.4 < _swings(high) / _swings(low) < 1.6


def _swings(tune: list[int]) -> int:
    return sum(a < 0 <= b for a, b in pairwise(tune))


async def test_a_voice_goes_over_its_sound_again_and_again(later: Later) -> None:
    sound, on = array("h", range(1, 2 * SAMPLES + 101)).tobytes(), asyncio.Event()
    on.set()
    voice = Voice(sound, on)
    later(1.0)
    frames = [await voice.recv() for _ in range(4)]
    heard = [samples(bytes(frame.planes[0]))[:SAMPLES] for frame in frames]
    assert [part[0] for part in heard] == [1, SAMPLES + 1, 2 * SAMPLES + 1, 1]
    assert set(heard[2][100:]) == {0}, "what is too short is filled with silence"
    assert [frame.pts for frame in frames] == [n * SAMPLES for n in range(4)]
    assert {(frame.sample_rate, frame.samples, frame.format.name) for frame in frames} == {
        (RATE, SAMPLES, "s16")
    }


async def test_a_muted_microphone_sends_nothing_and_its_clock_goes_on(later: Later) -> None:
    loop, on = asyncio.get_running_loop(), asyncio.Event()
    began, voice = loop.time(), Voice(melody(), on)
    waiting = asyncio.create_task(voice.recv())
    await asyncio.sleep(0)
    later(3.0)
    assert not waiting.done()
    on.set()
    frame = await waiting
    assert frame.pts is not None and 3.0 <= frame.pts / RATE <= loop.time() - began


async def test_a_voice_speaks_no_faster_than_time_goes() -> None:
    loop, on = asyncio.get_running_loop(), asyncio.Event()
    on.set()
    voice, began = Voice(melody(), on), loop.time()
    for _ in range(6):
        await voice.recv()
    assert loop.time() - began >= 5 * SAMPLES / RATE
