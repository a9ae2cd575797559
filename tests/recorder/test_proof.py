"""Whatever is done to a signed lesson, the first byte of it that is wrong is named."""

import random
from pathlib import Path

import pytest

from recorder import proof, sums
from recorder.journal import FileJournal
from recorder.manifest import NAME, Manifest
from recorder.recordings import Recordings
from recorder.room import Room
from recorder.sums import BLOCK
from synclass.errors import Malformed
from synclass.tape import Bell, Packets, TrackOpened

from . import studio
from .test_notary import WHO, ended_lesson, notary
from .test_recordings import LESSON, Wishes, unheard

VOICE = "media/teacher.voice.1.webm"
LOUD = [b"\xf8" + random.Random(n).randbytes(1000) for n in range(300)]  # four blocks and a half


@pytest.fixture
def lesson(tmp_path: Path) -> Path:
    """A signed one, whose voice fills some blocks."""
    folder = ended_lesson(tmp_path)
    recordings = Recordings(tmp_path, Room(tmp_path, 0), over=unheard)
    recordings.take(TrackOpened(LESSON, WHO, "voice", "opus"), Wishes(), 100)
    sounds = studio.sound_packets(LOUD, start=0)
    recordings.take(Packets(LESSON, WHO, "voice", sounds), Wishes(), 106)
    recordings.take(Bell(LESSON), Wishes(), 106)
    notary(tmp_path).attest(folder)
    return folder


def told(lesson: Path) -> Manifest:
    found = proof.signed(lesson)
    assert found is not None
    return found


def places(lesson: Path) -> list[tuple[str, int]]:
    return [(fault.name, fault.at) for fault in proof.faults(lesson, told(lesson))]


def test_a_lesson_as_it_was_signed_has_no_fault(lesson: Path) -> None:
    assert (places(lesson), proof.later(lesson, told(lesson))) == ([], 0)
    assert sums.known(lesson / VOICE) == list(sums.of(lesson / VOICE))  # found while it grew


def test_one_bit_of_a_medium_that_flips_is_found_in_its_block(lesson: Path) -> None:
    path = lesson / VOICE
    whole = path.read_bytes()
    assert len(whole) > 4 * BLOCK
    for at in (*range(0, len(whole), len(whole) // 20), len(whole) - 1):
        damaged = bytearray(whole)
        damaged[at] ^= 16
        path.write_bytes(damaged)
        assert places(lesson) == [(VOICE, at // BLOCK * BLOCK)]
    path.write_bytes(whole)
    sums.beside(path).unlink()
    assert places(lesson) == []


def test_a_medium_that_was_cut_ends_there_and_one_that_grew_goes_on_there(lesson: Path) -> None:
    path = lesson / VOICE
    whole = path.read_bytes()
    for cut in (0, 1, BLOCK, 2 * BLOCK + 5, len(whole) - 1):
        path.write_bytes(whole[:cut])
        assert places(lesson) == [(VOICE, cut)]
    path.write_bytes(whole + b"x")
    assert places(lesson) == [(VOICE, len(whole))]
    path.unlink()
    assert places(lesson) == [(VOICE, 0)]


def test_a_damaged_medium_whose_hashes_are_lost_is_damaged_still(lesson: Path) -> None:
    path = lesson / VOICE
    path.write_bytes(path.read_bytes().replace(LOUD[250], LOUD[251]))
    for beside in (b"", sums.encode(path.stat().st_size, list(sums.of(path)))):
        sums.beside(path).write_bytes(beside)
        (fault,) = proof.faults(lesson, told(lesson))
        assert (fault.name, fault.at) == (VOICE, 0)
        assert "where cannot be told" in fault.what


def test_a_file_that_was_slipped_in_is_named(lesson: Path) -> None:
    (lesson / "media" / "teacher.voice.2.webm").write_bytes(b"not what was said")
    assert places(lesson) == [("media/teacher.voice.2.webm", 0)]


def test_the_log_may_go_on_behind_what_was_signed(lesson: Path) -> None:
    journal = FileJournal(lesson / "log", segment=100)
    for n in range(5):
        journal.append(bytes([n]) * 60)
    journal.close()
    assert (places(lesson), proof.later(lesson, told(lesson))) == ([], 5)


def test_a_log_cut_back_to_a_whole_record_is_found(lesson: Path) -> None:
    """The journal alone cannot tell: what is left of it is sound."""
    last = sorted((lesson / "log").glob("*.log"))[-1]
    size = last.stat().st_size
    last.write_bytes(last.read_bytes()[:36])
    ((name, at),) = places(lesson)
    assert (name, at < size) == (f"log/{last.name}", True)


def test_a_log_written_anew_is_another_log(lesson: Path) -> None:
    size = (lesson / "log" / "000001.log").stat().st_size
    for path in (lesson / "log").glob("*.log"):
        path.unlink()
    journal = FileJournal(lesson / "log")
    journal.append(bytes(size - 36 - 24))
    journal.close()
    (fault,) = proof.faults(lesson, told(lesson))
    assert "another log" in fault.what


def test_a_damaged_manifest_is_wrong_and_a_missing_one_is_missing(lesson: Path) -> None:
    data = (lesson / NAME).read_bytes()
    (lesson / NAME).write_bytes(data.replace(b'"teacher"', b'"nobody"'))
    with pytest.raises(Malformed, match="signature"):
        proof.signed(lesson)
    (lesson / NAME).unlink()
    assert proof.signed(lesson) is None
