"""How a mark looks is the same in every browser, and what was undone leaves no trace."""

import base64
import random
from collections.abc import Iterable, Sequence
from typing import Any

from msgspec import Raw

from synclass.channel import Fact
from synclass.inclass.board import Board, MarksEdited, MarksPut, OpRedone, OpUndone, PageCleared
from synclass.lesson import Entry
from synclass.marks import SEAT, Cut, Formula, Hide, Mark, NewMark, Pen, Place, Rewrite, Tint
from synclass.strokes import StrokeBegun
from synclass.words import SYSTEM

from ..outlined import HALF, packed
from ..plausible import ink_first, play
from ..test_folds import frames
from .browser import browser

SEEDS = range(60)
LONG = 300  # steps of a lesson: marks must be there before they are changed
Look = list[Any]


def looks(logs: list[list[Entry]]) -> list[list[Any]]:
    return browser([("look", frames(log)) for log in logs])


def model(number: int, mark: Mark, off: list[int]) -> Look | None:
    """What is on, in the order of the log, one after another."""
    on = [change.edit for change in mark.changes if change.op not in off]
    if mark.op in off or any(isinstance(edit, Hide) for edit in on):
        return None
    matrix: list[float] | None = None
    for edit in on:
        if isinstance(edit, Place):
            matrix = moved(matrix, edit.by)
    colours = [edit.colour for edit in on if isinstance(edit, Tint)]
    texts = [edit.text for edit in on if isinstance(edit, Rewrite)]
    outlines = [coded(edit.outline) for edit in on if isinstance(edit, Rewrite)]
    spans = [span for edit in on if isinstance(edit, Cut) for span in edit.spans]
    hidden = {n for whose, a, b in spans if whose == number for n in range(a, b)}
    return [
        matrix,
        *(said[-1] if said else None for said in (colours, texts, outlines)),
        edges(hidden),
    ]


def coded(packed: bytes) -> str:
    return base64.b64encode(packed).decode()


def moved(first: list[float] | None, then: Sequence[float]) -> list[float]:
    if first is None:
        return list(then)
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return [
        *(p * a + r * b, q * a + s * b, p * c + r * d, q * c + s * d),
        *(p * e + r * f + t, q * e + s * f + u),
    ]


def edges(hidden: set[int]) -> list[int]:
    """Where hidden points begin and end, in turn."""
    return sorted(n for n in hidden | {n + 1 for n in hidden} if (n in hidden) != (n - 1 in hidden))


def test_every_mark_looks_as_its_edits_that_are_on_say() -> None:
    lessons = [play(seed, LONG) for seed in SEEDS]
    reached = set[str]()
    for (live, _), answer in zip(lessons, looks([log for _, log in lessons]), strict=True):
        board = live.channel("board")
        assert isinstance(board, Board)
        for (number, seen), page in zip(answer, board.pages.values(), strict=True):
            want = {n: model(n, mark, page.off) for n, mark in page.marks.items()}
            assert seen == [[*pair] for pair in want.items()], f"page {number}"
            reached |= {kind for look in want.values() for kind in kinds(look)}
    assert reached == {"hidden", "matrix", "colour", "text", "cuts", "as it was"}


def kinds(look: Look | None) -> set[str]:
    if look is None:
        return {"hidden"}
    names = zip(("matrix", "colour", "text", "outline", "cuts"), look, strict=True)
    return {name for name, value in names if value} or {"as it was"}


def test_whoever_erased_first_what_is_left_is_the_same() -> None:
    logs = [rubbed(random.Random(seed)) for seed in range(30)]
    other = [[log[0], *random.Random(0).sample(log[1:], len(log) - 1)] for log in logs]
    one = looks(logs)
    assert looks([numbered(entry.fact for entry in log) for log in other]) == one
    assert all(len(answer[0][1][0][1][4]) > 2 for answer in one), "pieces, not one piece"


def rubbed(dice: random.Random) -> list[Entry]:
    """A stroke, and nine touches of the eraser."""
    stroke = StrokeBegun(SEAT, 1, Pen("pen", 0, 12), ink_first(dice), True)
    spans = [(SEAT, n, n + dice.randrange(1, 9)) for n in dice.sample(range(200), 9)]
    cuts = [MarksEdited(1, [SEAT], Cut([span]), n, n % 2) for n, span in enumerate(spans, 1)]
    return numbered([stroke, *cuts])


def numbered(facts: Iterable[Fact | Raw]) -> list[Entry]:
    return [Entry(seq, seq, SYSTEM.id, 0, fact) for seq, fact in enumerate(facts, 1)]


def test_what_was_undone_leaves_no_trace() -> None:
    """Undone in any order, a page looks as if it had never been done."""
    never, undone = [], []
    for seed in SEEDS:
        facts = [entry.fact for entry in play(seed, LONG)[1]]
        facts = [fact for fact in facts if not isinstance(fact, PageCleared)]  # hides what is seen
        touched = {fact.op for fact in facts if isinstance(fact, OpUndone | OpRedone)}
        edits = [f for f in facts if isinstance(f, MarksEdited) and f.op not in touched]
        gone = random.Random(seed).sample(edits, (len(edits) + 1) // 2)
        never.append(numbered(fact for fact in facts if fact not in gone))
        undone.append(numbered([*facts, *(OpUndone(f.page, f.op, f.seat) for f in gone)]))
    assert looks(undone) == looks(never)
    assert sum(map(len, undone)) > sum(map(len, never)) + 60, "there was something to undo"


def test_a_formula_written_anew_has_the_outlines_that_came_with_it() -> None:
    formula = NewMark(SEAT, Formula(0, 0, "1/2", 160, 0, packed(HALF)))
    anew = Rewrite("1/3", packed(HALF._replace(width=700)))
    facts = [MarksPut(1, [formula], 1, 1), MarksEdited(1, [SEAT], anew, 2, 1), OpUndone(1, 2, 1)]
    now, before = looks([numbered(facts[:2]), numbered(facts)])
    assert now == [[1, [[SEAT, [None, None, "1/3", coded(anew.outline), []]]]]]
    assert before == [[1, [[SEAT, [None, None, None, None, []]]]]]


def test_lines_are_broken_between_words_and_no_line_begins_with_a_comma() -> None:
    texts = [
        ("half of a cake", 6),
        ("分数的意义，是什么", 5),
        ("incomprehensible", 6),
        ("一\n二三", 1),
    ]
    assert browser([("broken", *text) for text in texts]) == [
        "half \u2028of a \u2028cake",
        "分数的意义，\u2028是什么",
        "incomp\u2028rehens\u2028ible",
        "一\n二\u2028三",
    ]
