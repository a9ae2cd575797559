"""Files as teachers bring them, and as nobody should: made here, byte by byte."""

import io
import zipfile
from collections.abc import Mapping

from PIL import Image

SLIDE = (960.0, 540.0)


def pdf(
    pages: int = 1, *, size: tuple[float, float] = SLIDE, draws: str = "", text: str = ""
) -> bytes:
    """A PDF with these many pages; each says which it is and draws a square and what is asked."""
    objects: list[bytes] = [b"<</Type/Catalog/Pages 2 0 R>>", b""]
    font = len(objects) + 1
    objects.append(b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>")
    kids = []
    for n in range(pages):
        words = (
            f"BT /F1 24 Tf 40 40 Td ({text or 'page'} {n + 1}) Tj ET\n40 80 200 120 re f\n{draws}"
        )
        objects.append(_stream(words.encode()))
        box = f"[0 0 {size[0]:g} {size[1]:g}]"
        page = f"<</Type/Page/Parent 2 0 R/MediaBox{box}/Contents {len(objects)} 0 R"
        objects.append(f"{page}/Resources<</Font<</F1 {font} 0 R>>>>>>".encode())
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<</Type/Pages/Count {pages}/Kids[{' '.join(kids)}]>>".encode()
    return joined(objects)


def _stream(data: bytes) -> bytes:
    return b"<</Length %d>>stream\n%s\nendstream" % (len(data), data)


def joined(objects: list[bytes]) -> bytes:
    """Numbered objects with a table of where they are (ISO 32000 §7.5)."""
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    end = b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
    start = b"trailer<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF" % (size, len(out))
    return bytes(out) + end + start


def picture(kind: str = "PNG", size: tuple[int, int] = (320, 180), **more: object) -> bytes:
    """A photograph of nothing: each pixel another colour."""
    image = Image.linear_gradient("L").resize(size)
    colours = Image.merge("RGB", (image, image.rotate(90), image.rotate(180)))
    out = io.BytesIO()
    colours.save(out, kind, **more)
    return out.getvalue()


def office(parts: Mapping[str, bytes] | None = None, main: str = "ppt/presentation.xml") -> bytes:
    """A ZIP that calls itself a deck, with more parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        if main:
            archive.writestr(main, "<presentation/>")
        for name, data in (parts or {}).items():
            archive.writestr(name, data)
    return out.getvalue()


def drawing(
    inside: str = '<rect width="9" height="9"/>', *, head: str = "", root: str = ""
) -> bytes:
    names = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    return f'{head}<svg {names} viewBox="0 0 160 90" {root}>{inside}</svg>'.encode()
