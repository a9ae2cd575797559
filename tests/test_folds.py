"""The browser folds every lesson to the same state as the server, to the last byte of ink."""

import base64
import os
import random

import msgspec
from msgspec import Raw

from synclass import ink, wire
from synclass.channel import Channel
from synclass.conduct import Join, Leave
from synclass.inclass.board import Board, Let, LetWrite
from synclass.inclass.stage import OnStage, casts
from synclass.lesson import Entry, Lesson
from synclass.marks import SEAT
from synclass.strokes import AddInk, BeginStroke
from synclass.toolbox import new_lesson
from synclass.wire import Entries, Fetched, Line, Welcome
from synclass.words import Participant

from .conftest import PEOPLE, TEACHER, VILLAGE
from .plausible import PENS, Asked, ink_first, ink_more, play
from .test_laws import admitted
from .web.browser import Question, browser, everything, shown

SEEDS = range(2000 if os.environ.get("SYNCLASS_PROOF") else 200)


def frames(log: list[Entry], size: int = 7) -> list[bytes]:
    lines = [(entry.seq, entry.ms, Raw(wire.encode(entry.fact))) for entry in log]
    return [wire.frame(lines[i : i + size]) for i in range(0, len(lines), size)]


def welcome(states: dict[str, Channel], viewer: Participant, lesson: Lesson) -> bytes:
    return wire.encode(Welcome(viewer, 1, 1, lesson.seq, lesson.ms, 0, states))


def test_the_browser_folds_a_lesson_as_the_server_does() -> None:
    lessons = [play(seed) for seed in SEEDS]
    answers = browser([("fold", None, [], frames(log)) for _, log in lessons])
    for seed, (live, _), answer in zip(SEEDS, lessons, answers, strict=True):
        assert answer == shown(everything(live)), f"seed {seed}"


def test_a_stroke_goes_on_alike_when_its_writer_had_left_and_comes_back() -> None:
    """Random lessons seldom come to this."""
    dice, lesson, log = random.Random(1), new_lesson(), list[Entry]()
    begun = [BeginStroke(2 * SEAT + n, 1, PENS[0], ink_first(dice)) for n in (1, 2)]
    begins: list[Asked] = [(who, Join()) for who in (TEACHER, VILLAGE)]
    begins += [(TEACHER, LetWrite(Let.EVERYONE)), *((VILLAGE, one) for one in begun)]
    begins += [
        (VILLAGE, Leave()),
        (VILLAGE, Join()),
        (VILLAGE, AddInk(2 * SEAT + 1, ink_more(dice))),
    ]
    for by, command in begins:
        entries = lesson.decide(by, command, 1.0)
        lesson.apply(entries)
        log += entries
    board = lesson.channel("board")
    assert isinstance(board, Board)
    assert (len(board.drawing), len(board.halted)) == (1, 1)
    [answer] = browser([("fold", None, [], frames(log))])
    assert answer == shown(everything(lesson))


def test_a_late_joiner_sees_what_those_who_were_there_see() -> None:
    """A brief snapshot, then the pages it left out, then the tail."""
    wanted, questions = [], list[Question]()
    for seed in SEEDS:
        dice = random.Random(seed)
        _, log = play(seed)
        cut, viewer = dice.randrange(len(log)), dice.choice(PEOPLE)
        early = new_lesson()
        early.apply(log[:cut])
        tail = [entry for entry in log[cut:] if admitted(entry, viewer)]
        first = welcome(early.brief(viewer), viewer, early)
        questions.append(("fold", first, parts(early), frames(tail, dice.randrange(1, 9))))
        theirs = new_lesson(copies(early.facing(viewer)))
        theirs.apply(tail)
        wanted.append(shown(everything(theirs)))
    for seed, answer, want in zip(SEEDS, browser(questions), wanted, strict=True):
        assert answer == want, f"seed {seed}"


def copies(states: dict[str, Channel]) -> dict[str, Channel]:
    return {
        name: msgspec.msgpack.decode(wire.encode(state), type=type(state))
        for name, state in states.items()
    }


def parts(lesson: Lesson) -> list[bytes]:
    """The pages a late joiner asks for."""
    board = lesson.channel("board")
    assert isinstance(board, Board)
    brief = board.brief(everything(lesson))
    left_out = [number for number, page in brief.pages.items() if not page.here]
    return [
        wire.encode(Fetched("board", key, Raw(wire.encode(board.more(key))))) for key in left_out
    ]


def test_pages_are_left_out_and_fetched_in_these_lessons() -> None:
    assert any(parts(play(seed)[0]) for seed in range(20))


def test_a_fact_of_a_later_version_is_passed_over() -> None:
    strange = Line(0, 0, Raw(msgspec.msgpack.encode(["song.sung", "3/4?"])))
    frame = wire.encode(Entries(1, 5, [strange]))
    [answer] = browser([("fold", None, [], [frame])])
    assert answer == shown(everything(new_lesson()))


def test_the_browser_knows_whom_each_slot_shows() -> None:
    lessons = [play(seed)[0] for seed in SEEDS]
    questions = [
        ("casts", welcome(everything(lesson), viewer, lesson))
        for lesson in lessons
        for viewer in (TEACHER, VILLAGE)
    ]
    answers = iter(browser(questions))
    for lesson in lessons:
        stage = lesson.channel("stage")
        assert isinstance(stage, OnStage)
        for viewer in (TEACHER, VILLAGE):
            assert next(answers) == msgspec.to_builtins(casts(stage, viewer))


def test_ink_is_packed_to_the_same_bytes() -> None:
    batches = [[_walk(random.Random(seed * 9 + i)) for i in range(3)] for seed in SEEDS]
    for points, packed in zip(batches, browser([("encode", b) for b in batches]), strict=True):
        chain = ink.Chain()
        ours = [ink.encode(chain, batch, first=i == 0) for i, batch in enumerate(points)]
        assert [base64.b64decode(batch) for batch in packed] == ours


def test_any_bytes_at_all_are_the_same_ink() -> None:
    dice = random.Random(4)
    junk = [dice.randbytes(dice.randrange(90)) for _ in range(600)]
    whole = [b"".join(_packed(dice)) for _ in range(200)]
    answers = browser([("decode", data) for data in junk + whole])
    for data, points in zip(junk + whole, answers, strict=True):
        assert points == [list(point) for point in ink.decode_stroke(data)]


def _packed(dice: random.Random) -> list[bytes]:
    chain = ink.Chain()
    return [ink.encode(chain, _walk(dice), first=i == 0) for i in range(3)]


def _walk(dice: random.Random) -> list[ink.Point]:
    reach = dice.choice((3, 40, 900, 8000))
    x = y = 0
    points = []
    for _ in range(dice.randrange(1, ink.MOST_POINTS + 1)):
        x = max(-8192, min(8191, x + dice.randrange(-reach, reach + 1)))
        y = max(-8192, min(8191, y + dice.randrange(-reach, reach + 1)))
        points.append((x, y, dice.randrange(32)))
    return points
