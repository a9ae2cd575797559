"""Several processes make the parts of one film, and none of them outlives it."""

import multiprocessing
from pathlib import Path

import pytest

from recorder.film.hands import Hands
from recorder.film.maker import Job
from recorder.film.plan import read
from synclass.errors import Unavailable

from .scenes import LESSON, a_class, entries, kept

LASTS = 20.0


def hands(data: Path, count: int = 2) -> Hands:
    log = entries(a_class(LASTS))
    return Hands(count, kept(data, log), LESSON, read(log))


def parts(folder: Path) -> list[Job]:
    return [Job(folder / f"{at}.mp4", at, 5.0) for at in range(0, int(LASTS), 5)]


def test_each_makes_the_next_part_when_it_is_free(tmp_path: Path) -> None:
    jobs = [Job(tmp_path / "sound.mp4", None, LASTS), *parts(tmp_path)]
    done = dict[Job, float]()
    with hands(tmp_path) as two:
        for job, seconds in two.make(jobs):
            assert seconds < job.lasts or job.path.exists()
            done[job] = seconds
    assert done == {job: job.lasts for job in jobs}
    assert multiprocessing.active_children() == []


def test_there_may_be_less_to_do_than_hands(tmp_path: Path) -> None:
    with hands(tmp_path) as two:
        assert {job for job, _ in two.make(parts(tmp_path)[:1])} == {parts(tmp_path)[0]}


def test_a_disk_that_does_not_take_it_is_said_to_be_so(tmp_path: Path) -> None:
    with hands(tmp_path) as two, pytest.raises(Unavailable) as refused:
        list(two.make(parts(tmp_path / "nowhere")))
    assert refused.value.code == "not-writable"


def test_one_that_dies_ends_the_film(tmp_path: Path) -> None:
    with hands(tmp_path, 1) as one, pytest.raises(RuntimeError):
        for _ in one.make(parts(tmp_path)):
            for process in multiprocessing.active_children():
                process.kill()
