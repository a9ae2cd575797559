"""Binds all that is kept of a pupil into one ZIP: JSON, photographs, ink, voices, a page."""

import shutil
from collections.abc import Iterator
from contextlib import suppress
from html import escape
from pathlib import Path
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from msgspec import json, structs

from synclass.errors import Refused
from synclass.ink import UNIT, decode_stroke
from synclass.ports import Shelf
from synclass.postclass.dossier import Dossier, Handed, Heard, Kept
from synclass.postclass.homework import Stroke, Work

from .leaf import page_of

INKS = ("#1b1f24", "#b42318", "#1d4ed8", "#0b7a75", "#b45309", "#7c3aed", "#be185d", "#475569")
"""Near the palette of the pages: enough to tell pens apart."""
PIECE = 1 << 20
Photos = dict[str, Path]
"""By work."""


def bind(dossier: Dossier, photos: Photos, shelf: Shelf, out: BinaryIO) -> None:
    """Write the ZIP; takes as long as the voices are large: not for the event loop."""
    with ZipFile(out, "w", ZIP_DEFLATED) as zipped:
        handed = [_work(zipped, one, photos.get(one.work.id)) for one in dossier.handed]
        heard = [_voices(zipped, one, shelf) for one in dossier.heard]
        bound = structs.replace(dossier, handed=handed, heard=heard)
        zipped.writestr("pupil.json", json.format(json.encode(bound), indent=1))
        zipped.writestr("index.html", page_of(bound))


def _work(zipped: ZipFile, one: Handed, photo: Path | None) -> Handed:
    work, files = one.work, list[str]()
    if photo is not None:
        with suppress(FileNotFoundError):  # erased meanwhile
            zipped.write(photo, f"works/{work.id}.webp", ZIP_STORED)
            files.append(f"works/{work.id}.webp")
    for name, strokes in (("ink", work.ink), ("marks", work.marks)):
        if strokes:
            files.append(f"works/{work.id}.{name}.svg")
            zipped.writestr(files[-1], "".join(_drawn(work, strokes)))
    return structs.replace(one, files=files)


def _drawn(work: Work, strokes: list[Stroke]) -> Iterator[str]:
    size = f'width="{work.width}" height="{work.height}"'
    yield f'<svg xmlns="http://www.w3.org/2000/svg" {size} fill="none" stroke-linecap="round">'
    for stroke in strokes:
        points = " ".join(f"{x / UNIT},{y / UNIT}" for x, y, _ in decode_stroke(stroke.ink))
        pen = f'stroke="{INKS[stroke.colour % len(INKS)]}" stroke-width="{stroke.width / UNIT}"'
        yield f'<polyline {pen} points="{escape(points)}"/>'
    yield "</svg>"


def _voices(zipped: ZipFile, heard: Heard, shelf: Shelf) -> Heard:
    """Only of a device of their own: what their class said is not theirs alone."""
    kept = [_voice(zipped, heard, one, shelf) for one in heard.tracks]
    return structs.replace(heard, tracks=kept)


def _voice(zipped: ZipFile, heard: Heard, kept: Kept, shelf: Shelf) -> Kept:
    path = shelf.media(heard.lesson, kept.name)
    if kept.erased or path is None:
        return kept
    member = f"voices/{len(zipped.namelist())}.{kept.name}"
    try:
        source = shelf.unlocked(heard.lesson, kept.name) or path.open("rb")
    except (Refused, FileNotFoundError):  # erased or carried away meanwhile
        return kept
    with source, zipped.open(member, "w", force_zip64=True) as target:
        shutil.copyfileobj(source, target, PIECE)
    return structs.replace(kept, file=member)
