"""What was erased is nowhere on the disk, however often the eraser fell on its way."""

import os
import shutil
import signal
import sys
from pathlib import Path

import pytest

from recorder import keys
from recorder.eraser import FileEraser
from recorder.recordings import Recordings
from recorder.room import Room
from recorder.shelf import FileShelf, lesson_folder
from synclass.erasure import Erasure
from synclass.errors import Refused
from synclass.tape import Bell, Packets, TrackOpened
from synclass.words import LessonId, ParticipantId

from .test_notary import SOUNDS, ended_lesson, notary
from .test_recordings import Wishes, unheard

ONE, OTHER = LessonId("one"), LessonId("other")
VILLAGE = ParticipantId("room-1")
PAGE, SHARED = f"{'ab' * 32}.json", f"{'cd' * 32}.json"


def killed_at(step: int, data: Path) -> bool:
    """Erase in a process of its own, which is killed before so many changes of the disk."""
    child = os.fork()
    if child == 0:
        left = step

        def fall(event: str, _: tuple[object, ...]) -> None:
            nonlocal left
            if event in ("os.remove", "os.rename", "os.rmdir"):
                left -= 1
                if left == 0:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(fall)
        for erasure in FileEraser(data).ordered():
            FileEraser(data).destroy(erasure)
            FileEraser(data).done(erasure)
        os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def taught(data: Path, lesson: LessonId, *pages: str) -> Path:
    """A signed lesson with a teacher and two classrooms, of which a film was made."""
    folder = ended_lesson(data, lesson=lesson)
    recordings = Recordings(data, Room(data, 0), over=unheard)
    for who in map(ParticipantId, ("teacher", VILLAGE, "room-2")):
        recordings.take(TrackOpened(lesson, who, "voice", "opus", who != "teacher"), Wishes(), 100)
        recordings.take(Packets(lesson, who, "voice", SOUNDS), Wishes(), 104)
    recordings.take(Bell(lesson), Wishes(), 104)
    for page in pages:
        FileShelf(data).keep_page(lesson, page, b"{}")
    notary(data).attest(folder)
    film = data / "films" / lesson / "film.mp4"
    film.parent.mkdir(parents=True)
    film.write_bytes(b"a film")
    (data / "films" / f"{lesson}.ordered").touch()
    return folder


def traces(data: Path, lesson: LessonId) -> list[Path]:
    return [path for path in data.rglob("*") if lesson in str(path.relative_to(data))]


def test_a_lesson_is_erased_with_all_that_was_made_of_it(tmp_path: Path) -> None:
    taught(tmp_path, ONE, PAGE, SHARED)
    taught(tmp_path, OTHER, SHARED)
    before, eraser, erasure = (
        traces(tmp_path, OTHER),
        FileEraser(tmp_path),
        Erasure(ONE, by="admin"),
    )
    eraser.order(erasure)
    assert eraser.ordered() == [erasure]
    eraser.destroy(erasure)
    eraser.done(erasure)
    assert (eraser.ordered(), traces(tmp_path, ONE)) == ([], [])
    assert traces(tmp_path, OTHER) == before
    assert [path.name for path in (tmp_path / "pages").iterdir()] == [SHARED]


def test_a_voice_is_erased_and_the_film_in_which_it_is_heard(tmp_path: Path) -> None:
    folder = taught(tmp_path, ONE)
    lies = {path: path.read_bytes() for path in folder.rglob("*.*") if path.is_file()}
    eraser, erasure = FileEraser(tmp_path), Erasure(ONE, VILLAGE)
    eraser.order(erasure)
    eraser.destroy(erasure)
    eraser.destroy(erasure)  # twice is once
    assert not list((tmp_path / "films").iterdir())
    assert keys.holders(folder) == ["room-2"]
    erased = {track.who: track.erased for track in FileShelf(tmp_path).tracks(ONE)}
    assert erased == {"teacher": False, VILLAGE: True, "room-2": False}
    assert all(path.read_bytes() == was for path, was in lies.items())


@pytest.mark.parametrize(("who", "code"), [("teacher", "not-locked"), ("nobody", "no-voice")])
def test_what_has_no_key_is_refused_and_nothing_is_begun(
    tmp_path: Path, who: str, code: str
) -> None:
    taught(tmp_path, ONE)
    with pytest.raises(Refused) as no:
        FileEraser(tmp_path).order(Erasure(ONE, ParticipantId(who)))
    assert no.value.code == code
    assert FileEraser(tmp_path).ordered() == []


def test_an_eraser_that_is_killed_at_any_step_ends_what_it_began(tmp_path: Path) -> None:
    killed, whole = 0, tmp_path / "whole"
    taught(whole, ONE)
    for step in range(1, 100):
        data = tmp_path / str(step)
        shutil.copytree(whole, data)
        FileShelf(data).keep_page(ONE, PAGE, b"{}")
        eraser = FileEraser(data)
        eraser.order(Erasure(ONE))
        if not killed_at(step, data):
            break
        assert eraser.ordered() == [Erasure(ONE)]
        for erasure in eraser.ordered():
            eraser.destroy(erasure)
            eraser.done(erasure)
        assert traces(data, ONE) == [] and not list((data / "pages").iterdir())
        assert not lesson_folder(data, ONE).exists() and not list((data / "erasing").iterdir())
        killed = step
    assert 10 < killed < 99


def test_an_order_that_cannot_be_read_holds_nobody_up(tmp_path: Path) -> None:
    eraser = FileEraser(tmp_path)
    eraser.order(Erasure(ONE))
    (tmp_path / "erasing" / "0.json").write_bytes(b"{")
    assert eraser.ordered() == [Erasure(ONE)]


def test_an_order_that_another_carried_out_meanwhile_is_passed_over(tmp_path: Path) -> None:
    eraser = FileEraser(tmp_path)
    eraser.order(Erasure(ONE))
    (tmp_path / "erasing" / "gone.json").symlink_to(tmp_path / "nowhere.json")
    assert eraser.ordered() == [Erasure(ONE)]
