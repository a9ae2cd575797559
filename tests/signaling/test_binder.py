"""One ZIP has it all: JSON by its schema, photographs, ink as drawings, voices in the clear."""

import io
from pathlib import Path
from zipfile import ZipFile

import pytest
from msgspec import json
from msgspec.structs import replace

from recorder.shelf import FileShelf
from signaling.binder import bind
from synclass.postclass.dossier import Dossier, Handed

from ..postclass.test_homework import STROKE
from .pupil import taught
from .server import school
from .test_dossiers import dossier


async def bound(data: Path, photo: Path | None) -> tuple[ZipFile, Dossier]:
    async with school(data) as town:
        await taught(town, data)
        found = await dossier(town, data)
    [handed] = found.handed
    work = replace(handed.work, ink=[STROKE], marks=[STROKE])
    found.handed = [Handed(handed.lesson, handed.task, work)]
    out = io.BytesIO()
    bind(found, {"w1": photo} if photo else {}, FileShelf(data), out)
    zipped = ZipFile(out)
    return zipped, json.decode(zipped.read("pupil.json"), type=Dossier)


async def test_all_files_that_are_named_are_there(tmp_path: Path) -> None:
    photo = tmp_path / "photo.webp"
    photo.write_bytes(b"webp")
    zipped, read = await bound(tmp_path, photo)
    assert zipped.testzip() is None
    files = ["works/w1.webp", "works/w1.ink.svg", "works/w1.marks.svg"]
    [handed], [heard] = read.handed, read.heard
    voice = heard.tracks[0].file
    assert handed.files == files and voice.startswith("voices/")
    assert set(zipped.namelist()) == {*files, voice, "pupil.json", "index.html"}
    assert zipped.read("works/w1.webp") == b"webp"
    assert zipped.read(voice)[:4] == b"\x1a\x45\xdf\xa3", "WebM, and not locked"
    assert b"<polyline" in zipped.read("works/w1.ink.svg")


@pytest.mark.parametrize("gone", [None, Path("nowhere.webp")])
async def test_a_work_without_its_photograph_is_there_still(
    tmp_path: Path, gone: Path | None
) -> None:
    zipped, read = await bound(tmp_path, gone)
    assert "works/w1.webp" not in zipped.namelist() and len(read.handed) == 1
