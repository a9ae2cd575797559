"""The courseware of tomorrow's lesson: fractions as strips of colour, drawn here."""

import gzip
from collections.abc import Iterator
from hashlib import sha256

from signaling.courseware import svg
from signaling.courseware.workshop import Page

from ...preclass.handout import Sheet

WIDTH, HEIGHT = 1600, 900
PAPER, LINES, FULL, HALF, WORDS = "#fdfcf8", "#1b1f24", "#0b7a75", "#f2c14e", "#1b1f24"
SUMS = ((1, 2, 4), (1, 3, 5), (2, 3, 7), (3, 2, 8), (2, 4, 9), (5, 3, 12))
"""Of each page the two numerators and the denominator."""


def pages(title: str) -> Iterator[Page]:
    yield _page(f"{title} 分母相同，只把分子相加", _title(title))
    for a, b, under in SUMS:
        yield _page(f"{a}/{under} + {b}/{under} = {a + b}/{under}", _sum(a, b, under))
    yield _page(
        "练习 课本第 45 页",
        _text(800, 380, 96, "练习") + _text(800, 540, 64, "课本第 45 页 1–4 题"),
    )


def _page(words: str, drawn: str) -> Page:
    """As the workshop makes one of a teacher's file."""
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">'
    source = f'{head}<rect width="{WIDTH}" height="{HEIGHT}" fill="{PAPER}"/>{drawn}</svg>'
    shown = svg.clean(source.encode(), lambda data: None).text.encode()
    data = gzip.compress(shown, mtime=0)
    return Page(Sheet(f"{sha256(shown).hexdigest()}.svg", WIDTH, HEIGHT, len(data)), data, words)


def _title(title: str) -> str:
    strips = _strip(300, 560, 1000, under=6, full=2, half=3)
    return _text(800, 330, 112, title) + _text(800, 450, 52, "分母相同，只把分子相加") + strips


def _sum(a: int, b: int, under: int) -> str:
    strips = [(a, 0), (0, b), (a, b)]
    drawn = [
        _strip(420, 330 + 160 * n, 1000, under=under, full=full, half=half)
        + _text(240, 400 + 160 * n, 64, f"{full + half}/{under}")
        for n, (full, half) in enumerate(strips)
    ]
    return _text(800, 190, 96, f"{a}/{under} + {b}/{under} = ?") + "".join(drawn)


def _strip(x: int, y: int, width: int, *, under: int, full: int, half: int) -> str:
    """A strip of so many parts; of one colour, then of another, then empty."""
    part = width / under
    colours = [FULL] * full + [HALF] * half + ["none"] * (under - full - half)
    style = f'height="100" stroke="{LINES}" stroke-width="4"'
    return "".join(
        f'<rect x="{x + n * part:g}" y="{y}" width="{part:g}" fill="{colour}" {style}/>'
        for n, colour in enumerate(colours)
    )


def _text(x: int, y: int, size: int, words: str) -> str:
    family = "'Noto Sans CJK SC','Microsoft YaHei',sans-serif"
    look = f'font-size="{size}" font-family="{family}" text-anchor="middle" fill="{WORDS}"'
    return f'<text x="{x}" y="{y}" {look}>{words}</text>'
