"""A page as SVG, for any program that draws."""

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape, quoteattr

from .book import Sheets
from .drawing import FONTS, HEIGHT, WIDTH, Fill, Group, Item, Line, Path, Sheet, Words

GRAINS = {"": 1.0, "edge": 0.75, "middle": 0.96}
"""Chalk is dust without crumbs here: so much of it covers the board."""
MIMES = {"svg": "image/svg+xml", "webp": "image/webp"}
_FAMILY = quoteattr(", ".join((*(f"'{font}'" for font in FONTS), "sans-serif")))
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML may hold, not even escaped (XML 1.0 §2.2)."""


def page(items: Iterable[Item], sheets: Sheets) -> str:
    body = "\n".join(part for item in items for part in _item(item, sheets))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'width="{WIDTH}" height="{HEIGHT}">\n{body}\n</svg>\n'
    )


def _item(item: Item, sheets: Sheets) -> Iterator[str]:
    match item:
        case Fill(path, colour, alpha, grain) if path:
            alpha *= GRAINS[grain]
            yield f'<path d="{data(path)}" fill="{colour}"{_opacity("fill", alpha)}/>'
        case Line() if item.path:
            yield _line(item)
        case Words():
            yield _words(item)
        case Sheet():
            yield _sheet(item, sheets(item.name))
        case Group(matrix, items):
            yield f'<g transform="matrix({" ".join(_number(value, 5) for value in matrix)})">'
            for inner in items:
                yield from _item(inner, sheets)
            yield "</g>"


def data(path: Path) -> str:
    """The ``d`` of a path."""
    return "".join(letter + " ".join(_number(value) for value in values) for letter, values in path)


def plain(text: str) -> str:
    """What XML may hold of a text, escaped."""
    return escape(_NO_XML.sub("", text))


def _line(item: Line) -> str:
    ends = ' stroke-linecap="round" stroke-linejoin="round"' if item.soft else ""
    dash = f' stroke-dasharray="{_number(item.dash)}"' if item.dash else ""
    return (
        f'<path d="{data(item.path)}" fill="none" stroke="{item.colour}" '
        f'stroke-width="{_number(item.width)}"{ends}{dash}{_opacity("stroke", item.alpha)}/>'
    )


def _words(item: Words) -> str:
    anchor = f' text-anchor="{item.anchor}"' if item.anchor != "start" else ""
    return (
        f'<text x="{_number(item.x)}" y="{_number(item.base)}" font-size="{_number(item.size)}" '
        f'font-family={_FAMILY} fill="{item.colour}" xml:space="preserve"{anchor}>'
        f"{plain(item.text)}</text>"
    )


def _sheet(item: Sheet, data: bytes | None) -> str:
    """The sheet itself inside; its name in its place where it is not kept."""
    box = " ".join(
        f'{name}="{_number(value)}"'
        for name, value in zip(
            ("x", "y", "width", "height"),
            (item.x, item.y, item.width, item.height),
            strict=True,
        )
    )
    if data is None:
        return f'<rect {box} fill="none" stroke="#7a7468" stroke-dasharray="10"/>'
    kept = "xMidYMid meet" if item.whole else "none"
    coded = f"data:{MIMES[item.name.rpartition('.')[2]]};base64,{b64encode(data).decode()}"
    return f'<image {box} preserveAspectRatio="{kept}" href="{coded}"/>'


def _opacity(what: str, alpha: float) -> str:
    return "" if alpha == 1 else f' {what}-opacity="{_number(alpha, 3)}"'


def _number(value: float, digits: int = 2) -> str:
    text = f"{value:z.{digits}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
