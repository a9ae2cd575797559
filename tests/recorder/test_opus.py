"""How long an Opus packet lasts, and silence every decoder understands."""

import av
import pytest
from av.audio.codeccontext import AudioCodecContext

from recorder import opus
from synclass.errors import Malformed

from . import studio


def test_what_libopus_makes_lasts_20_ms() -> None:
    assert {opus.samples(packet) for packet in studio.opus_tone(0.2)} == {960}


@pytest.mark.parametrize("units", [1, 5, 6, 7, 500])
def test_silence_lasts_as_long_as_it_says_and_is_silent(units: int) -> None:
    packets = opus.silence(units)
    assert sum(map(opus.samples, packets)) == units * opus.UNIT
    coder = av.CodecContext.create("libopus", "r")
    assert isinstance(coder, AudioCodecContext)
    coder.sample_rate, coder.layout = 48000, "mono"
    frames = [frame for packet in packets for frame in coder.decode(av.Packet(packet))]
    assert sum(frame.samples for frame in frames) == units * opus.UNIT
    assert not any(any(bytes(frame.planes[0])[: frame.samples * 2]) for frame in frames)


@pytest.mark.parametrize("bad", [b"", b"\xfb", b"\xfb\x00", b"\xfb\x07", b"\x1b\x03"])
def test_a_packet_of_no_possible_length_is_refused(bad: bytes) -> None:
    with pytest.raises(Malformed):
        opus.samples(bad)
