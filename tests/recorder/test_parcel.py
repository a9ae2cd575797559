"""A child packs one lesson to its standard output, or says why not."""

import subprocess
import sys
from pathlib import Path

from recorder.parcel import main
from recorder.porter import REFUSED, SIZE

from .test_deck import LESSON
from .test_pack import PAGE, kept


def run(data: Path, lesson: str) -> subprocess.CompletedProcess[bytes]:
    (data / "packed.html").write_bytes(PAGE)
    words = (sys.executable, "-m", main.__module__, data, lesson, data / "packed.html")
    return subprocess.run(words, capture_output=True, check=False)


def test_the_size_comes_first_and_then_the_file(tmp_path: Path) -> None:
    kept(tmp_path)
    done = run(tmp_path, LESSON)
    assert done.returncode == 0 and done.stderr == b""
    assert int.from_bytes(done.stdout[:SIZE]) == len(done.stdout) - SIZE


def test_a_reason_is_a_code_and_a_sentence(tmp_path: Path) -> None:
    done = run(tmp_path, "none")
    assert done.returncode == REFUSED and done.stdout == b""
    assert done.stderr.startswith(b"no-recording\nthere is no")
