"""Parts become one film: their times go on, and its chapters are in it."""

from pathlib import Path

import av
import numpy as np

from recorder.film.coder import Pictures, Sounds
from recorder.film.joining import join
from recorder.film.plan import Chapter, Plan
from recorder.film.screen import Screen
from recorder.film.tiles import Tiles
from recorder.film.voices import BLOCK, RATE

from ..test_deck import probe


def test_pictures_of_all_parts_come_one_after_the_other(tmp_path: Path) -> None:
    screen, parts = Screen(), [(0, tmp_path / "0.mp4"), (60, tmp_path / "60.mp4")]
    for _, path in parts:
        with Pictures(path, Tiles()) as pictures:
            for second in (0.0, 1.5, 59.0):
                pictures.add(screen, second)
    with Sounds(tmp_path / "s.mp4") as sounds:
        for _ in range(120 * RATE // BLOCK):
            sounds.add(np.zeros(BLOCK, np.float32))
    plan = Plan("分数的意义", 0.0, 120.0, [Chapter(0.0, 1), Chapter(70.0, 3)])
    join(parts, tmp_path / "s.mp4", plan, tmp_path / "film.mp4", language="zh")
    with av.open(str(tmp_path / "film.mp4")) as film:
        times = [frame.time for frame in film.decode(video=0)]
        assert times == [0.0, 1.5, 59.0, 60.0, 61.5, 119.0]
        assert film.duration is not None and abs(film.duration / 1e6 - 120) < 0.1
        chapters = film.chapters()
        assert [c["metadata"]["title"] for c in chapters] == ["第 1 页", "第 3 页"]
        assert [c["start"] * (c["time_base"] or 0) for c in chapters] == [0, 70]
        assert film.metadata["title"] == "分数的意义"
    assert not list(tmp_path.glob("*.part"))
    probe(tmp_path / "film.mp4")
    join(parts, tmp_path / "s.mp4", plan, tmp_path / "film.mp4", language="en")
    with av.open(str(tmp_path / "film.mp4")) as film:
        assert [c["metadata"]["title"] for c in film.chapters()] == ["Page 1", "Page 3"]
