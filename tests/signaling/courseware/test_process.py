"""The child itself, started as the workshop starts it."""

import gzip
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from signaling.courseware import process
from signaling.courseware.slip import RESULT, SOURCE

from .files import drawing, office, pdf, picture


def convert(folder: Path, data: bytes, *, path: str = "") -> tuple[list[dict[str, Any]], list[Any]]:
    """What the child says, and the pages it has made."""
    (folder / SOURCE).write_bytes(data)
    environment = {**os.environ, "PATH": path or os.environ["PATH"], "HOME": str(folder)}
    command = [sys.executable, "-m", "signaling.courseware.process", str(folder)]
    done = subprocess.run(command, capture_output=True, env=environment, timeout=120, check=True)
    said = [json.loads(line) for line in done.stdout.splitlines()]
    result = folder / RESULT
    return said, json.loads(result.read_bytes()) if result.exists() else []


def test_a_pdf_becomes_drawings_page_by_page(tmp_path: Path) -> None:
    said, made = convert(tmp_path, pdf(3, text="one half"))
    assert [(word["page"], word["of"]) for word in said if "of" in word] == [(1, 3), (2, 3), (3, 3)]
    assert [page["file"] for page in made] == ["1.svg", "2.svg", "3.svg"]
    assert made[2] == {"file": "3.svg", "width": 960, "height": 540, "words": "one half 3"}
    assert (tmp_path / "1.svg").read_text().startswith("<svg xmlns")


def test_without_pdftocairo_a_pdf_becomes_pictures(tmp_path: Path) -> None:
    _, made = convert(tmp_path, pdf(2), path=str(tmp_path))
    assert [page["file"] for page in made] == ["1.webp", "2.webp"]
    assert (made[0]["width"], made[0]["height"], made[0]["words"]) == (1920, 1080, "page 1")


def test_a_page_that_is_too_heavy_as_a_drawing_becomes_a_picture(tmp_path: Path) -> None:
    lines = "\n".join(
        f"{n * 7919 % 960} {n * 104729 % 540} m {n * 31 % 960} {n % 540} l S" for n in range(60_000)
    )
    _, made = convert(tmp_path, pdf(draws=lines))
    assert made[0]["file"] == "1.webp"


def test_a_picture_and_a_drawing_are_one_page(tmp_path: Path) -> None:
    _, made = convert(tmp_path, picture("JPEG"))
    assert made == [{"file": "1.webp", "width": 320, "height": 180, "words": ""}]
    _, made = convert(tmp_path, drawing())
    assert made == [{"file": "1.svg", "width": 160, "height": 90, "words": ""}]


def test_a_drawing_that_stays_too_heavy_is_refused(tmp_path: Path) -> None:
    points = "".join(
        f"<path d='M{n * 7919 % 9973}.{n} {n * 104729 % 99991}'/>" for n in range(60_000)
    )
    assert len(gzip.compress(points.encode())) > process.HEAVIEST
    said, _ = convert(tmp_path, drawing(points))
    assert said[-1]["code"] == "too-heavy"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"hello", "bad-kind"),
        (office({"../x": b"x"}), "zip-slip"),
        (office(), "no-office"),
        (b"%PDF-1.7 nothing", "broken-file"),
        (drawing("<x/>", head="<!DOCTYPE svg [<!ENTITY a 'b'>]>"), "broken-file"),
    ],
)
def test_what_cannot_be_converted_is_refused_with_a_code_and_a_sentence(
    tmp_path: Path, data: bytes, code: str
) -> None:
    said, made = convert(tmp_path, data, path=str(tmp_path))
    assert said[-1]["code"] == code and len(said[-1]["message"]) > 10 and made == []
