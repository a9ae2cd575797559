"""The grain of chalk."""

import pytest

from recorder.paper.grain import TILE, opacities
from recorder.paper.svg import GRAINS


@pytest.mark.parametrize("part", ["edge", "middle"])
def test_dust_covers_as_much_as_it_is_said_to(part: str) -> None:
    tile = opacities(part)
    assert len(tile) == TILE * TILE
    assert sum(tile) / len(tile) / 255 == pytest.approx(GRAINS[part], abs=0.01)
    assert min(tile) < 10 and max(tile) == 255
