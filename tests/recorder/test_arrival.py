"""A child takes one packed lesson in, or says why not."""

import subprocess
import sys
from pathlib import Path

from recorder.arrival import main
from recorder.porter import REFUSED
from recorder.shelf import lesson_folder

from .test_deck import LESSON
from .test_unpack import away


def run(data: Path, file: Path) -> subprocess.CompletedProcess[bytes]:
    words = (sys.executable, "-m", main.__module__, data, file)
    return subprocess.run(words, capture_output=True, check=False)


def test_what_is_whole_is_taken_in(tmp_path: Path) -> None:
    file, _ = away(tmp_path / "there")
    done = run(tmp_path / "here", file)
    assert (done.returncode, done.stderr) == (0, b"")
    assert lesson_folder(tmp_path / "here", LESSON).is_dir()


def test_what_is_not_is_told_with_its_code(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"hello")
    done = run(tmp_path, tmp_path / "x")
    assert done.returncode == REFUSED and done.stderr.startswith(b"malformed\nthis is no packed")
