"""Pictures, decoded and encoded anew: nothing of the file but its pixels comes through."""

import io
import warnings
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from synclass.errors import Refused

MOST_PIXELS = 60_000_000  # a telephone's camera has 50 million; four bytes each while it is decoded
WIDEST, HIGHEST = 1920, 1920  # a page fills at most a wall of 1920x1080, turned ones its height
QUALITY = 80  # of WebP: nobody sees the difference on a wall, a third of the bytes of 95
FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
LOSSLESS = 0.9  # of the lossy size and below: drawings and text, which lossy blurs
Image.MAX_IMAGE_PIXELS = MOST_PIXELS
Image.init()


def to_webp(data: bytes | Path) -> tuple[bytes, int, int]:
    """A picture as WebP, at most a wall's size, and its width and height.

    Raises Refused("broken-file") / ("too-large").
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            source = io.BytesIO(data) if isinstance(data, bytes) else data
            with Image.open(source, formats=FORMATS) as file:
                picture = _plain(file)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Refused("too-large", "this picture has too many pixels") from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError) as error:
        raise Refused("broken-file", "this picture is damaged") from error
    return encode(picture), picture.width, picture.height


def inside(data: bytes) -> tuple[str, bytes] | None:
    """A picture inside a page, made small; None where it cannot be read: the page goes on."""
    try:
        made, _, _ = to_webp(data)
    except Refused:
        return None
    return "image/webp", made


def encode(picture: Image.Image) -> bytes:
    """The smaller of a lossy and a lossless WebP."""
    lossy, exact = io.BytesIO(), io.BytesIO()
    picture.save(lossy, "WEBP", quality=QUALITY, method=4)
    colours = picture.convert("RGB").getcolors(4096)  # None: more, so it is a photograph
    if colours is not None:
        picture.save(exact, "WEBP", lossless=True, quality=60, method=3)
        if len(exact.getvalue()) < LOSSLESS * len(lossy.getvalue()):
            return exact.getvalue()
    return lossy.getvalue()


def _plain(file: Image.Image) -> Image.Image:
    """Its pixels the right way up, in RGB or RGBA and no larger than a wall shows."""
    file.draft("RGB", (WIDEST, HIGHEST))  # a JPEG need not be decoded larger than it is shown
    picture = ImageOps.exif_transpose(file)
    clear = "A" in picture.getbands() or "transparency" in picture.info
    picture = picture.convert("RGBA" if clear else "RGB")
    picture.thumbnail((WIDEST, HIGHEST))
    picture.info.clear()
    return picture
