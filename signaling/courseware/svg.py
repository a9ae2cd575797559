"""Sanitises a page of SVG: an allow-list decides what stays, and everything is written anew."""

import base64
import binascii
import re
from collections.abc import Callable
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from synclass.errors import Refused

from . import css, paths
from .allowed import ATTRIBUTES, ELEMENTS, SVG, THROUGH, XLINK, is_fine, references
from .weight import Weight

DEEPEST = 200  # elements inside of elements
LONGEST = 4 * 1024 * 1024  # characters of a sanitised page: 300 kB gzip are about 1.5 million
PICTURE_PARTS = 50  # a picture is drawn as slowly as so many shapes
BOARD = (1920.0, 1080.0)  # what a page is fitted into
_REFERRING = ("use", "linearGradient", "radialGradient", "pattern")
_DATA = re.compile(r"data:image/(?:png|jpeg|jpg|webp|gif);base64,([A-Za-z0-9+/=\s]*)")
_LENGTH = re.compile(r"\s*([\d.]+(?:e[-+]?\d+)?)\s*(px|pt|mm|cm|in|pc|Q)?\s*")
_UNITS = {"px": 1.0, "pt": 4 / 3, "pc": 16.0, "in": 96.0, "cm": 96 / 2.54, "mm": 96 / 25.4}
_UNITS |= {"Q": 96 / 101.6, "": 1.0}
_LENGTHS = frozenset({"x", "y", "width", "height", "x1", "y1", "x2", "y2", "cx", "cy", "r"})

Picture = Callable[[bytes], tuple[str, bytes] | None]
"""Makes a picture inside a page small and safe: its MIME type and bytes, or None to drop it."""


class Drawing:
    """A page that has been sanitised."""

    def __init__(self, text: str, width: float, height: float) -> None:
        self.text = text
        self.width = width
        self.height = height


def clean(data: bytes, picture: Picture, *, shorten: bool = False) -> Drawing:
    """The page with only what is allowed in it.

    ``shorten`` rounds coordinates to what an eye can see, which is right for what pdftocairo
    writes: its styles name no lengths.  Raises Refused("broken-file") for what is no SVG or has
    entities of its own, ("too-heavy") for what would hold a browser up, ("bad-size").
    """
    writer = _Writer(picture, shorten=shorten)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    parser.StartDoctypeDeclHandler = _no_entities
    parser.EntityDeclHandler = _no_entity
    parser.StartElementHandler = writer.start
    parser.EndElementHandler = writer.end
    parser.CharacterDataHandler = writer.words
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, UnicodeError, ValueError) as error:
        raise Refused("broken-file", "this SVG cannot be read") from error
    return writer.finish()


def _no_entities(name: str, system: str | None, public: str | None, inside: int) -> None:
    if inside:
        raise Refused("broken-file", "an SVG with entities of its own: save it as plain SVG")


def _no_entity(*declared: object) -> None:
    raise Refused("broken-file", "an SVG with entities of its own: save it as plain SVG")


