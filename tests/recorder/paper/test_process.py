"""The child that prints once."""

import os
import subprocess
import sys
from pathlib import Path

from recorder.paper.press import REFUSED

from .scenes import LESSON, a_lesson


def child(data: Path, what: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "recorder.paper.process", str(data), LESSON, what]
    return subprocess.run(command, capture_output=True, check=False)


def test_it_prints_to_its_output_and_says_nothing_else(tmp_path: Path) -> None:
    a_lesson(tmp_path)
    done = child(tmp_path, '{"kind": "png", "page": 1, "width": 320}')
    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout.startswith(b"\x89PNG")


def test_a_refusal_is_a_code_and_a_sentence(tmp_path: Path) -> None:
    a_lesson(tmp_path)
    done = child(tmp_path, '{"kind": "svg", "page": 400}')
    assert done.returncode == REFUSED and done.stdout == b""
    assert b"no-page\nthis board has" in done.stderr


def test_a_class_beside_it_has_the_machine_first() -> None:
    script = (
        "import os, sys; from recorder.paper import process; "
        "process.print_out = lambda *given: print(os.nice(0)) or b''; "
        "process.main('/nowhere', 'x', '{\"kind\": \"pdf\"}')"
    )
    said = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True).stdout
    assert int(said) >= min(19, os.nice(0) + 15)
