"""What lies in the media files of a recording, as FFmpeg reads it."""

from pathlib import Path

import av

from synclass.ports import TrackFile
from synclass.words import TrackName


def times(path: Path) -> list[float]:
    """Lesson seconds of the packets in a file; raises where it does not open."""
    with av.open(str(path)) as media:
        found = media.demux(media.streams[0])
        return [float(p.pts * p.time_base) for p in found if p.pts is not None and p.time_base]


def latest(tracks: list[TrackFile], name: TrackName) -> TrackFile | None:
    """The newest file of a track of the only publisher; they come in order."""
    return next((track for track in reversed(tracks) if track.track == name), None)
