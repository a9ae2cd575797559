import asyncio
import json
import sqlite3
from pathlib import Path

from click.testing import CliRunner

from recorder import keys, manifest
from recorder.journal import FileJournal
from recorder.recordings import Recordings
from recorder.room import Room
from synclass import wire
from synclass.cli import main
from synclass.cli.registry import opened
from synclass.tape import Bell, Packets, TrackOpened
from synclass.words import ParticipantId

from ..plausible import play
from ..recorder.test_notary import SEAL, SOUNDS, ended_lesson, notary
from ..recorder.test_recordings import LESSON, Wishes, unheard


def test_it_names_the_first_bad_byte(tmp_path: Path) -> None:
    journal = FileJournal(tmp_path / "log")
    for record in (b"one", b"two", b"three"):
        journal.append(record)
    journal.close()
    sound = CliRunner().invoke(main, ["check", str(tmp_path)])
    assert sound.exit_code == 0 and sound.output.startswith("3 records in 1 segments")
    segment = tmp_path / "log" / "000001.log"
    data = bytearray(segment.read_bytes())
    data[-1] ^= 1
    segment.write_bytes(data)
    damaged = CliRunner().invoke(main, ["check", str(tmp_path)])
    assert damaged.exit_code == 1 and "000001.log at byte " in damaged.output


def test_it_prints_every_fact_for_a_person_to_read(tmp_path: Path) -> None:
    _, log = play(3)
    journal = FileJournal(tmp_path / "log")
    for entry in log:
        journal.append(wire.record([entry]))
    journal.close()
    printed = CliRunner().invoke(main, ["check", "--facts", str(tmp_path)]).output.splitlines()
    facts = [json.loads(line) for line in printed[:-2]]
    assert [fact["seq"] for fact in facts] == [entry.seq for entry in log]
    assert facts[0]["fact"][:2] == ["lesson.opened", 1] and "分数的意义" in printed[0]


def test_it_says_who_signed_a_lesson_and_that_nobody_did(tmp_path: Path) -> None:
    folder, ours = ended_lesson(tmp_path), manifest.public(SEAL)
    unsigned = CliRunner().invoke(main, ["check", str(folder)])
    assert unsigned.exit_code == 0 and "no manifest: the lesson has not ended" in unsigned.output
    assert CliRunner().invoke(main, ["check", str(folder), "--key", ours]).exit_code == 1
    notary(tmp_path).attest(folder)
    signed = CliRunner().invoke(main, ["check", str(folder), "--key", ours])
    assert signed.exit_code == 0 and f"2027-01-15 08:01:00 UTC by {ours}" in signed.output
    strange = CliRunner().invoke(main, ["check", str(folder), "--key", "00" * 32])
    assert strange.exit_code == 1 and f"signed by {ours}, not by 00" in strange.output


def test_a_lesson_of_which_a_voice_was_erased_is_sound_and_it_says_which(tmp_path: Path) -> None:
    folder = ended_lesson(tmp_path)
    recordings = Recordings(tmp_path, Room(tmp_path, 0), over=unheard)
    for who in map(ParticipantId, ("teacher", "room-1", "room-2")):
        recordings.take(TrackOpened(LESSON, who, "voice", "opus", who != "teacher"), Wishes(), 100)
        recordings.take(Packets(LESSON, who, "voice", SOUNDS), Wishes(), 104)
    recordings.take(Bell(LESSON), Wishes(), 104)
    notary(tmp_path).attest(folder)
    assert "erased" not in CliRunner().invoke(main, ["check", str(folder)]).output
    keys.destroy(keys.of(folder / "media" / "room-1.voice.1.webm"))
    found = CliRunner().invoke(main, ["check", str(folder)])
    assert found.exit_code == 0
    assert [line for line in found.output.splitlines() if "erased" in line] == [
        "media/room-1.voice.1.webm: erased, nobody has its key"
    ]


def test_it_names_what_a_signed_lesson_has_lost(tmp_path: Path) -> None:
    folder = ended_lesson(tmp_path)
    notary(tmp_path).attest(folder)
    (folder / "log" / "000002.log").unlink()
    lost = CliRunner().invoke(main, ["check", str(folder)])
    assert lost.exit_code == 1 and "log/000002.log at byte 0: the log is cut" in lost.output
    (folder / manifest.NAME).write_bytes(b"{}\n{}\n")
    wrong = CliRunner().invoke(main, ["check", str(folder)])
    assert wrong.exit_code == 1 and "manifest.jsonl: this is no manifest" in wrong.output


def test_it_names_the_first_line_of_the_audit_log_that_was_changed(tmp_path: Path) -> None:
    asyncio.run(_noted(tmp_path))
    sound = CliRunner().invoke(main, ["check", "--audit", str(tmp_path)])
    assert sound.exit_code == 0 and sound.output.startswith("3 lines, chain ")
    with sqlite3.connect(tmp_path / "synclass.sqlite") as db:
        db.execute("UPDATE note SET who = 'nobody' WHERE n = 2")
    db.close()
    changed = CliRunner().invoke(main, ["check", "--audit", str(tmp_path)])
    assert changed.exit_code == 1 and "line 2 of the audit log" in changed.output


async def _noted(data: Path) -> None:
    async with opened(data) as registry:
        for who in ("wang", "li", "zhao"):
            await registry.note(1.5, who, "lesson.enter", "m1")
