"""docs/lesson-format.md is enough to read a lesson: a stranger has done it by that page alone."""

import ast
import re
import struct
from pathlib import Path
from typing import Any

import av
import msgspec
import pytest
from cryptography.exceptions import InvalidSignature

from recorder import manifest
from recorder.journal import FileJournal
from recorder.paper.look import after, look, rest
from synclass import wire
from synclass.inclass.board import Board
from synclass.inclass.layers import Layers, LayerShown
from synclass.inclass.pages import Pages
from synclass.ink import decode_stroke
from synclass.lesson import Entry
from synclass.marks import Body, Edit, Ink, Matrix, Page
from synclass.tape import Bell
from synclass.toolbox import new_lesson

from . import stranger
from .plausible import play
from .recorder.test_deck import tone_times
from .recorder.test_notary import SEAL, ended_lesson, notary, record_sound
from .recorder.test_opener import voice
from .recorder.test_recordings import Wishes

ROOT = Path(__file__).parents[1]
FORMAT = (ROOT / "docs" / "lesson-format.md").read_text()
SEEDS = range(40)
LONG = 300  # steps: marks are there before they are changed
ROW = re.compile(r"^\| `([a-z.]+)` \| (.*?)\|", re.M)
ED25519 = "cryptography.hazmat.primitives.asymmetric.ed25519"
CIPHERS = "cryptography.hazmat.primitives.ciphers"
OPEN_AND_LOCKED = [("open", False), ("locked", True)]
BUILT_IN = {
    "hashlib",
    "json",
    "struct",
    "zlib",
    "collections.abc",
    "dataclasses",
    "pathlib",
    "typing",
}


def kept(folder: Path, log: list[Entry]) -> Path:
    """In several segments, some records of several facts."""
    journal = FileJournal(folder, segment=1024)
    for at in range(0, len(log), 3):
        journal.append(wire.record(log[at : at + 3]))
    journal.close()
    return folder


def test_a_stranger_reads_the_board_that_we_see(tmp_path: Path) -> None:
    count = 0
    for seed in SEEDS:
        live, log = play(seed, LONG)
        board, pages = live.channel("board"), live.channel("pages")
        assert isinstance(board, Board) and isinstance(pages, Pages)
        theirs = stranger.read(kept(tmp_path / str(seed), log))
        assert (theirs.order, theirs.front) == (pages.order, pages.current)
        assert theirs.papers == {n: plain(paper) for n, paper in pages.papers.items()}
        for number, page in board.pages.items():
            ours = {n: shown(n, page) for n in page.shown()}
            seen = stranger.seen(theirs.pages[number])
            assert {n: their(mark) for n, mark in seen.items()} == ours
            count += len(ours)
    assert count > 100


def test_a_stranger_sees_the_layers_that_are_shown_over_a_page(tmp_path: Path) -> None:
    count = 0
    for seed in SEEDS:
        log = play(seed, LONG)[1]
        log = log[: max((e.seq for e in log if isinstance(e.fact, LayerShown)), default=0)]
        lesson = new_lesson()
        lesson.apply(log)
        layers, theirs = lesson.channel("layers"), stranger.read(kept(tmp_path / str(seed), log))
        assert isinstance(layers, Layers)
        over = {(one.who, one.page): plain(one.marks) for one in layers.shown}
        pages = theirs.pages.items()
        assert {(who, n): on for n, page in pages for who, on in page.layers.items()} == over
        count += len(over)
    assert count > 10


def shown(number: int, page: Page) -> Any:
    found = look(number, page, page.marks[number])
    assert found is not None
    ink = found.body.ink if isinstance(found.body, Ink) else None
    runs = [] if ink is None else [list(run) for run in rest(decode_stroke(ink), found.cuts)]
    return plain(found.body), found.matrix, found.colour, found.text, runs


def their(seen: stranger.Seen) -> Any:
    matrix: Matrix | None = None
    for by in seen.matrices:
        matrix = after(matrix, tuple(by))  # type: ignore[arg-type]
    return seen.body, matrix, seen.colour, seen.text, seen.runs


