"""Whatever a publisher sends, the recorder writes whole frames of it or none, and goes on."""

import random
from collections.abc import Iterator
from itertools import count

import pytest

from recorder.formats import BY_CODEC
from recorder.lines import Block
from recorder.reel import Reel
from recorder.timeline import Publisher
from synclass.tape import Codec

from ..recorder import studio
from . import mutants
from .mutants import PROOF, ROUNDS, damage

FRAMES = ROUNDS if PROOF else ROUNDS // 4
CODECS: tuple[Codec, ...] = ("opus", "VP8", "H264", "VP9", "AV1")
SIZE = (64, 48)
FRAME = 0.04  # seconds


def pictures(codec: Codec) -> list[list[bytes]]:
    """The payloads of a few true frames, two of them key frames."""
    if codec == "opus":
        return [[sound] for sound in studio.opus_tone(0.2, begins=0.0)]
    found: dict[int, list[bytes]] = {}
    for _, packet in studio.packets(codec, 6, key_every=3, size=SIZE):
        found.setdefault(int.from_bytes(packet[4:8], "big"), []).append(packet[12:])
    return list(found.values())


def hostile(codec: Codec, rounds: int) -> Iterator[tuple[float, bytes]]:
    """Packets with their arrivals: one in two frames has a damaged payload."""
    dice, seq, true = random.Random(mutants.SEED), count(), pictures(codec)
    rtp = damaged = 0
    for number in count():
        if damaged >= rounds:
            return
        payloads = list(true[number % len(true)])
        if dice.random() < 0.5:
            damaged += 1
            at = dice.randrange(len(payloads))
            payloads[at] = damage(dice, [*mutants.MEDIA_SEEDS, *[payloads[at]] * 20])
        rtp += dice.choice((3600,) * 30 + (0, 1, 2**31, -3600))
        for n, payload in enumerate(payloads):
            last = n == len(payloads) - 1
            yield number * FRAME, studio.rtp(next(seq), rtp, payload, marker=last)


@pytest.mark.parametrize("codec", CODECS)
def test_whatever_is_published_becomes_a_file_or_nothing(codec: Codec) -> None:
    reel, form = Reel(codec, Publisher()), BY_CODEC[codec]
    blocks = begun = 0

    def write(written: list[Block]) -> None:
        nonlocal blocks, begun
        for block in written:
            blocks += 1
            if block.setup is not None and codec != "opus":
                begun += 1
                assert form.head(block.setup) and form.mime(block.setup)
            assert form.cluster([block])

    for at, packet in hostile(codec, FRAMES):
        reel.put(at, packet)
        write(reel.take(at))
        reel.wants_keyframe(at)
    write(reel.end())
    assert blocks > FRAMES // 10 and (begun > FRAMES // 20 or codec == "opus")
