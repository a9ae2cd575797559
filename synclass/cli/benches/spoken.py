"""The teacher's voice for the hour of the benches, as the recorder keeps it."""

from itertools import cycle, islice
from pathlib import Path

import av
from av.audio.codeccontext import AudioCodecContext

from recorder.deck import Deck
from recorder.room import Room, Share
from recorder.shelf import media_folder
from recorder.timeline import Publisher

from ...words import LessonId, ParticipantId
from ..robot.sound import RATE, SAMPLES, melody

BPS = 16_000  # as a page sends where the line is thin
TICK = 0.25  # lesson seconds between two ticks of the deck
_HEAD = b"\x80\x6f"


def keep(data: Path, lesson: LessonId, who: ParticipantId, seconds: float) -> None:
    """Record a voice from time 0 on.  It sings the same again and again: encoding takes minutes."""
    folder = media_folder(data, lesson)
    deck = Deck(folder, who, "voice", codec="opus", by=Publisher(), share=Share(Room(data, 0)))
    ticked = 0.0
    for n, sound in enumerate(islice(cycle(sung()), round(seconds * RATE / SAMPLES))):
        at = n * SAMPLES / RATE
        deck.put(at, _packet(n, sound))
        if at >= ticked + TICK:
            deck.tick(at)
            ticked = at
    deck.close(seconds)


def sung() -> list[bytes]:
    """The robot's melody in packets of 20 ms."""
    coder = av.CodecContext.create("libopus", "w")
    assert isinstance(coder, AudioCodecContext)
    coder.sample_rate, coder.format, coder.layout, coder.bit_rate = RATE, "s16", "mono", BPS
    packets, sound = list[bytes](), melody()
    for n in range(len(sound) // (2 * SAMPLES)):
        frame = av.AudioFrame(format="s16", layout="mono", samples=SAMPLES)
        frame.planes[0].update(sound[2 * SAMPLES * n : 2 * SAMPLES * (n + 1)])
        frame.sample_rate, frame.pts = RATE, n * SAMPLES
        packets += [bytes(packet) for packet in coder.encode(frame)]
    return packets


def _packet(n: int, sound: bytes) -> bytes:
    """As RTP (RFC 3550 §5.1)."""
    numbers = (n & 0xFFFF).to_bytes(2) + (n * SAMPLES & 0xFFFFFFFF).to_bytes(4)
    return _HEAD + numbers + (5).to_bytes(4) + sound
