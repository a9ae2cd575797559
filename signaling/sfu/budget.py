"""One line shared over a subscriber's slots: voice, board, content, teacher, village."""

from collections.abc import Sequence
from typing import NamedTuple

from .estimate import UNLIMITED

BOARD = 20_000  # bit/s kept free for the WebSocket: writing is 13 of them (measured)
MARGIN = 1.15  # times its cost must be free for something better: rates swing by a tenth
REST = 3.0  # seconds a slot that was given less waits for more: a switch costs a key frame
PACE = 1.5  # times the estimate: slower, and a key frame would be late where it errs downwards
THIN, PACE_THIN = 200_000, 1.1  # bit/s, and there: a voice waits longer behind the same excess


class Want(NamedTuple):
    """A slot that shows video."""

    order: int
    """Served first where lower; those of one order share evenly."""
    costs: Sequence[int]
    """bit/s of what could be shown in it, from the poorest to the best."""
    has: int
    """What it shows, as an index into these; -1 for nothing."""


def rested(costs: Sequence[int], has: int, *, since: float) -> Sequence[int]:
    """What a slot may want that was given less ``since`` seconds ago."""
    return costs if since >= REST else costs[: has + 1]


def share(bps: int, wants: Sequence[Want]) -> list[int]:
    """What each shows, as indices into its costs; together never more than ``bps``.

    Each order takes the best that what is left can carry, before the next is asked; so what
    stands last in the order is sacrificed first.
    """
    gets = [-1] * len(wants)
    left = bps
    for order in sorted({want.order for want in wants}):
        peers = [n for n, want in enumerate(wants) if want.order == order]
        for level in range(max(len(wants[n].costs) for n in peers)):
            for n in peers:
                step = _step(wants[n], level, gets[n], left)
                if step is not None:
                    gets[n], left = level, left - step
    return gets


def _step(want: Want, level: int, got: int, left: int) -> int | None:
    """What it costs more to be at this level, or None where it cannot be there."""
    if got != level - 1 or level >= len(want.costs):
        return None
    step = want.costs[level] - (want.costs[got] if got >= 0 else 0)
    spare = (MARGIN - 1) * want.costs[level] if level > want.has else 0
    return step if step + spare <= left else None


def pace(bps: int, *, train: int) -> int:
    """How fast packets may leave, so that a key frame does not fill the line's queue; 0: at once.

    ``train`` is what a probe adds up to at this moment.
    """
    if bps >= UNLIMITED:
        return 0
    return int((PACE_THIN if bps < THIN else PACE) * max(bps, train))
