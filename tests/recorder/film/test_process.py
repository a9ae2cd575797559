"""The child that makes one film."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from recorder.export import HANDS
from recorder.film.process import teller
from recorder.film.terms import NAME, REFUSED
from synclass.errors import Unavailable

from ...waiting import until
from .scenes import LESSON, a_class, entries, kept


def child(data: Path, *, script: str = "") -> "subprocess.Popen[bytes]":
    module = ["-c", script] if script else ["-m", "recorder.film.process"]
    pipe = subprocess.PIPE
    command = [sys.executable, *module, str(data), LESSON, "at-once"]
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe)


def children(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()


def test_it_makes_the_film_and_says_how_far_it_is(tmp_path: Path) -> None:
    kept(tmp_path, entries(a_class(6.0)))
    made = child(tmp_path)
    assert made.stdout is not None and made.stderr is not None
    shares = [float(line) for line in made.stdout]
    assert made.wait() == 0, made.stderr.read().decode()
    assert shares == sorted(shares) and shares[0] < 0.2 and shares[-1] > 0.8
    assert (tmp_path / "films" / LESSON / NAME).stat().st_size > 1000
    made.communicate()


def test_a_refusal_is_a_code_and_a_sentence(tmp_path: Path) -> None:
    refused = child(tmp_path)
    assert refused.stderr is not None
    assert refused.wait() == REFUSED
    assert refused.stderr.read().startswith(b"no-recording\n")
    refused.communicate()


def test_a_class_beside_it_has_the_machine_first() -> None:
    script = (
        "import os, json; from recorder.film import process; "
        "process._be_idle(); print(json.dumps([os.nice(0), os.sched_getscheduler(0)]))"
    )
    said = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True).stdout
    assert json.loads(said) == [19, os.SCHED_IDLE]


def test_it_ends_with_whoever_asked_for_it() -> None:
    script = (
        "import threading, time; from recorder.film import process; "
        "threading.Thread(target=process._end_with_parent, daemon=True).start(); "
        "print('here', flush=True); time.sleep(60)"
    )
    orphan = child(Path(), script=script)
    assert orphan.stdout is not None and orphan.stdout.readline() == b"here\n"
    before = time.monotonic()
    orphan.communicate()
    assert orphan.wait() != 0 and time.monotonic() - before < 30


async def test_when_it_is_killed_none_of_those_who_draw_outlives_it(tmp_path: Path) -> None:
    kept(tmp_path, entries(a_class(600.0)))
    killed = child(tmp_path)
    assert killed.stdout is not None and killed.stdout.readline()
    drawing = children(killed.pid)
    assert len(drawing) >= HANDS
    killed.kill()
    assert killed.communicate()[1] == b""
    await until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in drawing))


def test_it_stops_before_the_room_of_the_lessons_is_taken(tmp_path: Path) -> None:
    teller(tmp_path, reserve=0)(0.5)
    with pytest.raises(Unavailable) as full:
        teller(tmp_path, reserve=1 << 60)(0.5)
    assert full.value.code == "disk-full"
