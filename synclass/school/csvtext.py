"""Tables as text, as offices send them: GB18030 or UTF-8 in, and out what no spreadsheet runs."""

import csv
import io
from collections.abc import Iterable, Iterator

from ..errors import Malformed

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for a formula where a cell begins with it."""
MARK = "'"
"""Before such a cell in what we write: spreadsheets show it as text, and we take it away again."""
LONGEST_CELL = 2000
"""Characters; the longest we write is a list of listening rooms."""
MOST_COLUMNS = 60


def decoded(data: bytes) -> str:
    """UTF-8 with or without its mark, or GB18030, in which Chinese offices save; else Malformed."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Malformed("this is neither UTF-8 nor GB18030: save it as CSV again")


def rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """The rows with the line each ends on; raises Malformed where a quotation never ends."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        for row in reader:
            cells = [*map(str.strip, row)]
            if any(cells):
                yield reader.line_num, _unmarked(cells[: MOST_COLUMNS + 1])
    except csv.Error as error:
        raise Malformed(f"line {reader.line_num}: {error}") from error


def written(table: Iterable[Iterable[str]]) -> bytes:
    """For any spreadsheet: UTF-8 with its mark, and no cell that begins like a formula."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerows([_shown(cell) for cell in row] for row in table)
    return text.getvalue().encode("utf-8-sig")


def _shown(cell: str) -> str:
    return MARK + cell if cell.lstrip(MARK).startswith(FORMULA) else cell


def _unmarked(cells: list[str]) -> list[str]:
    """Most lines have no mark at all: a million lines are looked at."""
    return [*map(_read, cells)] if MARK in "".join(cells) else cells


def _read(cell: str) -> str:
    marked = cell.startswith(MARK) and cell.lstrip(MARK).startswith(FORMULA)
    return cell[len(MARK) :] if marked else cell
