"""The layers of a track as a ladder: what a slot could show, and what each rung costs."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from .meter import parts
from .plane import ALL
from .tracks import Source, Track

IDLE = 1.0  # seconds a layer may fall behind its track before it counts as switched off
_RANK = {"q": 0, "h": 1, "f": 2}


class Rung(NamedTuple):
    """A layer, with its temporal layers up to ``tid``, at so many bit/s."""

    source: Source
    tid: int
    bps: int


def living(track: Track) -> list[Source]:
    """The layers that flow, smallest first.

    Compared with the track's newest packet, not with the clock: a still screen sends nothing.
    """
    newest = max((source.last_at for source in track.sources.values()), default=0.0)
    return ranked(s for s in track.sources.values() if newest - s.last_at <= IDLE)


def choices(track: Track, now: float) -> list[Source]:
    """The layers that flow, and those that would if they were asked for; smallest first."""
    flowing = living(track)
    return ranked(
        s for s in track.sources.values() if s in flowing or track.watch.may_come(s.rid, now)
    )


def best(track: Track, now: float) -> Source | None:
    """The largest layer there is; None where nothing has come yet."""
    found = choices(track, now)
    return found[-1] if found else None


def ladder(track: Track, now: float, *, large: bool) -> list[Rung]:
    """What a slot of that size could show, from the poorest to the best; better costs more.

    A larger picture may lose its topmost temporal layer, no more: with a quarter of its frames it
    is worth less than the smaller one with all of them.
    """
    offered = choices(track, now)
    rungs = [
        rung
        for n, source in enumerate(offered if large else offered[:1])
        for rung in _rungs(source)[0 if n == 0 else -2 :]
    ]
    return _rising(rungs)


def least(source: Source) -> int:
    """bit/s of its lowest temporal layer alone."""
    return _rungs(source)[0].bps


def above(track: Track, source: Source) -> list[str]:
    """The layers larger than this that were offered and have not been seen: they may yet come."""
    unseen = [rid for rid in track.watch.rids if rid not in track.sources]
    return [rid for rid in unseen if _rank(rid) > _rank(source.rid)]


def ranked(layers: Iterable[Source]) -> list[Source]:
    """Smallest first: q h f, other rids as they came."""
    return sorted(layers, key=lambda source: _rank(source.rid))


def _rank(rid: str) -> int:
    return _RANK.get(rid, len(_RANK))


def _rungs(source: Source) -> list[Rung]:
    costs = parts(source.meter.bps, source.inlet.tids)
    last = len(costs) - 1
    return [Rung(source, tid if tid < last else ALL, bps) for tid, bps in enumerate(costs)]


def _rising(rungs: Sequence[Rung]) -> list[Rung]:
    """Without those that cost no less than a better one."""
    kept: list[Rung] = []
    for rung in reversed(rungs):
        if not kept or rung.bps < kept[-1].bps:
            kept.append(rung)
    return kept[::-1]
