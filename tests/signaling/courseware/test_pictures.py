import io
import struct
import zlib

import pytest
from PIL import Image

from signaling.courseware import pictures
from synclass.errors import Refused

from .files import picture


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
def test_a_picture_comes_out_as_webp(kind: str) -> None:
    data, width, height = pictures.to_webp(picture(kind))
    assert opened(data).format == "WEBP" and (width, height) == opened(data).size == (320, 180)


def test_a_large_photograph_becomes_a_walls_size() -> None:
    _, width, height = pictures.to_webp(picture("JPEG", (4000, 3000)))
    assert (width, height) == (1920, 1440)


def test_a_telephones_picture_stands_upright_and_tells_no_place() -> None:
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = 6, "at home"  # turned right; described
    data, width, height = pictures.to_webp(picture("JPEG", (320, 180), exif=exif))
    assert (width, height) == (180, 320)
    assert b"at home" not in data and not opened(data).getexif()


def test_a_drawing_in_few_colours_is_kept_exactly() -> None:
    image = Image.new("RGB", (400, 300), "white")
    image.paste("black", (50, 50, 350, 55))
    out = io.BytesIO()
    image.save(out, "PNG")
    data, _, _ = pictures.to_webp(out.getvalue())
    assert opened(data).convert("RGB").tobytes() == image.tobytes()


def test_what_is_clear_stays_clear() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (8, 8), (255, 0, 0, 0)).save(out, "PNG")
    assert opened(pictures.to_webp(out.getvalue())[0]).getpixel((1, 1))[3] == 0  # type: ignore[index]


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it is as large as a field (PNG §11.2.2)."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(bytes(99)))


def _chunk(name: bytes, data: bytes) -> bytes:
    sealed = struct.pack(">I", zlib.crc32(name + data))
    return struct.pack(">I", len(data)) + name + data + sealed


@pytest.mark.parametrize("size", [(20_000, 20_000), (2**31 - 1, 2**31 - 1), (70_000_000, 1)])
def test_a_picture_as_large_as_a_field_is_refused(size: tuple[int, int]) -> None:
    with pytest.raises(Refused) as refusal:
        pictures.to_webp(bomb(*size))
    assert refusal.value.code == "too-large"


@pytest.mark.parametrize(
    "data", [b"", b"\x89PNG\r\n\x1a\n", picture()[:200], b"\xff\xd8\xff" + b"x" * 99]
)
def test_a_damaged_picture_is_refused_and_inside_a_page_it_is_left_out(data: bytes) -> None:
    with pytest.raises(Refused) as refusal:
        pictures.to_webp(data)
    assert refusal.value.code == "broken-file"
    assert pictures.inside(data) is None
