"""A lesson's journal on a real disk: killed, torn, full, read-only, read while written."""

import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from recorder.journal import FileJournal, check, read
from synclass.errors import Unavailable

APPENDER = """
import sys
from pathlib import Path
from recorder.journal import FileJournal
journal = FileJournal(Path(sys.argv[1]), segment=20_000)
n = sum(1 for _ in journal.records())
while True:
    journal.append(n.to_bytes(4, "big") + bytes(n % 200))
    print(n, flush=True)
    n += 1
"""


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(place)]
    if os.geteuid() != 0 or subprocess.run(mount, check=False).returncode != 0:
        pytest.skip("mounting a small disk needs root")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def fill(folder: Path, payloads: list[bytes], *, segment: int = 1 << 24) -> None:
    journal = FileJournal(folder, segment=segment)
    for payload in payloads:
        journal.append(payload)
    journal.close()


def test_a_lesson_is_read_back_and_goes_on_where_it_ended(tmp_path: Path) -> None:
    fill(tmp_path, [b"one", b"two"])
    fill(tmp_path, [b"three"])
    assert list(read(tmp_path)) == [b"one", b"two", b"three"]
    assert check(tmp_path).sound


def test_a_long_lesson_rolls_into_further_segments_of_one_chain(tmp_path: Path) -> None:
    payloads = [bytes([n]) * 50 for n in range(100)]
    fill(tmp_path, payloads[:60], segment=500)
    fill(tmp_path, payloads[60:], segment=500)
    assert list(read(tmp_path)) == payloads
    verdict = check(tmp_path)
    assert verdict.sound
    assert verdict.records == 100
    assert verdict.segments >= 15


def test_a_replay_reads_beside_the_writer(tmp_path: Path) -> None:
    journal = FileJournal(tmp_path, segment=300)
    for n in range(50):
        journal.append(b"%d" % n)
        assert list(read(tmp_path))[-1] == b"%d" % n
    journal.close()


def test_a_lesson_has_one_writer_only(tmp_path: Path) -> None:
    journal = FileJournal(tmp_path)
    with pytest.raises(Unavailable) as caught:
        FileJournal(tmp_path)
    assert caught.value.code == "held-elsewhere"
    journal.close()
    FileJournal(tmp_path).close()


def test_a_torn_end_is_cut_and_kept_aside(tmp_path: Path) -> None:
    fill(tmp_path, [b"one", b"two", b"three"])
    log = tmp_path / "000001.log"
    whole = log.read_bytes()
    for cut in range(len(whole)):
        log.write_bytes(whole[:cut])
        before = list(read(tmp_path))
        bad = check(tmp_path)
        journal = FileJournal(tmp_path)
        journal.append(b"after")
        journal.close()
        assert list(read(tmp_path)) == [*before, b"after"]
        assert check(tmp_path).sound
        kept = b"".join(p.read_bytes() for p in tmp_path.glob("*.cut"))
        assert kept == (b"" if bad.sound else whole[bad.bad_offset : cut])
        for path in tmp_path.glob("*.cut"):
            path.unlink()


def test_damage_in_an_old_segment_destroys_nothing_behind_it(tmp_path: Path) -> None:
    payloads = [bytes([n]) * 50 for n in range(30)]
    fill(tmp_path, payloads, segment=500)
    second = tmp_path / "000002.log"
    broken = bytearray(second.read_bytes())
    broken[100] ^= 1
    second.write_bytes(broken)
    verdict = check(tmp_path)
    assert (verdict.bad_segment, verdict.sound) == ("000002.log", False)
    assert verdict.bad_offset <= 100
    size = sum(p.stat().st_size for p in tmp_path.iterdir())
    good = list(read(tmp_path))
    fill(tmp_path, [b"after"], segment=500)
    assert list(read(tmp_path)) == [*good, b"after"]
    assert sum(p.stat().st_size for p in tmp_path.iterdir()) > size


def test_a_missing_segment_ends_the_lesson_there(tmp_path: Path) -> None:
    fill(tmp_path, [bytes([n]) * 50 for n in range(30)], segment=500)
    (tmp_path / "000002.log").unlink()
    assert check(tmp_path).bad_segment == "000002.log"
    good = list(read(tmp_path))
    fill(tmp_path, [b"after"])
    assert list(read(tmp_path)) == [*good, b"after"]


def test_a_full_disk_is_said_and_nothing_kept_is_lost(tiny_disk: Path) -> None:
    journal = FileJournal(tiny_disk / "log", segment=200_000)
    kept, rng = [], random.Random(7)
    with pytest.raises(Unavailable) as caught:
        while True:
            payload = rng.randbytes(rng.randrange(1, 9000))
            journal.append(payload)
            kept.append(payload)
    assert caught.value.code == "disk-full"
    assert list(read(tiny_disk / "log")) == kept
    assert check(tiny_disk / "log").sound
    subprocess.run(["mount", "-o", "remount,size=2m", str(tiny_disk)], check=True)
    journal.append(b"room again")
    journal.close()
    assert list(read(tiny_disk / "log")) == [*kept, b"room again"]


def test_a_disk_that_cannot_be_written_is_said(tiny_disk: Path) -> None:
    subprocess.run(["mount", "-o", "remount,ro", str(tiny_disk)], check=True)
    with pytest.raises(Unavailable) as caught:
        FileJournal(tiny_disk / "log")
    assert caught.value.code == "not-writable"


@pytest.mark.parametrize("seed", range(5))
def test_everything_acknowledged_outlives_kill_9(tmp_path: Path, seed: int) -> None:
    wanted = random.Random(seed).randrange(200, 3000)
    command = [sys.executable, "-c", APPENDER, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        acknowledged = -1
        for line in process.stdout:
            acknowledged = int(line)
            if acknowledged >= wanted:
                process.send_signal(signal.SIGKILL)
                break
        acknowledged = max([acknowledged, *map(int, process.stdout.read().split())])
    found = list(read(tmp_path))
    assert len(found) > acknowledged
    assert [int.from_bytes(r[:4], "big") for r in found] == list(range(len(found)))
    FileJournal(tmp_path).close()
    assert check(tmp_path).sound
