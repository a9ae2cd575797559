"""Reads a packed lesson by docs/lesson-format.md alone: nothing of ours is imported here."""

import json
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgpack

TOOLS = ["pen", "highlighter", "chalk"]


def about(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(zipfile.ZipFile(path).read("lesson.json"))
    assert (found["format"], found["version"]) == ("synclass.lesson", 1)
    return found


def lines(path: Path) -> Iterator[tuple[int, int, list[Any]]]:
    """(seq, ms, fact) of everything that happened; of ink its points instead of its bytes."""
    with zipfile.ZipFile(path) as found:
        for name in found.namelist():
            if name.startswith("log/"):
                yield from chunk(found.read(name))


def chunk(data: bytes) -> Iterator[tuple[int, int, list[Any]]]:
    inflated = list(zlib.decompress(data[1:], wbits=-15))[::-1]
    columns = [[inflated.pop() for _ in range(number(inflated))][::-1] for _ in range(15)]
    kinds, others, people, seqs, times, _asks, strokes, pages, pens, *shape = columns
    pen, seq = dict[int, list[int]](), 0
    while kinds:
        if not (kind := number(kinds)):
            payload = bytes(others.pop() for _ in range(number(others)))
            yield from ((e[0], e[1], e[4]) for e in msgpack.unpackb(payload, strict_map_key=False))
            continue
        if (who := number(people)) not in pen:
            pen[who] = [0] * 7  # stroke, begun, ticks, and where the pen is: x y dx dy
            [people.pop() for _ in range(number(people))]
        mine = pen[who]
        seq, mine[0] = seq + number(seqs), mine[0] + number(strokes)
        told = [number(pages), TOOLS[number(pens)], number(pens), number(pens)] if kind & 4 else []
        written = points(shape, mine, kind & 4)
        count = len(written)
        ms = mine[1] + round((mine[2] + count) * 1000 / 120) + number(times)
        mine[1:3] = [ms, 0] if told else [mine[1], mine[2] + count]
        fact = ["ink.begun", mine[0], told[0], told[1:]] if told else ["ink", mine[0]]
        yield seq, ms, [*fact, written, bool(kind & 2)]


def points(shape: list[list[int]], pen: list[int], first: int) -> list[tuple[int, int, int]]:
    """Those of the pen put down as they lie; else as they would, begun at 0, 0, standing still."""
    counts, lefts, tops, xs, ys, pressures = shape
    count, x, y, dx, dy, p, found = number(counts), 0, 0, 0, 0, 16, list[tuple[int, int, int]]()
    if first:
        x, y, p = pen[3] + number(lefts), pen[4] + number(tops), p + number(pressures)
        found, pen[3:] = [(x, y, p)], [x, y, 0, 0]
    for _ in range(count - len(found)):
        ddx, ddy, p = number(xs), number(ys), p + number(pressures)
        dx, dy, pen[5], pen[6] = dx + ddx, dy + ddy, pen[5] + ddx, pen[6] + ddy
        x, y, pen[3], pen[4] = x + dx, y + dy, pen[3] + pen[5], pen[4] + pen[6]
        found.append((x, y, p))
    return found


def number(column: list[int]) -> int:
    value, scale = 0, 1
    while (byte := column.pop()) > 127:
        value, scale = value + (byte - 128) * scale, scale * 128
    value += byte * scale
    return -(value + 1) // 2 if value % 2 else value // 2