def plain(thing: object) -> Any:
    return msgspec.msgpack.decode(wire.encode(thing))


def test_the_stranger_stops_where_a_journal_cannot_be_trusted(tmp_path: Path) -> None:
    _, log = play(1, LONG)
    folder = kept(tmp_path, log)
    whole = list(stranger.entries(folder))
    assert [entry[0] for entry in whole] == [entry.seq for entry in log]
    second = folder / "000002.log"
    damaged = bytearray(second.read_bytes())
    damaged[len(damaged) // 2] ^= 1
    second.write_bytes(damaged)
    prefix = list(stranger.entries(folder))
    assert 0 < len(prefix) < len(whole) and prefix == whole[: len(prefix)]


def test_a_stranger_verifies_what_we_have_signed(tmp_path: Path) -> None:
    folder = ended_lesson(tmp_path)
    record_sound(tmp_path).take(Bell(folder.name), Wishes(), 104)
    notary(tmp_path).attest(folder)
    stranger.verify(folder, manifest.public(SEAL))
    assert [entry[4][0] for entry in stranger.entries(folder / "log")][-1] == "lesson.ended"
    with pytest.raises(InvalidSignature):
        stranger.verify(folder, manifest.public(bytes(32)))
    for path in (*folder.glob("log/*.log"), *folder.glob("media/*.webm")):
        whole = path.read_bytes()
        path.write_bytes(whole[:-1])
        with pytest.raises((AssertionError, struct.error)):
            stranger.verify(folder, manifest.public(SEAL))
        path.write_bytes(whole)


def test_a_stranger_who_has_the_key_hears_what_was_locked(tmp_path: Path) -> None:
    [path, _] = [voice(tmp_path / name, locked=locked) for name, locked in OPEN_AND_LOCKED]
    locked = next((tmp_path / "locked").glob("lessons/*/media/*.webm"))
    [key] = (tmp_path / "locked").glob("keys/*/*.key")
    medium = tmp_path / "theirs.webm"
    medium.write_bytes(stranger.unlock(locked, key.read_bytes()))
    assert tone_times(medium) == tone_times(path) != []
    with pytest.raises(av.FFmpegError):
        tone_times(locked)


def test_the_stranger_knows_nothing_of_ours() -> None:
    found = list(ast.walk(ast.parse((ROOT / "tests" / "stranger.py").read_text())))
    names = {alias.name for node in found if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in found if isinstance(node, ast.ImportFrom)}
    assert names <= {*BUILT_IN, "msgpack", ED25519, CIPHERS}


def test_the_fields_are_those_that_the_page_names() -> None:
    told = [(tag, names_in(fields)) for tag, fields in ROW.findall(FORMAT)]
    for kind in (*facts_of_a_page(), *members(Body), *members(Edit)):
        tag = str(kind.__struct_config__.tag)
        assert (tag, list(kind.__struct_fields__)) in told


def facts_of_a_page() -> list[type[msgspec.Struct]]:
    tags = ("ink", "marks.", "page.", "op.", "layer.promoted", "layer.shown", "layer.hidden")
    kinds: set[type[msgspec.Struct]] = {*Board.follows, *Pages.follows, *Layers.follows}
    return [kind for kind in kinds if str(kind.__struct_config__.tag).startswith(tags)]


def members(union: Any) -> tuple[type[msgspec.Struct], ...]:
    kinds: tuple[type[msgspec.Struct], ...] = union.__args__
    return kinds


def names_in(fields: str) -> list[str]:
    return [field.split("=")[0].strip() for field in fields.split(",") if field.strip()]


def test_the_example_is_what_it_says() -> None:
    coded = re.search(r"Example: `([0-9a-f ]+)`", FORMAT)
    assert coded
    points = [(400, 300, 16), (404, 300, 16), (410, 301, 17)]
    assert stranger.stroke(bytes.fromhex(coded[1])) == points
