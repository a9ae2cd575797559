import json
from pathlib import Path

from click.testing import CliRunner

from recorder.journal import FileJournal
from synclass import wire
from synclass.cli import main

from ..plausible import play


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
    facts = [json.loads(line) for line in printed[:-1]]
    assert [fact["seq"] for fact in facts] == [entry.seq for entry in log]
    assert facts[0]["fact"][:2] == ["lesson.opened", 1] and "分数的意义" in printed[0]
