"""A robot's voice: sentences spoken by espeak-ng where it is installed, else a gentle melody."""

import asyncio
import math
import shutil
import tempfile
import wave
from array import array
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import structlog
from aiortc import MediaStreamTrack
from av import AudioFrame, AudioResampler

log = structlog.get_logger()

RATE = 48_000  # Hz: Opus's own, so that nothing is resampled while it plays
SAMPLES = 960  # 20 ms
PAUSE = 1.5  # seconds between two sentences
LOUDEST = 0.25  # of full scale: the melody is there to be talked over
MELODY = (261.6, 329.6, 392.0, 329.6, 293.7, 349.2, 440.0, 392.0)  # Hz, do mi so mi re fa la so
NOTE = 0.45  # seconds
PATIENCE = 20.0  # seconds for espeak-ng to speak one sentence


async def speech(sentences: Sequence[str], *, pitch: int = 50) -> bytes:
    """The sentences with pauses between them, 16 bit mono at RATE."""
    if shutil.which("espeak-ng") is None:
        return melody(pitch / 50)
    spoken = [await _spoken(sentence, pitch) for sentence in sentences]
    pause = bytes(2 * round(PAUSE * RATE))
    return b"".join(sound + pause for sound in spoken if sound) or melody(pitch / 50)


def melody(higher: float = 1.0) -> bytes:
    """Eight soft notes and a rest."""
    sound = array("h")
    for hertz in MELODY:
        step = 2 * math.pi * hertz * higher / RATE
        length = round(NOTE * RATE)
        sound.extend(
            round(32767 * LOUDEST * math.sin(step * n) * math.sin(math.pi * n / length))
            for n in range(length)
        )
    return sound.tobytes() + bytes(2 * RATE)


async def _spoken(sentence: str, pitch: int) -> bytes:
    with tempfile.TemporaryDirectory(prefix="synclass-") as folder:
        path = Path(folder) / "sentence.wav"
        arguments = ["-v", "cmn", "-s", "140", "-p", str(pitch), "-w", str(path), "--", sentence]
        program = await asyncio.create_subprocess_exec(
            *("espeak-ng", *arguments),
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
        )
        try:
            async with asyncio.timeout(PATIENCE):
                await program.wait()
        except TimeoutError:
            program.kill()
        return await asyncio.to_thread(_read, path)


def _read(path: Path) -> bytes:
    """A WAV file as 16 bit mono at RATE; nothing where it is none."""
    try:
        with wave.open(str(path)) as file:
            rate, data = file.getframerate(), file.readframes(file.getnframes())
    except (wave.Error, EOFError, FileNotFoundError) as error:
        log.warning("espeak-ng spoke nothing", why=str(error))
        return b""
    frame = AudioFrame(format="s16", layout="mono", samples=len(data) // 2)
    frame.planes[0].update(data)
    frame.sample_rate = rate
    resampler = AudioResampler(format="s16", layout="mono", rate=RATE)
    parts = (*resampler.resample(frame), *resampler.resample(None))
    return b"".join(bytes(part.planes[0])[: 2 * part.samples] for part in parts)


class Voice(MediaStreamTrack):
    """Plays a sound over and over in real time while ``on``; sends nothing while it is muted."""

    kind = "audio"

    def __init__(self, sound: bytes, on: asyncio.Event) -> None:
        super().__init__()
        self._sound = sound
        self._on = on
        self._start = asyncio.get_running_loop().time()
        self._played = 0
        self._at = 0

    async def recv(self) -> AudioFrame:
        loop = asyncio.get_running_loop()
        if not self._on.is_set():
            await self._on.wait()
            # The RTP clock goes on through a silence (RFC 3550 §5.1).
            self._played = round((loop.time() - self._start) * RATE)
            self._at = 0
        await asyncio.sleep(self._start + self._played / RATE - loop.time())
        frame = AudioFrame(format="s16", layout="mono", samples=SAMPLES)
        frame.planes[0].update(self._next(2 * SAMPLES))
        frame.sample_rate, frame.pts = RATE, self._played
        frame.time_base = Fraction(1, RATE)
        self._played += SAMPLES
        return frame

    def _next(self, size: int) -> bytes:
        part = self._sound[self._at : self._at + size]
        self._at += size
        if len(part) < size:
            self._at = 0
        return part.ljust(size, b"\0")