class _Writer:
    """Hears the parser and writes what may stay."""

    def __init__(self, picture: Picture, *, shorten: bool) -> None:
        self._picture = picture
        self._shorten = shorten
        self._out: list[str] = []
        self._length = 0
        self._open: list[str] = []
        """What is open: the element's name, or "" for one whose content stays without it."""
        self._skipped = 0
        """How many elements of a dropped one are open."""
        self._sheet = ""
        self._size = (0.0, 0.0)
        self._scales: list[float] = []
        """Pixels of the board to a unit, under all the transforms around."""
        self._weight = Weight()

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        space, _, name = tag.rpartition(" ")
        if len(self._open) + self._skipped > DEEPEST:
            raise Refused("too-heavy", "this drawing has parts in parts without end")
        if not self._open and (space, name) != (SVG, "svg"):
            raise Refused("broken-file", "this is no SVG")
        if self._skipped or space != SVG or name not in ELEMENTS | THROUGH:
            self._skipped += 1
        elif name in THROUGH:
            self._open.append("")
        elif name == "image":
            self._image(attributes)
        else:
            self._begin(name, attributes)

    def end(self, tag: str) -> None:
        if self._skipped:
            self._skipped -= 1
            return
        name = self._open.pop()
        if name:
            self._scales.pop()
            self._weight.leave()
            self._write(f"{self._sheet_text()}</{name}>" if name == "style" else f"</{name}>")

    def words(self, text: str) -> None:
        if self._skipped or not self._open:
            return
        if self._open[-1] == "style":
            self._sheet += text
        elif self._open[-1] in ("text", "tspan"):
            self._write(escape(text))

    def finish(self) -> Drawing:
        self._weight.check()
        return Drawing("".join(self._out), *self._size)

    def _sheet_text(self) -> str:
        text, drawn = css.sheet(self._sheet)
        for name, id_ in drawn:
            self._weight.refer(id_, by=f"class {name}")
        return escape(text)

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        if not self._open:
            self._root(attributes)
        else:
            self._grow(attributes)
            self._element(name, attributes)
        self._open.append(name)
        if name == "style":
            self._sheet = ""

    def _root(self, attributes: dict[str, str]) -> None:
        """The page itself: its size in numbers that every browser reads alike."""
        box = _box(attributes)
        self._size = (box[2], box[3])
        self._scales.append(min(BOARD[0] / box[2], BOARD[1] / box[3]))
        view = " ".join(f"{value:g}" for value in box)
        kept = {n: v for n, v in attributes.items() if n not in ("viewBox", "width", "height")}
        kept = {n: v for n, v in kept.items() if n not in ("x", "y", "preserveAspectRatio")}
        size = f'width="{box[2]:g}" height="{box[3]:g}" viewBox="{view}"'
        self._element(f'svg xmlns="{SVG}" {size}', kept)

    def _grow(self, attributes: dict[str, str]) -> None:
        grown = _growth(attributes.get("transform", ""))
        self._scales.append(self._scales[-1] * max(grown, 1e-6))

    def _element(self, head: str, attributes: dict[str, str], parts: int = 1) -> None:
        kept = {name: self._value(name, value) for name, value in attributes.items()}
        self._weight.enter(kept.get("id", ""), parts)
        drawn = [id_ for value in kept.values() for id_ in references(value)]
        drawn += [f"class {name}" for name in kept.get("class", "").split()]
        if head in _REFERRING and (target := _target(attributes)):
            drawn.append(target[1:])
            kept["href"] = target
        for id_ in drawn:
            self._weight.refer(id_)
        words = [f" {name}={quoteattr(value)}" for name, value in kept.items() if value]
        self._write(f"<{head}{''.join(words)}>")

    def _value(self, name: str, value: str) -> str:
        """What stays of an attribute: "" where it goes."""
        if name == "style":
            return css.declarations(value)
        if name not in ATTRIBUTES or not is_fine(name, value):
            return ""
        if self._shorten and name == "d":
            return paths.shortened(value, paths.step(self._scales[-1]))
        if self._shorten and name in _LENGTHS:
            return _rounded(value, paths.step(self._scales[-1]))
        return value

    def _image(self, attributes: dict[str, str]) -> None:
        """A picture inside the page, made anew; the element has no content of its own."""
        found = _DATA.fullmatch(_href(attributes))
        made = self._picture(_decoded(found[1])) if found else None
        if made is None:
            self._skipped += 1
            return
        mime, data = made
        kept = {n: v for n, v in attributes.items() if n not in ("href", f"{XLINK} href")}
        self._grow(attributes)
        coded = base64.b64encode(data).decode()
        self._element(f'image href="data:{mime};base64,{coded}"', kept, PICTURE_PARTS)
        self._open.append("image")

    def _write(self, text: str) -> None:
        self._length += len(text)
        if self._length > LONGEST:
            raise Refused("too-heavy", "this drawing is too large")
        self._out.append(text)


def _href(attributes: dict[str, str]) -> str:
    return attributes.get("href") or attributes.get(f"{XLINK} href", "")


def _target(attributes: dict[str, str]) -> str:
    """A place in this same page, as ``#id``; "" for any other."""
    href = _href(attributes).strip()
    return href if re.fullmatch(r"#[\w.:-]+", href, re.ASCII) else ""


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text)
    except (binascii.Error, ValueError):
        return b""


def _box(attributes: dict[str, str]) -> tuple[float, float, float, float]:
    """The view box; of a page that has none, its size."""
    numbers = re.findall(r"[-+]?[\d.]+(?:e[-+]?\d+)?", attributes.get("viewBox", ""))
    try:
        box = [float(number) for number in numbers]
    except ValueError:
        box = []
    if len(box) != 4:
        box = [
            0.0,
            0.0,
            _pixels(attributes.get("width", "")),
            _pixels(attributes.get("height", "")),
        ]
    if not (0.001 <= box[2] <= 1e6 and 0.001 <= box[3] <= 1e6 and abs(box[0]) + abs(box[1]) < 1e7):
        raise Refused("bad-size", "this SVG does not say how large it is")
    return box[0], box[1], box[2], box[3]


def _pixels(length: str) -> float:
    found = _LENGTH.fullmatch(length)
    try:
        return float(found[1]) * _UNITS[found[2] or ""] if found else 0.0
    except ValueError:
        return 0.0


def _growth(transform: str) -> float:
    """How much larger things become under a transform: the square root of its determinant."""
    grown = 1.0
    for name, inside in re.findall(r"(matrix|scale)\s*\(([^)]*)\)", transform):
        numbers = [float(n) for n in re.findall(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?", inside)]
        if name == "scale" and numbers:
            grown *= abs(numbers[0] * numbers[-1]) ** 0.5
        elif len(numbers) == 6:
            a, b, c, d = numbers[:4]
            grown *= max(abs(a * d - b * c) ** 0.5, (a * a + b * b) ** 0.5, (c * c + d * d) ** 0.5)
    return grown


def _rounded(value: str, size: float) -> str:
    try:
        return paths.number(float(value), size)
    except ValueError:
        return value
