"""Which simulcast layer a slot shows: the smallest where it is small, the best that lives else."""

from collections.abc import Iterable

from .tracks import Source, Track

IDLE = 1.0  # seconds a layer may fall behind its track before it counts as switched off
_RANK = {"q": 0, "h": 1, "f": 2}


def living(track: Track) -> list[Source]:
    """The layers that flow, smallest first.

    Compared with the track's newest packet, not with the clock: a still screen sends nothing.
    """
    newest = max((source.last_at for source in track.sources.values()), default=0.0)
    return ranked(s for s in track.sources.values() if newest - s.last_at <= IDLE)


def choose(track: Track, *, large: bool) -> Source | None:
    """The layer for a slot of that size; None where nothing has come yet."""
    layers = living(track)
    if not layers:
        return None
    return layers[-1] if large else layers[0]


def ranked(layers: Iterable[Source]) -> list[Source]:
    """Smallest first: q h f, other rids as they came."""
    return sorted(layers, key=lambda source: _RANK.get(source.rid, 3))
