"""Homework: what a teacher sets, what a pupil hands in, and the marks on top of it."""

from enum import StrEnum

from msgspec import Struct

from ..errors import Malformed, Refused
from ..ink import LONGEST_BATCH, check_batch, decode_stroke
from ..words import LessonId

LONGEST_TASK = 2000
"""Characters of a task, and of what is typed for it."""
LONGEST_REMARK = 500
LONGEST_MARK = 12
"""Characters of a mark: 优, A+, 95, 甲上."""
LONGEST_PUPIL = 40
MOST_STROKES = 1500
MOST_INK = 200_000
"""Bytes of a sheet's ink: a page written full has a tenth of it."""
WIDEST, HIGHEST = 1920, 1080
"""What a sheet's ink may measure: a picture is fitted into a board, and so is a sheet of paper."""


class Kind(StrEnum):
    TYPED = "typed"
    PHOTO = "photo"
    INKED = "inked"


class Stroke(Struct, frozen=True):
    colour: int
    """0..7, an index into the palette."""
    width: int
    """Units, 4..255."""
    ink: bytes
    """As synclass/ink.py packs it."""


class Homework(Struct, frozen=True):
    id: str
    lesson: LessonId
    text: str
    due: float
    """Wall time."""
    code: str
    """Eight digits by which a pupil's device hands in."""
    made_at: float
    version: int = 0


class Work(Struct, frozen=True):
    """What one pupil handed in, and what the teacher made of it."""

    id: str
    homework: str
    pupil: str
    school: str
    kind: Kind
    text: str
    ink: list[Stroke]
    width: int
    """Of the sheet on which ink and marks lie, in board pixels."""
    height: int
    handed_at: float
    by: str
    """The account that handed it in, "" for a device."""
    receipt: str
    """Whoever has it reads this work, and hands it in again."""
    marks: list[Stroke] = []
    mark: str = ""
    remark: str = ""
    marked_at: float = 0.0
    returned_at: float = 0.0
    version: int = 0


def plain(text: str) -> str:
    """Lines without what no keyboard writes: a zero byte is no letter of any database."""
    return "".join(one for one in text if one.isprintable() or one == "\n").strip()


def check_task(text: str, due: float, now: float) -> str:
    """The task as it is kept; raises Refused("bad-text") or ("bad-moment")."""
    if not 0 < len(text := plain(text)) <= LONGEST_TASK:
        raise Refused("bad-text", f"a task has 1 to {LONGEST_TASK} characters")
    if not now < due < now + 366 * 24 * 3600:
        raise Refused("bad-moment", "it is due after today and within a year")
    return text


def check_pupil(name: str, school: str) -> tuple[str, str]:
    """Name and school as they are kept; raises Refused("bad-text")."""
    name, school = (" ".join(text.split()) for text in (name, school))
    if not all(0 < len(text) <= LONGEST_PUPIL and text.isprintable() for text in (name, school)):
        raise Refused("bad-text", f"name and school have 1 to {LONGEST_PUPIL} characters")
    return name, school


def check_typed(text: str) -> str:
    """Raises Refused("bad-text")."""
    if not 0 < len(text := plain(text)) <= LONGEST_TASK:
        raise Refused("bad-text", f"1 to {LONGEST_TASK} characters are handed in")
    return text


def check_sheet(width: int, height: int) -> None:
    """Raise Refused("bad-size") for what no board holds."""
    if not (0 < width <= WIDEST and 0 < height <= HIGHEST):
        raise Refused("bad-size", f"a sheet is at most {WIDEST}x{HIGHEST}")


def check_ink(strokes: list[Stroke], *, empty: bool) -> None:
    """Raise Refused("too-large") or Malformed for ink that no pen wrote; ``empty`` is it none."""
    if not strokes and not empty:
        raise Refused("bad-text", "nothing is written on this sheet")
    if len(strokes) > MOST_STROKES or sum(len(one.ink) for one in strokes) > MOST_INK:
        raise Refused("too-large", "more is written than a sheet holds")
    for stroke in strokes:
        check_batch(stroke.ink[:LONGEST_BATCH], first=True)
        if not (0 <= stroke.colour < 8 and 4 <= stroke.width <= 255):
            raise Malformed("a pen has one of eight colours and a width of 4 to 255")
        if len(decode_stroke(stroke.ink)) > 8 * len(stroke.ink):
            raise Malformed("ink of more points than it has bits")


def as_pupil_sees(work: Work) -> Work:
    """Without what the teacher has not returned yet."""
    if work.returned_at:
        return work
    return Work(
        **{name: getattr(work, name) for name in _HANDED},
        version=work.version,
    )


_HANDED = (
    *("id", "homework", "pupil", "school", "kind", "text", "ink", "width", "height"),
    *("handed_at", "by", "receipt"),
)
