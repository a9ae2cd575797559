"""An ended lesson is signed once: at its bell, or at the next start of a recorder that fell."""

import asyncio
from contextlib import suppress
from pathlib import Path

from recorder import manifest, proof
from recorder.journal import FileJournal
from recorder.notary import Notary
from recorder.recordings import Recordings
from recorder.room import Room
from recorder.shelf import lesson_folder
from synclass import wire
from synclass.channel import Fact
from synclass.conduct import Began, Ended, Opened
from synclass.lesson import Entry
from synclass.tape import Bell, Packets, TrackOpened
from synclass.words import SYSTEM, ParticipantId

from ..waiting import until
from . import studio
from .test_recordings import LESSON, Wishes, unheard

SEAL = bytes(range(32))
WHO = ParticipantId("teacher")
WALL = 1_800_000_000.0
SOUNDS = studio.sound_packets([b"\xf8\xff\xfe"] * 200, start=0)


def write_log(data: Path, *facts: Fact, lesson: str = LESSON) -> Path:
    """A lesson whose facts are a second apart."""
    folder = lesson_folder(data, lesson)
    journal = FileJournal(folder / "log", segment=100)
    for n, fact in enumerate(facts, start=1):
        journal.append(wire.record([Entry(n, n * 1000, SYSTEM.id, 0, fact)]))
    journal.close()
    return folder


def ended_lesson(data: Path, *, lesson: str = LESSON) -> Path:
    return write_log(data, Opened(1, WALL, "", "分数"), Began(), Ended(), lesson=lesson)


def record_sound(data: Path) -> Recordings:
    recordings = Recordings(data, Room(data, 0), over=unheard)
    recordings.take(TrackOpened(LESSON, WHO, "voice", "opus"), Wishes(), 100)
    recordings.take(Packets(LESSON, WHO, "voice", SOUNDS), Wishes(), 104)
    return recordings


def notary(data: Path) -> Notary:
    return Notary(data, SEAL, lambda: WALL + 60)


def test_what_is_signed_is_all_of_the_log_and_the_media(tmp_path: Path) -> None:
    folder = ended_lesson(tmp_path)
    record_sound(tmp_path).take(Bell(LESSON), Wishes(), 104)
    page = "ab" * 32 + ".json"
    (folder / "pages").mkdir()
    (folder / "pages" / page).write_bytes(b"{}")
    notary(tmp_path).attest(folder)
    told = proof.signed(folder)
    assert told is not None
    assert (told.lesson, told.ended, told.reason) == (LESSON, WALL + 3, "teacher")
    assert (told.signed, told.key) == (WALL + 60, manifest.public(SEAL))
    assert [one.name for one in told.log] == ["000001.log", "000002.log"]
    assert sum(one.records for one in told.log) == 3
    voice = "media/teacher.voice.1.webm"
    assert [file.name for file in told.files] == [voice, f"{voice}.idx", f"pages/{page}"]
    assert list(proof.faults(folder, told)) == []


def test_a_lesson_that_goes_on_or_is_still_recorded_is_not_signed(tmp_path: Path) -> None:
    going = write_log(tmp_path, Opened(1, WALL, "", "分数"), Began(), lesson="going")
    ended = ended_lesson(tmp_path)
    recordings = record_sound(tmp_path)
    clerk = notary(tmp_path)
    clerk.look()
    assert proof.signed(going) is proof.signed(ended) is None
    recordings.finish(104)
    clerk.look()
    assert proof.signed(going) is None
    assert proof.signed(ended) is not None


def test_a_manifest_that_is_there_is_never_written_over(tmp_path: Path) -> None:
    folder = ended_lesson(tmp_path)
    (folder / manifest.NAME).write_bytes(b"whatever it is")
    notary(tmp_path).look()
    assert (folder / manifest.NAME).read_bytes() == b"whatever it is"


async def test_what_ended_before_the_recorder_was_there_is_signed_and_then_each_bell(
    tmp_path: Path,
) -> None:
    before = ended_lesson(tmp_path, lesson="before")
    clerk = notary(tmp_path)
    working = asyncio.create_task(clerk.run())
    await until((before / manifest.NAME).exists)
    folder = ended_lesson(tmp_path)
    clerk.rang(LESSON)
    clerk.rang("no-such-lesson")
    await until((folder / manifest.NAME).exists)
    working.cancel()
    with suppress(asyncio.CancelledError):
        await working
