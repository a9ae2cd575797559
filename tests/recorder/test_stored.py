"""The ZIP is one that programs of others read, also where it is longer than 4 GB."""

import io
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from msgspec import structs

from recorder import stored
from recorder.stored import Member
from synclass.errors import Unavailable

WALL = 1.7e9  # 2023-11-14 22:13:20 UTC


def zipped(members: list[Member], head: bytes = b"") -> bytes:
    made = head + b"".join(stored.bodies(members, WALL))
    assert len(made) == len(head) + stored.size_of(members)
    return made + stored.directory(members, WALL, len(head))


def test_any_program_reads_it_behind_whatever_stands_before(tmp_path: Path) -> None:
    (tmp_path / "b").write_bytes(bytes(3 << 20))
    members = [stored.member("log/a", b"hello"), stored.member("media/b", tmp_path / "b")]
    made = zipped(members, b"<!doctype html>\r\n")
    found = zipfile.ZipFile(io.BytesIO(made))
    assert found.testzip() is None and found.namelist() == ["log/a", "media/b"]
    assert found.read("log/a") == b"hello" and found.infolist()[0].date_time[:3] == (2023, 11, 14)
    (tmp_path / "l.html").write_bytes(made)
    if unzip := shutil.which("unzip"):
        done = subprocess.run([unzip, "-t", tmp_path / "l.html"], capture_output=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr


def test_of_a_file_that_grows_what_was_whole_is_taken(tmp_path: Path) -> None:
    (tmp_path / "b").write_bytes(b"whole and more")
    one = stored.member("b", tmp_path / "b", 5)
    assert zipfile.ZipFile(io.BytesIO(zipped([one]))).read("b") == b"whole"


def test_a_file_that_has_changed_meanwhile_is_not_packed(tmp_path: Path) -> None:
    (tmp_path / "b").write_bytes(b"before")
    one = stored.member("b", tmp_path / "b")
    (tmp_path / "b").write_bytes(b"after!")
    with pytest.raises(Unavailable) as failed:
        zipped([one])
    assert failed.value.code == "changed"


def test_more_than_four_gigabytes_are_told_in_numbers_of_64_bits(tmp_path: Path) -> None:
    huge = structs.replace(stored.member("huge", b"x"), size=5 << 30)
    members = [huge, stored.member("last", b"found")]
    at = stored.size_of(members[:1])
    path = tmp_path / "huge.zip"
    with path.open("wb") as file:
        file.seek(at)  # the five gigabytes themselves are a hole in the file
        file.write(b"".join(stored.bodies(members[1:], WALL)))
        file.write(stored.directory(members, WALL, 0))
    with zipfile.ZipFile(path) as found:
        assert found.read("last") == b"found"
        assert [one.file_size for one in found.infolist()] == [5 << 30, 5]
