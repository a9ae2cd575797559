"""Twenty lessons are recorded at once, and all of them end at the same bell."""

import os
import time
from pathlib import Path

import pytest

from recorder import proof
from recorder.journal import FileJournal
from recorder.shelf import FileShelf, lesson_folder
from synclass import wire
from synclass.channel import Fact
from synclass.conduct import Began, Ended, Opened
from synclass.lesson import Entry
from synclass.tape import Bell, Packets, ToRecorder, TrackOpened
from synclass.words import SYSTEM, LessonId, ParticipantId

from . import studio
from .test_process import Room, room, say

LESSONS = [LessonId(f"lesson-{n}") for n in range(20)]
WHO = ParticipantId("u-wang")
SOUNDS = [b"\xf8" + bytes(40)] * 100  # two seconds at 16 kbit/s
BATCH = 5  # packets of a track in one message: a tenth of a second
SIGNED_WITHIN = 1.0  # seconds after the bell


def journal_of(data: Path, lesson: LessonId) -> FileJournal:
    journal = FileJournal(lesson_folder(data, lesson) / "log")
    write(journal, 1, Opened(1, 1.8e9, "", "分数"))
    write(journal, 2, Began())
    return journal


def write(journal: FileJournal, seq: int, fact: Fact) -> None:
    journal.append(wire.record([Entry(seq, seq * 1000, SYSTEM.id, 0, fact)]))


def signed(room: Room) -> int:
    return sum(proof.signed(lesson_folder(room.data, lesson)) is not None for lesson in LESSONS)


def cpu(room: Room) -> float:
    """Seconds of CPU the recorder has taken (proc(5): stat, fields 14 and 15)."""
    fields = Path(f"/proc/{room.process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@pytest.mark.alone
def test_twenty_lessons_at_once_are_whole_and_signed_within_a_second_of_their_bell(
    tmp_path: Path,
) -> None:
    journals = [journal_of(tmp_path / "data", lesson) for lesson in LESSONS]
    with room(tmp_path / "data") as here:
        line = here.worker()
        say(line, *(TrackOpened(lesson, WHO, "voice", "opus") for lesson in LESSONS))
        began, cost = time.monotonic(), cpu(here)
        packets = studio.sound_packets(SOUNDS, start=began - here.origin)
        for n in range(0, len(packets), BATCH):
            at = packets[n][0]
            time.sleep(max(0.0, here.origin + at - time.monotonic()))
            batch = packets[n : n + BATCH]
            say(line, *(Packets(lesson, WHO, "voice", batch) for lesson in LESSONS))
        cost = cpu(here) - cost
        for journal in journals:
            write(journal, 3, Ended())
        bells: list[ToRecorder] = [Bell(lesson) for lesson in LESSONS]
        say(line, *bells)
        rang = time.monotonic()
        while signed(here) < len(LESSONS) and time.monotonic() - rang < SIGNED_WITHIN:
            time.sleep(0.01)
        print(f"\n20 lessons signed {time.monotonic() - rang:.2f} s after their bell;")
        print(f"{1000 * cost / 2:.0f} ms of CPU in a second of them")
        for lesson in LESSONS:
            told = proof.signed(lesson_folder(here.data, lesson))
            assert told is not None and len(told.files) == 2
            assert list(proof.faults(lesson_folder(here.data, lesson), told)) == []
            (track,) = FileShelf(here.data).tracks(lesson)
            assert track.ends_ms - track.clusters[0][0] == 20 * len(SOUNDS)
        for journal in journals:
            journal.close()
