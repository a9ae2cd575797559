"""A lesson is recorded faster than it goes, by the recorder's own code, and kept whole."""

from pathlib import Path

import av

from recorder.shelf import FileShelf, media_folder
from synclass.cli.benches.keeping import teach
from synclass.cli.benches.taping import LESSON, tape

LASTS = 20.0


def test_what_is_published_is_kept_and_signed(tmp_path: Path) -> None:
    teach(FileShelf(tmp_path), LASTS)
    told = tape(tmp_path, LASTS, "video")
    assert 0 < told.ready_s < 30 and told.cpu_ms_per_recorded_minute > 0
    assert 0 < told.rss_10min_mb <= told.rss_end_mb + 50
    assert FileShelf(tmp_path).manifest(LESSON)
    found = FileShelf(tmp_path).tracks(LESSON)
    assert [one.track for one in found] == ["camera", "voice"]
    for one in found:
        assert abs(one.ends_ms - 1000 * LASTS) < 500
        with av.open(str(media_folder(tmp_path, LESSON) / one.name)) as media:
            assert sum(packet.size > 0 for packet in media.demux()) > 100
