"""The voices of the lesson that has ended, as the recorder keeps them."""

import asyncio
import random
from collections.abc import Iterator, Sequence
from itertools import cycle
from pathlib import Path

import av
from av.audio.codeccontext import AudioCodecContext

from recorder.deck import Deck
from recorder.room import Room, Share
from recorder.shelf import media_folder
from recorder.timeline import Publisher

from ...words import LessonId, Participant
from ..robot import script
from ..robot.sound import RATE, SAMPLES, speech
from .people import ROOMS, TEACHER
from .taught import BELL, END, STAGE

BPS = 16_000  # as a page sends where the line is thin
STEP = SAMPLES / RATE
QUIET = (9.0, 21.0)  # seconds in which she writes and says nothing
TICK = 1.0  # lesson seconds between two ticks of the deck: live it is hurried for kill -9

Packets = list[bytes]
Spoken = tuple[float, Packets]
"""From which lesson second on."""


async def keep(data: Path, lesson: LessonId) -> None:
    said = await asyncio.gather(
        *(speech([text]) for text in script.SPOKEN),
        *(speech([text], pitch=65 + 10 * n) for n, text in enumerate(script.ANSWERS)),
    )
    packed = [coded(sound) for sound in said]
    own, answers = packed[: len(script.SPOKEN)], packed[len(script.SPOKEN) :]
    _write(data, lesson, TEACHER, list(_lecture(own)), END)
    for room, answer, (since, until) in zip(ROOMS, answers, STAGE, strict=True):
        _write(data, lesson, room, [(since + 2, answer)], until, locked=True)


def coded(sound: bytes) -> Packets:
    """Opus of 20 ms each."""
    coder = av.CodecContext.create("libopus", "w")
    assert isinstance(coder, AudioCodecContext)
    coder.sample_rate, coder.format, coder.layout, coder.bit_rate = RATE, "s16", "mono", BPS
    coder.options = {"compression_level": "1"}  # of 10: a newcomer waits for it
    packets = Packets()
    for n in range(len(sound) // (2 * SAMPLES)):
        frame = av.AudioFrame(format="s16", layout="mono", samples=SAMPLES)
        frame.planes[0].update(sound[2 * SAMPLES * n : 2 * SAMPLES * (n + 1)])
        frame.sample_rate, frame.pts = RATE, n * SAMPLES
        packets += [bytes(packet) for packet in coder.encode(frame)]
    return packets


def _lecture(sentences: Sequence[Packets]) -> Iterator[Spoken]:
    """Sentence after sentence; she is silent while a classroom speaks."""
    at, dice = BELL + 2, random.Random(4)
    for sentence in cycle(sentences):
        until = at + len(sentence) * STEP
        for on, off in STAGE:
            if on < until and at < off:
                at = off + 1
        if at + len(sentence) * STEP > END - 3:
            return
        yield at, sentence
        at += len(sentence) * STEP + dice.uniform(*QUIET)


def _write(
    data: Path,
    lesson: LessonId,
    who: Participant,
    spoken: Sequence[Spoken],
    ends: float,
    *,
    locked: bool = False,
) -> None:
    share = Share(Room(data, 0))
    folder = media_folder(data, lesson)
    deck = Deck(folder, who.id, "voice", codec="opus", by=Publisher(), share=share, locked=locked)
    number, ticked = 0, 0.0
    for since, packets in spoken:
        for n, packet in enumerate(packets):
            at = since + n * STEP
            deck.put(at, _rtp(number, round(at * RATE), packet))
            number += 1
            if at >= ticked + TICK:
                deck.tick(at)
                ticked = at
    deck.close(ends)


def _rtp(number: int, time: int, packet: bytes) -> bytes:
    """As RTP (RFC 3550 §5.1)."""
    return b"\x80\x6f" + (number & 0xFFFF).to_bytes(2) + time.to_bytes(4) + bytes(4) + packet
