"""Short lessons that several tests of films use: ink, a page turned, words, a voice, a picture."""

from pathlib import Path

from recorder.shelf import FileShelf
from recorder.timeline import Publisher
from synclass import wire
from synclass.channel import Command
from synclass.conduct import Begin, End, Join, Open
from synclass.inclass.chat import Say, To
from synclass.inclass.pages import AddPages, Paper
from synclass.ink import Chain, encode
from synclass.lesson import Entry
from synclass.marks import SEAT, Pen
from synclass.strokes import AddInk, BeginStroke
from synclass.toolbox import new_lesson
from synclass.words import SYSTEM, LessonId, Participant, ParticipantId, Role

from .. import studio
from ..test_deck import deck_of, play

LESSON = LessonId("lesson")
TEACHER = Participant(ParticipantId("u-wang"), "王老师", Role.TEACHER, "中心小学")
ROOM = Participant(ParticipantId("room-1"), "溪口小学", Role.CLASSROOM, "溪口小学")
BELL = 2.0  # lesson seconds
PEN = Pen("pen", 2, 40)
Script = list[tuple[float, Participant, Command]]


def a_line(stroke: int, page: int, *, y: int, at: float) -> Script:
    """A second of writing, from left to right in ten batches."""
    chain = Chain()
    points = [(400 + 40 * n, y, 16) for n in range(120)]
    said: Script = []
    for n in range(0, 120, 12):
        ink, last = encode(chain, points[n : n + 12], first=n == 0), n == 108
        told = AddInk(stroke, ink, last) if n else BeginStroke(stroke, page, PEN, ink, last)
        said.append((at + n / 120, TEACHER, told))
    return said


def a_class(seconds: float = 20.0) -> Script:
    """Lesson seconds: the bell at 2, a line at 4, a page at 10, a line at 12, the end."""
    script: Script = [
        (0.0, SYSTEM, Open(1, 1.7e9, "boot:0", "分数的意义", "数学", "王老师")),
        (0.5, TEACHER, Join()),
        (1.0, ROOM, Join()),
        (BELL, TEACHER, Begin()),
        *a_line(SEAT + 1, 1, y=1000, at=BELL + 2),
        (BELL + 5, ROOM, Say("我们看见了")),
        (BELL + 6, ROOM, Say("老师，声音小", To.TEACHERS)),
        (BELL + 8, TEACHER, AddPages([Paper("grid")])),
        *a_line(SEAT + 2, 2, y=3000, at=BELL + 10),
    ]
    end = BELL + seconds
    return [*(line for line in script if line[0] < end), (end, TEACHER, End())]


def entries(script: Script) -> list[Entry]:
    """What the script becomes in the log."""
    lesson, log = new_lesson(), list[Entry]()
    for at, by, command in sorted(script, key=lambda line: line[0]):
        found = lesson.decide(by, command, at)
        lesson.apply(found)
        log += found
    return log


def kept(data: Path, log: list[Entry]) -> FileShelf:
    shelf = FileShelf(data)
    journal = shelf.journal(LESSON)
    for entry in log:
        journal.append(wire.record([entry]))
    journal.close()
    return shelf


def spoken(
    data: Path, who: ParticipantId, *, start: float, seconds: float, tone: tuple[float, float]
) -> None:
    """A recorded voice from this lesson second on: silence, and a tone in the midst of it."""
    voice = studio.opus_tone(seconds, begins=tone[0], ends=tone[1])
    deck = deck_of(data, "voice", "opus", Publisher(), who=who, lesson=LESSON)
    play(deck, studio.sound_packets(voice, start=start))
    deck.close(start + seconds)
