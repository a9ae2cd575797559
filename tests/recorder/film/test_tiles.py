"""Only what is new of a picture is encoded, and decoders see the whole picture."""

from fractions import Fraction

import av
import numpy as np
import pytest
from av.video.codeccontext import VideoCodecContext

from recorder.film import slices
from recorder.film.region import ALL, Region
from recorder.film.screen import COLUMNS, ROWS, Screen
from recorder.film.tiles import FAST, Tiles

SEED = 20261126
NOISE = np.random.default_rng(SEED).integers(0, 255, (1080, 1920, 4), np.uint8)


def test_runs_of_blocks_are_told_apart_and_small_gaps_are_not() -> None:
    screen, new = Screen(), np.zeros((ROWS, COLUMNS), np.bool_)
    new[3, [0, 1, 4, 20]] = new[67, 119] = True
    found = [(first, count) for first, count, _ in Tiles().pieces(screen, new)]
    assert found == [(360, 5), (380, 1), (67 * COLUMNS + 119, 1)]


@pytest.mark.parametrize(
    "region", [Region(0, 0, 40, 40), Region(1000, 500, 1300, 560), Region(1800, 1000, 1920, 1080)]
)
def test_a_decoder_sees_what_was_put_and_all_else_as_it_was(region: Region) -> None:
    screen, tiles = Screen(), Tiles()
    screen.put(ALL, np.full((1080, 1920, 4), 250, np.uint8))
    screen.news()
    stream = whole(screen)
    of = slices.setup(*slices.units(stream)[:2])
    before = screen.y.astype(np.int16)
    screen.put(region, NOISE[region.slices] // 4)
    pieces = tiles.pieces(screen, screen.news())
    seen = decoded(stream, slices.picture(pieces, ROWS * COLUMNS, 1, of))
    assert np.abs(seen[0] - before).max() <= 2
    assert np.abs(seen[1] - screen.y).mean() < 0.5
    outside = np.ones_like(before, np.bool_)
    outside[max(0, region.top - 16) : region.bottom + 16] = False
    assert (seen[1] == seen[0])[outside].all()


def whole(screen: Screen) -> bytes:
    coder = av.CodecContext.create("libx264", "w")
    assert isinstance(coder, VideoCodecContext)
    coder.width, coder.height, coder.pix_fmt = 1920, 1080, "yuv420p"
    coder.time_base, coder.options = Fraction(1, 30), FAST
    screen.frame.pts = 0
    (packet,) = coder.encode(screen.frame)
    return bytes(packet)


def decoded(*pictures: bytes) -> list[np.ndarray]:
    coder = av.CodecContext.create("h264", "r")
    assert isinstance(coder, VideoCodecContext)
    packets = [*map(av.Packet, pictures), None]
    frames = [frame for packet in packets for frame in coder.decode(packet)]
    return [frame.to_ndarray()[:1080].astype(np.int16) for frame in frames]
