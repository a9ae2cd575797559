"""Draws on a Skia canvas, as the browser does: pages as PNG, and a board as PDF."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

import resvg_py
import skia

from .book import Sheets
from .drawing import FONTS, HEIGHT, INKS, WIDTH, Fill, Group, Item, Line, Path, Sheet, Words, box
from .grain import FINE, TILE, opacities

POINTS = 0.5  # PDF points to a pixel: a page is 13.33 x 7.5 inches, as slides are
SHARP = 2  # pixels of a raster to one of the board, where a sheet cannot be drawn as lines
_NOT_LINES = re.compile(rb"<(?:image|text|mask|filter|pattern)\b")
_SIZE = re.compile(rb'viewBox="[\d.eE+-]+[ ,]+[\d.eE+-]+[ ,]+([\d.eE+-]+)[ ,]+([\d.eE+-]+)"')


def png(items: Iterable[Item], sheets: Sheets, width: int = WIDTH) -> bytes:
    surface = skia.Surface(width, round(width * HEIGHT / WIDTH))
    canvas = surface.getCanvas()
    canvas.scale(width / WIDTH, width / WIDTH)
    draw(canvas, items, sheets)
    return bytes(surface.makeImageSnapshot().encodeToData())


def pdf(pages: Iterable[Iterable[Item]], sheets: Sheets, title: str) -> bytes:
    """Vectors and letters stay what they are, so that words can be found and copied."""
    stream = skia.DynamicMemoryWStream()
    about = skia.PDF.Metadata()
    about.fTitle, about.fCreator = title, "synclass"
    document = skia.PDF.MakeDocument(stream, about)
    for items in pages:
        canvas = document.beginPage(WIDTH * POINTS, HEIGHT * POINTS)
        canvas.scale(POINTS, POINTS)
        draw(canvas, items, sheets)
        document.endPage()
    document.close()
    return bytes(stream.detachAsData())


def draw(canvas: skia.Canvas, items: Iterable[Item], sheets: Sheets) -> None:
    for item in items:
        match item:
            case Fill():
                canvas.drawPath(_path(item.path), _filled(item))
            case Line():
                canvas.drawPath(_path(item.path), _pen(item))
            case Words():
                _words(canvas, item)
            case Sheet():
                _sheet(canvas, item, sheets(item.name))
            case Group((a, b, c, d, e, f), inner):
                canvas.save()
                canvas.concat(skia.Matrix.MakeAll(a, c, e, b, d, f, 0, 0, 1))
                draw(canvas, inner, sheets)
                canvas.restore()


def _path(path: Path) -> skia.Path:
    drawn = skia.Path()
    act = {"M": drawn.moveTo, "L": drawn.lineTo, "Q": drawn.quadTo, "C": drawn.cubicTo}
    for letter, values in path:
        if letter == "Z":
            drawn.close()
        else:
            act[letter](*values)
    return drawn


def _paint(colour: str, alpha: float = 1.0) -> skia.Paint:
    rgb = int(colour[1:], 16)
    return skia.Paint(Color=round(255 * alpha) << 24 | rgb, AntiAlias=True)


def _filled(item: Fill) -> skia.Paint:
    paint = _paint(item.colour, item.alpha)
    if item.grain:
        paint.setShader(_grain(item.grain))
    return paint


@lru_cache(maxsize=2)
def _grain(part: str) -> skia.Shader:
    """Holes alone; the colour is the paint's."""
    tile = skia.Image.frombytes(opacities(part), (TILE, TILE), skia.ColorType.kAlpha_8_ColorType)
    smooth = skia.SamplingOptions(skia.FilterMode.kLinear)
    again = skia.TileMode.kRepeat
    return tile.makeShader(again, again, smooth, skia.Matrix.Scale(FINE, FINE))


def _pen(item: Line) -> skia.Paint:
    paint = _paint(item.colour, item.alpha)
    paint.setStyle(skia.Paint.kStroke_Style)
    paint.setStrokeWidth(item.width)
    if item.soft:
        paint.setStrokeCap(skia.Paint.kRound_Cap)
        paint.setStrokeJoin(skia.Paint.kRound_Join)
    if item.dash:
        paint.setPathEffect(skia.DashPathEffect.Make([item.dash, item.dash], 0))
    return paint


