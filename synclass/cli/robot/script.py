"""What the robots' lesson is about: the pages of the board, and what is said beside them."""

import random
from collections.abc import Iterator
from fractions import Fraction

from msgspec import Struct

from ...marks import Background, Pen
from .glyphs import Line, cake, fraction, ribbon, text

TITLE, SUBJECT = "分数的意义", "数学"
ROOMS = (
    *("草兴小学", "双庙中心校", "逸夫小学", "石桥小学"),
    *("青山小学", "白水小学", "大坪小学", "柳林小学"),
)

CHALK, BLUE, RED, GREEN = (Pen("pen", colour, width) for colour, width in
                           ((0, 20), (1, 20), (2, 24), (3, 20)))  # fmt: skip
MARKER = Pen("highlighter", 4, 90)

SPOKEN = (
    "同学们好，今天我们学习分数的意义。",
    "把一个蛋糕平均分成四份，每一份是它的四分之一。",
    "请大家想一想，两个四分之一是多少？",
    "分母表示平均分成多少份，分子表示取了多少份。",
    "谁来说一说，二分之一和四分之一，哪一个大？",
    "说得很好，请坐。我们继续看黑板。",
)
ANSWERS = (
    "老师好，我来回答。两个四分之一就是二分之一。",
    "我觉得二分之一大，因为分的份数少。",
    "老师，分成八份，取三份，就是八分之三。",
)
WORDS = (
    "请大家拿出练习本",
    "能看清黑板吗？",
    "请把这一页抄下来",
    "想好了就举手",
    "1/2 和 2/4 一样大吗？",
    "做得很好！",
)
REPLIES = ("看得清", "老师，我们写好了", "听得很清楚", "1/2 = 2/4", "我们有一个问题")


class Part(Struct, frozen=True):
    """Something written in one go."""

    pen: Pen
    lines: list[Line]


class Sheet(Struct, frozen=True):
    """One page of the board, in the order it is written."""

    background: Background
    parts: list[Part]


def sheets(dice: random.Random) -> Iterator[Sheet]:
    """The lesson's pages, then exercises without end."""
    yield _title()
    yield _halves()
    yield _ribbons()
    while True:
        yield _exercises(dice)


def _title() -> Sheet:
    return Sheet(
        "blank",
        [
            Part(CHALK, text(TITLE, 480, 70, 150)),
            Part(RED, [((470, 250), (900, 246), (1310, 252))]),
            *_a_cake(330, 520, parts=2, eaten=1),
            *_a_cake(870, 520, parts=4, eaten=1),
            *_a_cake(1410, 520, parts=8, eaten=3),
            Part(GREEN, text("一半=", 260, 900, 90)),
            Part(GREEN, fraction(1, 2, 560, 860, 170)),
            Part(CHALK, text("二分之一", 760, 900, 90)),
            Part(MARKER, [((750, 945), (1180, 943))]),
        ],
    )


def _halves() -> Sheet:
    parts = [Part(CHALK, text("大小", 120, 60, 110))]
    for row, (few, many) in enumerate(((2, 4), (3, 6), (4, 8))):
        y = 260 + 270 * row
        parts += [
            Part(BLUE, cake(220, y + 90, 100, parts=few, eaten=1)),
            Part(CHALK, fraction(1, few, 400, y, 190)),
            Part(RED, text(">", 540, y + 50, 100)),
            Part(CHALK, fraction(1, many, 680, y, 190)),
            Part(BLUE, cake(920, y + 90, 100, parts=many, eaten=1)),
            Part(CHALK, fraction(1, few, 1180, y, 190)),
            Part(GREEN, text("=", 1310, y + 50, 100)),
            Part(CHALK, fraction(2, many, 1430, y, 190)),
        ]
    return Sheet("grid", parts)


def _ribbons() -> Sheet:
    parts = [Part(CHALK, text("分数", 120, 50, 110))]
    for row, (count, marked) in enumerate(((2, 1), (3, 2), (4, 3), (5, 2), (6, 5))):
        y = 210 + 165 * row
        parts += [
            Part(BLUE, ribbon(140, y, 1100, parts=count, marked=marked)),
            Part(RED, fraction(marked, count, 1340, y - 22, 134)),
            Part(CHALK, text(f"{count}个", 1500, y, 80)),
        ]
    return Sheet("lines", parts)


def _exercises(dice: random.Random) -> Sheet:
    parts: list[Part] = []
    for row in range(4):
        for column in range(2):
            parts += _sum(dice, 120 + 900 * column, 70 + 250 * row)
    return Sheet("blank", parts)


def _sum(dice: random.Random, x: float, y: float) -> Iterator[Part]:
    under = dice.randrange(3, 10)
    first = dice.randrange(1, under)
    second = dice.randrange(1, under)
    sign = "+" if first + second <= under else "-"
    result = Fraction(first + second if sign == "+" else abs(first - second), under)
    larger, smaller = (first, second) if sign == "+" else (max(first, second), min(first, second))
    yield Part(CHALK, fraction(larger, under, x, y, 180))
    yield Part(CHALK, text(sign, x + 110, y + 55, 80))
    yield Part(CHALK, fraction(smaller, under, x + 220, y, 180))
    yield Part(CHALK, text("=", x + 340, y + 55, 80))
    if result.denominator == 1:
        yield Part(RED, text(str(result.numerator), x + 450, y + 45, 100))
    else:
        yield Part(RED, fraction(result.numerator, result.denominator, x + 450, y, 180))


def _a_cake(x: float, y: float, *, parts: int, eaten: int) -> list[Part]:
    return [
        Part(BLUE, cake(x, y, 170, parts=parts, eaten=eaten)),
        Part(CHALK, fraction(eaten, parts, x + 200, y - 90, 180)),
    ]
