"""A PDF, page by page: its size and words by PDFium, its lines by pdftocairo, its pixels if not."""

import ctypes
import shutil
import subprocess
from pathlib import Path
from typing import Self

import pypdfium2
from PIL import Image

from synclass.errors import Refused

from . import pictures, svg

MOST_PAGES = 200
SMALLEST, LARGEST = 10.0, 14_400.0  # points: ISO 32000 annex C.2 allows 14,400, five metres
SLIMMEST = 12.0  # times as long as wide: beyond it nobody could read it on a board
MOST_WORDS = 20_000  # characters kept of a page for searching
PATIENCE = 20.0  # seconds for one page's lines; a usual one takes 0.03
WIDE, HIGH = 1920, 1080


class Pdf:
    """An open PDF.  Raises Refused: "broken-file", "locked", "too-many-pages", "bad-size"."""

    def __init__(self, path: Path, folder: Path) -> None:
        self._path = path
        self._folder = folder
        self._tool = shutil.which("pdftocairo")
        try:
            self._file = pypdfium2.PdfDocument(path)
        except pypdfium2.PdfiumError as error:
            if "password" in str(error).lower():
                raise Refused("locked", "this PDF has a password: take it off first") from error
            raise Refused("broken-file", "this PDF is damaged") from error
        if not 0 < len(self._file) <= MOST_PAGES:
            raise Refused("too-many-pages", f"courseware has at most {MOST_PAGES} pages")

    def __len__(self) -> int:
        return len(self._file)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def size(self, n: int) -> tuple[float, float]:
        """Width and height of a page in points."""
        width, height = self._page(n).get_size()
        sides = sorted((width, height))
        if not (sides[0] >= SMALLEST and sides[1] <= min(LARGEST, sides[0] * SLIMMEST)):
            raise Refused("bad-size", f"page {n + 1} has a size that fits on no board")
        return width, height

    def words(self, n: int) -> str:
        """What stands on a page, for searching."""
        try:
            layer = self._page(n).get_textpage()
            text = layer.get_text_range(count=min(MOST_WORDS, layer.count_chars()))
        except pypdfium2.PdfiumError:
            return ""
        return " ".join(text.split())

    def lines(self, n: int) -> svg.Drawing | None:
        """The page as a drawing; None where there is no pdftocairo or it cannot do this page."""
        made = self._folder / "page.svg"
        made.unlink(missing_ok=True)
        if self._tool is None:
            return None
        command = [self._tool, "-svg", "-f", str(n + 1), "-l", str(n + 1)]
        command += [str(self._path), str(made)]
        try:
            subprocess.run(command, timeout=PATIENCE, check=True, capture_output=True)
            return svg.clean(made.read_bytes(), pictures.inside, shorten=True)
        except (subprocess.SubprocessError, OSError, Refused):
            return None

    def pixels(self, n: int) -> Image.Image:
        """The page as a picture as large as it is on a wall."""
        width, height = self.size(n)
        scale = min(WIDE / width, HIGH / height)
        try:
            drawn = self._page(n).render(scale=scale, rev_byteorder=True)
        except pypdfium2.PdfiumError as error:
            raise Refused("broken-file", f"page {n + 1} of this PDF is damaged") from error
        pixels = ctypes.string_at(drawn.buffer, drawn.stride * drawn.height)
        raw = {1: "L", 3: "RGB", 4: "RGBX"}[drawn.n_channels]
        size = (drawn.width, drawn.height)
        mode = "L" if raw == "L" else "RGB"
        return Image.frombytes(mode, size, pixels, "raw", raw, drawn.stride)

    def _page(self, n: int) -> pypdfium2.PdfPage:
        try:
            return self._file[n]
        except pypdfium2.PdfiumError as error:
            raise Refused("broken-file", f"page {n + 1} of this PDF is damaged") from error
