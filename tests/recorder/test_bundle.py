"""A voice is merged without a sound being another, or at another moment."""

import io
from typing import Any

import av
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recorder import webm
from recorder.bundle import SPAN, bundle
from recorder.frames import Setup
from recorder.lines import Block
from recorder.opus import samples, silence
from synclass import opus
from synclass.errors import Malformed

from ..signaling.sfu.speech import heard, spoken

SETUP = Setup("opus", channels=1)
HYBRID, CELT, SHORT = 0x78, 0xF8, 0xE0  # 20 ms, 20 ms, 2.5 ms
Told = list[tuple[int, bytes]]


def kept(told: Told) -> bytes:
    """A finished file with these packets at these moments, in clusters as they are recorded."""
    data = webm.head(SETUP)
    for at in range(0, len(told), 15):
        blocks = [Block(ms, lasts(packet), packet, SETUP) for ms, packet in told[at : at + 15]]
        data += webm.cluster(blocks)
    clusters = webm.clusters(data, webm.head_size(data))
    filled, cues = webm.ending(data[: webm.head_size(data)], clusters, len(data))
    return filled + data[len(filled) :] + cues


def lasts(packet: bytes) -> int:
    return samples(packet) * 1000 // 48_000


def frames(told: Told) -> list[tuple[float, bytes]]:
    """Each frame as a packet of its own, and when it begins."""
    found = []
    for ms, packet in told:
        for n, frame in enumerate(opus.split(packet)):
            found.append((ms + n * samples(frame) / 48, frame))
    return found


def packets(data: bytes) -> Told:
    return list(webm.packets(data, webm.head_size(data)))


def one_after_another(spoken: list[tuple[int, list[bytes], int]]) -> Told:
    told, at = Told(), 7000.0
    for toc, parts, pause in spoken:
        told.append((int(at), opus.pack(toc, parts)))
        at += samples(told[-1][1]) / 48 + pause
    return told


SPOKEN = st.lists(
    st.tuples(
        st.sampled_from([HYBRID, HYBRID, HYBRID, CELT, SHORT, 0x7C]),
        st.lists(st.binary(max_size=300), min_size=1, max_size=3),
        st.sampled_from([0, 0, 0, 0, 0, 2, 20, 400]),
    ),
    min_size=1,
    max_size=60,
)


@settings(max_examples=200)
@given(SPOKEN)
def test_every_frame_is_there_at_its_moment(spoken: list[tuple[int, list[bytes], int]]) -> None:
    told = one_after_another(spoken)
    made = bundle(kept(told))
    after, before = frames(packets(made.data)), frames(told)
    assert [frame for _, frame in after] == [frame for _, frame in before]
    for (at, _), (was, _) in zip(after, before, strict=True):
        assert abs(at - was) <= 2, "WebM has whole milliseconds"
    assert all(samples(packet) <= opus.LONGEST for _, packet in packets(made.data))
    assert bundle(made.data) == made, "twice is once"
    assert webm.clusters(made.data, made.head) == made.clusters
    assert abs(made.clusters[-1].ends_ms - told[-1][0] - lasts(told[-1][1])) <= 1


@pytest.mark.parametrize("rate", [48000, 16000])
def test_a_decoder_makes_the_very_same_samples(rate: int) -> None:
    voice = spoken(rate=rate)
    gap = silence(20)
    told, at = Told(), 5000
    for packet in (*voice[:200], *gap, *voice[200:]):
        told.append((at, packet))
        at += lasts(packet)
    made = bundle(kept(told))
    merged = [packet for _, packet in packets(made.data)]
    assert len(merged) < len(voice) / 4
    assert heard(merged) == heard(packet for _, packet in told)
    with av.open(io.BytesIO(made.data), "r") as media:
        assert media.duration == at * 1000
        assert [bytes(p) for p in media.demux() if p.size] == merged


def test_silence_that_was_not_sent_stays_where_it_was() -> None:
    told = [(ms, opus.pack(HYBRID, [b"word"])) for ms in (0, 20, 40, 440, 460)]
    told.insert(3, (60, opus.pack(HYBRID, [b""])))
    assert [ms for ms, _ in packets(bundle(kept(told)).data)] == [0, 440]


def test_an_hour_costs_little_more_than_its_sound() -> None:
    size, minutes = 39, 10
    told = [(n * 20, opus.pack(HYBRID, [bytes([n & 255]) * size])) for n in range(3000 * minutes)]
    made = bundle(kept(told))
    assert len(made.data) < len(told) * (size + 1) * 1.02
    apart = [b.ms - a.ms for a, b in zip(made.clusters, made.clusters[1:], strict=False)]
    assert set(apart) <= set(range(SPAN, SPAN + 120))


def test_what_no_decoder_takes_stays_what_it_is() -> None:
    told = [(0, opus.pack(HYBRID, [b"a"])), (20, b"\x79abc"), (60, opus.pack(HYBRID, [b"b"]))]
    assert packets(bundle(kept(told)).data) == told


@pytest.mark.parametrize("data", [b"", b"no webm", webm.head(SETUP), webm.head(Setup("VP8", 4, 4))])
def test_what_is_no_voice_is_refused(data: Any) -> None:
    with pytest.raises(Malformed):
        bundle(data)
