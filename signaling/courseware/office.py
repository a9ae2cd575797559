"""PPTX, DOCX and their open cousins: looked through as ZIPs, then LibreOffice makes a PDF."""

import re
import shutil
import stat
import subprocess
import zipfile
from pathlib import Path
from zlib import error as ZlibError

from synclass.errors import Refused

MOST_ENTRIES = 10_000  # a deck of 200 slides has about 1,500
LARGEST = 512 * 1024 * 1024  # bytes of all entries, unpacked
PACKED = 200  # times smaller than unpacked: XML reaches 20, a bomb 1,000
SMALL = 1024 * 1024  # bytes of an entry that may be packed as well as it likes
PATIENCE = 90.0  # seconds for LibreOffice; a deck of 60 slides takes 10
_PARTS = {"ppt/presentation.xml": "pptx", "word/document.xml": "docx"}
_OPEN = {
    b"application/vnd.oasis.opendocument.presentation": "odp",
    b"application/vnd.oasis.opendocument.text": "odt",
}
_WAY_OUT = re.compile(r"^[/\\]|^[A-Za-z]:|\\|(^|/)\.\.(/|$)|\x00")


def check(path: Path) -> str:
    """What an office file is ("pptx", "docx", "odp", "odt") once its ZIP was found harmless.

    Raises Refused: "zip-slip", "zip-bomb", "locked", "bad-kind", "broken-file".
    """
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            _check_sizes(entries, path.stat().st_size)
            for entry in entries:
                _check_entry(entry)
            return _kind(archive, {entry.filename for entry in entries})
    except (zipfile.BadZipFile, ZlibError, ValueError, NotImplementedError, EOFError) as error:
        raise Refused("broken-file", "this file is damaged") from error


def program() -> str | None:
    """LibreOffice, where it is installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def to_pdf(path: Path, kind: str, folder: Path) -> Path:
    """Have LibreOffice make a PDF of it; raises Refused("no-office") / ("broken-file")."""
    office = program()
    if office is None:
        raise Refused("no-office", "this server has no LibreOffice: save the file as PDF")
    source = folder / f"courseware.{kind}"
    path.rename(source)
    command = [office, "--headless", "--norestore", "--nolockcheck", "--nologo"]
    command += [f"-env:UserInstallation={(folder / 'office').as_uri()}"]
    command += ["--convert-to", "pdf", "--outdir", str(folder), str(source)]
    try:
        subprocess.run(command, timeout=PATIENCE, check=False, capture_output=True, cwd=folder)
    except subprocess.TimeoutExpired as error:
        raise Refused("too-slow", "this file takes too long to convert: save it as PDF") from error
    made = source.with_suffix(".pdf")
    if not made.is_file():
        raise Refused("broken-file", "LibreOffice could not read this file: save it as PDF")
    return made


def _check_sizes(entries: list[zipfile.ZipInfo], size: int) -> None:
    packed, unpacked = (
        sum(entry.compress_size for entry in entries),
        sum(entry.file_size for entry in entries),
    )
    names = {entry.filename for entry in entries}
    overlapping = packed > size or len(names) < len(entries)
    if len(entries) > MOST_ENTRIES or unpacked > LARGEST or overlapping:
        raise Refused("zip-bomb", "this file unpacks to more than any courseware has")


def _check_entry(entry: zipfile.ZipInfo) -> None:
    if _WAY_OUT.search(entry.orig_filename) or stat.S_ISLNK(entry.external_attr >> 16):
        raise Refused("zip-slip", "this file names places outside of itself")
    if entry.flag_bits & 1:
        raise Refused("locked", "this file has a password: take it off first")
    if entry.file_size > max(SMALL, entry.compress_size * PACKED):
        raise Refused("zip-bomb", "this file unpacks to more than any courseware has")


def _kind(archive: zipfile.ZipFile, names: set[str]) -> str:
    for part, kind in _PARTS.items():
        if part in names and "[Content_Types].xml" in names:
            return kind
    if "mimetype" in names:
        with archive.open("mimetype") as said:
            return _OPEN.get(said.read(100).strip()) or _stranger()
    return _stranger()


def _stranger() -> str:
    raise Refused("bad-kind", "this ZIP is no PPTX or DOCX")
