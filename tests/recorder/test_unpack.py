"""A packed lesson is taken in whole, once, and only if all of it is what it says."""

import gzip
import hashlib
import io
import json
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from recorder import columns, unpack
from recorder.pack import ANYONE, is_packed
from recorder.shelf import FileShelf, lesson_folder, media_folder
from recorder.unpack import take_in
from synclass import wire
from synclass.errors import Malformed
from synclass.lesson import Entry
from synclass.preclass.handout import HandoutAdded, Sheet

from . import studio
from .test_deck import LESSON, deck
from .test_deck import play as record
from .test_pack import kept, packed

SVG = b"<svg/>"
SHEET = hashlib.sha256(SVG).hexdigest()


def away(data: Path) -> tuple[Path, list[Entry]]:
    """A lesson with sound and a page, packed by another house."""
    FileShelf(data).keep_page(LESSON, f"{SHEET}.svg.gz", gzip.compress(SVG))
    log = kept(data, 3, HandoutAdded(1, "课件", [Sheet(f"{SHEET}.svg", 4, 3, 7)]))
    voice = deck(data, "opus", "voice")
    record(voice, studio.sound_packets(studio.opus_tone(2), start=5))
    voice.close(8)
    return packed(data), log


def entries(data: Path) -> list[Entry]:
    return [e for payload in FileShelf(data).read(LESSON) for e in wire.entries(payload)]


def test_what_the_classrooms_of_one_house_saw_is_here_in_another(tmp_path: Path) -> None:
    file, log = away(tmp_path / "there")
    here = tmp_path / "here"
    assert take_in(here, file).id == LESSON
    seen = [e for e in log if is_packed(e.fact)]
    assert [(e.seq, e.ms, e.fact) for e in entries(here)] == [(e.seq, e.ms, e.fact) for e in seen]
    [there], [track] = FileShelf(tmp_path / "there").tracks(LESSON), FileShelf(here).tracks(LESSON)
    assert (track.name, track.mime, track.ends_ms) == (there.name, there.mime, there.ends_ms)
    assert track.clusters[0][0] == there.clusters[0][0]
    page = FileShelf(here).page(LESSON, f"{SHEET}.svg.gz")
    assert page is not None and gzip.decompress(page.read_bytes()) == SVG
    assert packed(here).read_bytes()[-2000:] == file.read_bytes()[-2000:]


def test_a_file_of_before_voices_were_merged_is_taken_in(tmp_path: Path) -> None:
    file, _ = away(tmp_path / "there")
    [track] = FileShelf(tmp_path / "there").tracks(LESSON)
    lies = (media_folder(tmp_path / "there", LESSON) / track.name).read_bytes()
    take_in(tmp_path / "here", remade(file, lambda n, b: lies if n.startswith("media/") else b))
    assert FileShelf(tmp_path / "here").tracks(LESSON) == [track]


def test_twice_is_once(tmp_path: Path) -> None:
    file, _ = away(tmp_path / "there")
    here = tmp_path / "here"
    take_in(here, file)
    before = {p: p.stat().st_mtime_ns for p in here.rglob("*") if p.is_file()}
    assert take_in(here, file).id == LESSON
    assert {p: p.stat().st_mtime_ns for p in here.rglob("*") if p.is_file()} == before


def remade(
    file: Path,
    change: Callable[[str, bytes], bytes] = lambda name, body: body,
    *,
    extra: dict[str, bytes] | None = None,
    deflate: bool = False,
) -> Path:
    """The file with members changed, and what it says of them put right."""
    old, out = zipfile.ZipFile(file), io.BytesIO()
    bodies = {name: change(name, old.read(name)) for name in old.namelist()} | (extra or {})
    about = json.loads(bodies.pop("lesson.json"))
    about["members"] = {name: hashlib.sha256(body).hexdigest() for name, body in bodies.items()}
    kind = zipfile.ZIP_DEFLATED if deflate else zipfile.ZIP_STORED
    with zipfile.ZipFile(out, "w", kind) as new:
        new.writestr("lesson.json", json.dumps(about))
        for name, body in bodies.items():
            new.writestr(name, body)
    file.write_bytes(out.getvalue())
    return file


def chunk(*entries: Entry) -> bytes:
    return columns.pack(wire.record([entry]) for entry in entries)


def cut_log(name: str, body: bytes) -> bytes:
    """Each chunk without its last fact, so that the bell is missing."""
    return columns_of(columns.unpack(body)[:-1]) if name.startswith("log/") else body


def columns_of(records: list[bytes]) -> bytes:
    return columns.pack(records)


HOSTILE: dict[str, Callable[[Path], Path]] = {
    "cut in the middle": lambda f: (f.write_bytes(f.read_bytes()[: f.stat().st_size // 2]), f)[1],
    "no file of ours": lambda f: (f.write_bytes(b"hello" * 99), f)[1],
    "a member inflated": lambda f: remade(f, deflate=True),
    "a name that leads out": lambda f: remade(f, extra={"media/../../x.voice.1.webm": b"x"}),
    "no medium": lambda f: remade(f, extra={"media/x.voice.1.webm": b"x" * 999}),
    "a page of another hash": lambda f: remade(f, extra={f"pages/{'0' * 64}.webp": b"x"}),
    "a page that unpacks for ever": lambda f: remade(
        f, extra={f"pages/{'0' * 64}.svg.gz": gzip.compress(bytes(64 << 20))}
    ),
    "no bell": lambda f: remade(f, cut_log),
    "facts out of order": lambda f: remade(
        f, extra={"log/999990.chunk": chunk(Entry(1, 0, ANYONE.id, 0, HandoutAdded(9, "", [])))}
    ),
    "a damaged chunk": lambda f: remade(
        f, lambda name, body: body[:-9] if name.startswith("log/") else body
    ),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_what_is_not_what_it_says_leaves_no_trace(tmp_path: Path, what: str) -> None:
    file, _ = away(tmp_path / "there")
    here = tmp_path / "here"
    with pytest.raises(Malformed):
        take_in(here, HOSTILE[what](file))
    assert not lesson_folder(here, LESSON).exists()
    assert not list((here / unpack.ARRIVING).glob("*")) if here.exists() else True
    assert not list(tmp_path.rglob("x.voice*"))


def test_a_changed_byte_of_media_is_found(tmp_path: Path) -> None:
    file, _ = away(tmp_path / "there")
    found = next(m for m in zipfile.ZipFile(file).infolist() if m.filename.startswith("media/"))
    data = bytearray(file.read_bytes())
    data[found.header_offset + 200] ^= 1
    file.write_bytes(data)
    with pytest.raises(Malformed):
        take_in(tmp_path / "here", file)


def test_members_that_overlap_are_a_bomb(tmp_path: Path) -> None:
    file, _ = away(tmp_path / "there")
    data = bytearray(file.read_bytes())
    last = data.rindex(b"PK\1\2")
    struct.pack_into("<2I", data, last + 20, 1 << 30, 1 << 30)
    file.write_bytes(data)
    with pytest.raises(Malformed, match="longer than the file"):
        take_in(tmp_path / "here", file)


def test_a_lesson_of_a_later_version_is_refused(tmp_path: Path) -> None:
    file, _ = away(tmp_path / "there")
    data = file.read_bytes().replace(b'"version":1,', b'"version":7,')
    file.write_bytes(data)
    with pytest.raises(Malformed):
        take_in(tmp_path / "here", file)
