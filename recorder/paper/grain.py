"""The grain of chalk: a tile of noise, the same on every machine; twin of chalk.ts."""

from functools import lru_cache

TILE = 256  # pixels, and as often as that the grain comes again
FINE = 0.7  # board pixels to one of the grain
COARSE = 3  # pixels of the grain: crumbs, beside the dust
HOLES = {"edge": 0.34, "middle": 0.12}
"""Of the surface, through which the board shows."""
SOFTNESS = 0.25  # of the noise between board and chalk
_ALL = 0xFFFFFFFF


@lru_cache(maxsize=2)
def opacities(part: str) -> bytes:
    """0..255 of each pixel, row by row."""
    holes = HOLES[part]
    noises = (_noise(x, y) for y in range(TILE) for x in range(TILE))
    return bytes(int(255 * min(1, max(0, (n - holes) / SOFTNESS + 0.5))) for n in noises)


def _noise(x: int, y: int) -> float:
    """0..1, evenly: crumbs and dust in equal parts."""
    return (_hash(x // COARSE, y // COARSE) + _hash(x + 977, y)) / 2


def _hash(x: int, y: int) -> float:
    """0..1 of two whole numbers."""
    h = (x * 0x27D4EB2D & _ALL) ^ (y * 0x165667B1 & _ALL)
    h = (h ^ h >> 15) * 0x85EBCA6B & _ALL
    h = (h ^ h >> 13) * 0xC2B2AE35 & _ALL
    return (h ^ h >> 16) / 2**32
