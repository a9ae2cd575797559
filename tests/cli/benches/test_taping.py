"""A lesson is recorded faster than it goes, by the recorder's own code, and kept whole."""

from pathlib import Path

import av
import pytest

from recorder.shelf import FileShelf, media_folder
from synclass.cli.benches import record
from synclass.cli.benches.taping import LESSON, Kind, tape

LASTS = 20.0


@pytest.mark.parametrize(
    ("kind", "tracks"), [("steady", ["voice"]), ("video", ["camera", "voice"])]
)
def test_what_is_published_is_kept_and_signed(
    tmp_path: Path, kind: Kind, tracks: list[str]
) -> None:
    record.keep(FileShelf(tmp_path), LASTS)
    told = tape(tmp_path, LASTS, kind)
    assert 0 < told.ready_s < 30 and told.cpu_ms_per_recorded_minute > 0
    assert 0 < told.rss_10min_mb <= told.rss_end_mb + 50
    assert FileShelf(tmp_path).manifest(LESSON)
    found = FileShelf(tmp_path).tracks(LESSON)
    assert [one.track for one in found] == tracks
    for one in found:
        assert abs(one.ends_ms - 1000 * LASTS) < 500
        with av.open(str(media_folder(tmp_path, LESSON) / one.name)) as media:
            assert sum(packet.size > 0 for packet in media.demux()) > 100