def _words(canvas: skia.Canvas, item: Words) -> None:
    """A line in the first font that has each letter; narrowed where its box is too small."""
    runs = [(text, skia.Font(face, item.size)) for text, face in _runs(item.text)]
    widths = [font.measureText(text) for text, font in runs]
    whole = sum(widths)
    narrow = min(1.0, item.most / whole) if item.most and whole else 1.0
    x = {"start": 0.0, "middle": -whole / 2, "end": -whole}[item.anchor]
    canvas.save()
    canvas.translate(item.x, item.base)
    canvas.scale(narrow, 1)
    for (text, font), width in zip(runs, widths, strict=True):
        font.setSubpixel(True)
        canvas.drawString(text, x, 0, font, _paint(item.colour))
        x += width
    canvas.restore()


def _runs(text: str) -> Sequence[tuple[str, skia.Typeface]]:
    runs = list[tuple[str, skia.Typeface]]()
    for letter in text:
        face = _face(letter)
        if runs and runs[-1][1] is face:
            runs[-1] = (runs[-1][0] + letter, face)
        else:
            runs.append((letter, face))
    return runs


@lru_cache(maxsize=4096)
def _face(letter: str) -> skia.Typeface:
    for face in _faces():
        if face.unicharToGlyph(ord(letter)):
            return face
    other = skia.FontMgr().matchFamilyStyleCharacter("", skia.FontStyle(), ["zh"], ord(letter))
    return other or _faces()[0]


@lru_cache(maxsize=1)
def _faces() -> list[skia.Typeface]:
    """The fonts of the board that this machine has, and at least one."""
    fonts, style = skia.FontMgr(), skia.FontStyle()
    found = [fonts.matchFamilyStyle(name, style) for name in FONTS]
    named = [face for face, name in zip(found, FONTS, strict=True) if _is(face, name)]
    any_chinese = fonts.matchFamilyStyleCharacter("", style, ["zh"], ord("课"))
    return named or [any_chinese or skia.Typeface()]


def _is(face: skia.Typeface | None, name: str) -> bool:
    return face is not None and face.getFamilyName() == name


def _sheet(canvas: skia.Canvas, item: Sheet, data: bytes | None) -> None:
    """A kept sheet: as lines where it is made of lines only; a frame where it is not kept."""
    dom = _lines_of(item, data) if data else None
    image = _image(item, data) if data and dom is None else None
    size = dom.containerSize() if dom is not None else None
    canvas.save()
    canvas.clipRect(skia.Rect.MakeXYWH(item.x, item.y, item.width, item.height))
    if dom is not None and size is not None:
        canvas.concat(_fitted(size.width(), size.height(), item))
        _under(canvas, item, size.width(), size.height())
        dom.render(canvas)
    elif image is not None:
        canvas.concat(_fitted(image.width(), image.height(), item))
        _under(canvas, item, image.width(), image.height())
        smooth = skia.SamplingOptions(skia.FilterMode.kLinear, skia.MipmapMode.kLinear)
        canvas.drawImage(image, 0, 0, smooth)
    else:
        frame = box(item.x, item.y, item.width, item.height)
        canvas.drawPath(_path(frame), _pen(Line(frame, INKS[7], 2, dash=10)))
    canvas.restore()


def _under(canvas: skia.Canvas, item: Sheet, width: float, height: float) -> None:
    """A page of courseware lies on white, as its author saw it."""
    if item.whole:
        canvas.drawRect(skia.Rect.MakeWH(width, height), _paint("#ffffff"))


def _lines_of(item: Sheet, data: bytes) -> skia.SVGDOM | None:
    """Skia draws lines and fills of an SVG; what has more in it is drawn by resvg as pixels."""
    size = _SIZE.search(data)
    if not item.name.endswith(".svg") or size is None or _NOT_LINES.search(data):
        return None
    older = data.replace(b' href="#', b' xlink:href="#')  # Skia knows no other, as in SVG 1.1
    dom = skia.SVGDOM.MakeFromStream(skia.MemoryStream(older))
    if dom is not None and dom.containerSize().isEmpty():
        dom.setContainerSize(skia.Size(float(size[1]), float(size[2])))
    return None if dom is None or dom.containerSize().isEmpty() else dom


def _image(item: Sheet, data: bytes) -> skia.Image | None:
    if item.name.endswith(".svg"):
        data = resvg_py.svg_to_bytes(data.decode(), width=round(SHARP * max(1, item.width)))
    return skia.Image.MakeFromEncoded(skia.Data.MakeWithCopy(data))


def _fitted(width: float, height: float, item: Sheet) -> skia.Matrix:
    """From a size into the box: stretched as a picture, kept in proportion as a page."""
    across, down = item.width / width, item.height / height
    if item.whole:
        across = down = min(across, down)
    x = item.x + (item.width - across * width) / 2
    y = item.y + (item.height - down * height) / 2
    return skia.Matrix.MakeAll(across, 0, x, 0, down, y, 0, 0, 1)
