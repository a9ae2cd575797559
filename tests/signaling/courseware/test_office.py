import io
import os
import stat
import zipfile
from pathlib import Path

import pytest

from signaling.courseware import office as offices
from synclass.errors import Refused

from .files import office, pdf


def checked(path: Path, data: bytes) -> str:
    path.write_bytes(data)
    return offices.check(path)


def refused(path: Path, data: bytes) -> str:
    with pytest.raises(Refused) as refusal:
        checked(path, data)
    return refusal.value.code


def odp() -> bytes:
    return office({"mimetype": b"application/vnd.oasis.opendocument.presentation"}, main="")


def test_decks_and_documents_are_known(tmp_path: Path) -> None:
    path = tmp_path / "file"
    assert checked(path, office()) == "pptx"
    assert checked(path, office(main="word/document.xml")) == "docx"
    assert checked(path, odp()) == "odp"
    assert refused(path, office({"mimetype": b"application/epub+zip"}, main="")) == "bad-kind"
    assert refused(path, office(main="classes.dex")) == "bad-kind"


@pytest.mark.parametrize(
    "name",
    [
        *("../../../etc/cron.d/x", "ppt/../../x", "/etc/passwd", "..", "ppt/.."),
        *("C:\\windows\\x", "c:/x", "ppt\\..\\..\\x", "\\\\server\\x", "a\x00../b"),
    ],
)
def test_a_zip_slip_is_refused(tmp_path: Path, name: str) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "")
        archive.writestr("ppt/presentation.xml", "")
        entry = zipfile.ZipInfo("x")
        entry.filename = name
        archive.writestr(entry, b"x")
    assert refused(tmp_path / "file", out.getvalue()) == "zip-slip"


def test_a_link_inside_is_refused(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("ppt/presentation.xml", "")
        entry = zipfile.ZipInfo("ppt/media/1.png")
        entry.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(entry, "/etc/passwd")
    assert refused(tmp_path / "file", out.getvalue()) == "zip-slip"


def test_zeros_packed_a_thousand_times_are_refused(tmp_path: Path) -> None:
    assert refused(tmp_path / "file", office({"x.xml": bytes(20_000_000)})) == "zip-bomb"


def test_entries_that_share_their_bytes_are_refused(tmp_path: Path) -> None:
    data = office({"a.xml": os.urandom(50_000), "b.xml": os.urandom(50)})
    for _ in range(40):  # one more line in the table of contents for the same bytes
        data = _one_more(data)
    assert refused(tmp_path / "file", data) == "zip-bomb"


def _one_more(data: bytes) -> bytes:
    """The table of contents with its first line once more (APPNOTE 4.3.12, 4.3.16)."""
    end = data.rindex(b"PK\x05\x06")
    first = data.index(b"PK\x01\x02")
    line = data[first : data.index(b"PK\x01\x02", first + 1)]
    count = int.from_bytes(data[end + 10 : end + 12], "little") + 1
    size = int.from_bytes(data[end + 12 : end + 16], "little") + len(line)
    sums = count.to_bytes(2, "little") * 2 + size.to_bytes(4, "little")
    return data[:end] + line + data[end : end + 8] + sums + data[end + 16 :]


def test_what_is_no_zip_or_has_a_password_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "file"
    assert refused(path, b"PK\x03\x04" + b"x" * 99) == "broken-file"
    assert refused(path, office()[:-30]) == "broken-file"
    locked = bytearray(office())
    locked[locked.index(b"PK\x01\x02") + 8] |= 1
    assert refused(path, bytes(locked)) == "locked"


def test_without_libreoffice_a_teacher_is_told_the_way_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    (tmp_path / "source").write_bytes(office())
    with pytest.raises(Refused, match="save the file as PDF") as refusal:
        offices.to_pdf(tmp_path / "source", "pptx", tmp_path)
    assert refusal.value.code == "no-office"


def libreoffice(folder: Path, does: str) -> None:
    """A program of this name that does what we say: the real one is 240 MB."""
    path = folder / "soffice"
    path.write_text(f"#!/bin/sh\n{does}\n")
    path.chmod(0o755)


def test_libreoffice_is_given_a_plain_name_and_its_pdf_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "made").write_bytes(pdf())
    libreoffice(tmp_path, f'/bin/cp {tmp_path}/made "$(/usr/bin/dirname "$0")/courseware.pdf"')
    monkeypatch.setenv("PATH", str(tmp_path))
    (tmp_path / "source").write_bytes(office())
    made = offices.to_pdf(tmp_path / "source", "pptx", tmp_path)
    assert made.read_bytes() == pdf() and (tmp_path / "courseware.pptx").exists()


@pytest.mark.parametrize(
    ("does", "code"), [("exit 1", "broken-file"), ("exec /bin/sleep 9", "too-slow")]
)
def test_libreoffice_that_fails_or_hangs_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, does: str, code: str
) -> None:
    libreoffice(tmp_path, does)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(offices, "PATIENCE", 0.5)
    (tmp_path / "source").write_bytes(office())
    with pytest.raises(Refused) as refusal:
        offices.to_pdf(tmp_path / "source", "pptx", tmp_path)
    assert refusal.value.code == code
