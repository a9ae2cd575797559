"""Path data with as few characters as the eye allows: whole steps, each relative to the last."""

import math
import re
from functools import lru_cache

PIXEL = 0.1  # of the board's 1,920: a step; so no point moves by more than a twentieth of one
_TOKENS = re.compile(r"[MLHVCZ]|[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?")
_SIMPLE = re.compile(r"(?:[MLHVCZ]|[-+\d.e,\s])*")
_TAKES = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6}


def step(scale: float) -> float:
    """The largest of 1, 2, 5 and their tens that is at most PIXEL, at so many pixels a unit."""
    wanted = PIXEL / scale
    tens = 10.0 ** math.floor(math.log10(wanted))
    return next(n * tens for n in (5, 2, 1) if n * tens <= wanted * (1 + 1e-9))


def number(value: float, size: float) -> str:
    """A number in whole steps, without what a reader of SVG does not need."""
    return _written(round(value / size), size)


@lru_cache(100_000)  # a page of text has 10,000 numbers, and they are a few hundred
def _written(steps: int, size: float) -> str:
    digits = max(0, -math.floor(math.log10(size)))
    text = f"{steps * size:.{digits}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    if text in ("-0", ""):
        return "0"
    return text.replace("0.", ".", 1) if text.startswith(("0.", "-0.")) else text


def shortened(d: str, size: float) -> str:
    """The same path in steps of this size; as it was where it is more than M L H V C Z."""
    if not _SIMPLE.fullmatch(d):
        return d
    pen = _Pen(size)
    tokens = _TOKENS.findall(d)
    at = 0
    while at < len(tokens):
        letter = tokens[at]
        takes = _TAKES.get(letter, 0)
        values = tokens[at + 1 : at + 1 + takes]
        if letter not in _TAKES and letter != "Z":
            return d  # numbers that go on without their letter
        if len(values) < takes or any(value in _TAKES or value == "Z" for value in values):
            return d
        at += 1 + takes
        if not (letter == "M" and at >= len(tokens)):  # a last move draws nothing
            pen.draw(letter, [round(float(value) / size) for value in values])
    return "".join(pen.out)


class _Pen:
    """Where the path is, in whole steps."""

    def __init__(self, size: float) -> None:
        self.out: list[str] = []
        self._size = size
        self._x = self._y = 0
        self._start = (0, 0)

    def draw(self, letter: str, values: list[int]) -> None:
        if letter == "Z":
            self.out.append("z")
            self._x, self._y = self._start
            return
        if letter == "H":
            values = [values[0], self._y]
        elif letter == "V":
            values = [self._x, values[0]]
        moved = [v - (self._y if n % 2 else self._x) for n, v in enumerate(values)]
        self._write(letter, moved)
        self._x, self._y = values[-2:]
        if letter == "M":
            self._start = (self._x, self._y)

    def _write(self, letter: str, moved: list[int]) -> None:
        if letter == "M":
            self._put("m", moved)
        elif letter == "C":
            self._put("c", moved)
        elif moved[1] == 0:
            self._put("h", moved[:1])
        elif moved[0] == 0:
            self._put("v", moved[1:])
        else:
            self._put("l", moved)

    def _put(self, letter: str, steps: list[int]) -> None:
        words = [_written(n, self._size) for n in steps]
        text = words[0]
        for word in words[1:]:
            text += word if word.startswith("-") else f" {word}"
        self.out.append(letter + text)
