"""The outlines of a formula are the same numbers in the browser and on paper."""

import base64
import random
from typing import Any

from synclass.outlines import Outline, Piece, Said

from ..outlined import HALF, box, packed
from .browser import browser


def svg(piece: Piece) -> str:
    spots = ((letter, zip(values[::2], values[1::2], strict=True)) for letter, values in piece.path)
    return "".join(letter + " ".join(f"{x} {y}" for x, y in places) for letter, places in spots)


def test_the_browser_reads_what_is_drawn_on_paper() -> None:
    [seen] = browser([("outline", packed(HALF))])
    assert (seen["width"], seen["height"]) == (HALF.width, HALF.height)
    pieces = [part for part in HALF.parts if isinstance(part, Piece)]
    assert seen["pieces"] == [{"line": one.line, "path": svg(one)} for one in pieces]
    assert seen["words"] == [part._asdict() for part in HALF.parts if isinstance(part, Said)]


def test_the_browser_packs_what_the_lesson_reads() -> None:
    far = Outline(70_000, 9, [Piece(300, box(-20_000, -9, 90_000, 128))])
    asked = [("packed", one.width, one.height, one.parts) for one in (HALF, far)]
    assert [base64.b64decode(one) for one in browser(asked)] == [packed(HALF), packed(far)]


def test_no_bytes_at_all_keep_the_browser_from_going_on() -> None:
    dice = random.Random(1)
    noise = [dice.randbytes(dice.randrange(99)) for _ in range(300)]
    endless = bytes((9, 9, 1, 255, 255, 255, 127, 1))
    assert len(browser([("outline", one) for one in (*noise, endless)])) == len(noise) + 1


def test_of_a_bracket_only_what_is_seen_through_its_window_is_left() -> None:
    bar: list[list[Any]] = [["M", [0, -900]], ["L", [100, -900]], ["Q", [150, 0, 100, 900]]]
    bar += [["L", [0, 900]], ["Z", []]]
    cut, whole, gone = browser(
        [
            ("clipped", bar, [-10, -400, 500, 400]),
            ("clipped", bar, [-10, -900, 500, 900]),
            ("clipped", bar, [200, -400, 500, 400]),
        ]
    )
    assert whole == bar and gone == []
    spots = [at for _, at in cut if at]
    assert {(x, y) for x, y in spots if x == 0} == {(0, -400), (0, 400)}
    assert max(x for x, _ in spots) == 125
    assert {y for _, y in spots if abs(y) > 380} == {-400, 400}
