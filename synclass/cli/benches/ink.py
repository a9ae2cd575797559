"""Handwriting in bytes: live, on the line, in the archive; and the same strokes as others send."""

import random
import time
from collections.abc import Iterator
from itertools import groupby
from math import dist

import msgspec
from msgspec import Struct

from recorder.columns import SPAN, pack

from ...ink import UNIT, Chain, Point, decode_stroke, encode
from ...lesson import Entry
from ...strokes import AddInk, BeginStroke, InkAdded, StrokeBegun
from ...wire import record
from ...words import ParticipantId
from . import line
from .handwriting import HEIGHT_OF_LETTERS, Spot, pen, points, writing

STROKES = 1500
HOUR = 3600.0
BURST = (5.0, 25.0)  # seconds a teacher writes without a pause
WRITES = 21 / 60  # of the hour
JITTER = 0.004  # seconds: what timers and lines add to when a batch comes
BATCHES = {"50": 6, "100": 12}  # points, by milliseconds


class Ink(Struct):
    strokes: int
    points: int
    bytes_per_point: float
    """In batches of 100 ms."""
    bytes_per_point_50ms: float
    max_error_px: float
    encode_us_per_batch: float
    log_kb_per_hour: float
    """As the live log keeps it, of an hour with 21 minutes of writing."""
    archive_kb_per_hour: float
    excalidraw_bytes_per_point: float
    tldraw_bytes_per_point: float
    wire_kbit_s: float
    """Down to a room, while a teacher writes without a pause: TLS, TCP and IP counted."""
    wire_up_kbit_s: float
    silence_kbit_s: float


async def measure(*, strokes: int = STROKES, seconds: float = 20.0) -> Ink:
    dice = random.Random(line.SEED)
    lines = writing(dice, HEIGHT_OF_LETTERS)
    hands = [pen(next(lines), dice) for _ in range(strokes)]
    kept = [points(hand) for hand in hands]
    count = sum(map(len, kept))
    batches = [batch for one in kept for batch in _packed(one, BATCHES["100"])]
    log, archive = _hour()
    wire = await line.measure(seconds)
    return Ink(
        strokes=strokes,
        points=count,
        bytes_per_point=sum(map(len, batches)) / count,
        bytes_per_point_50ms=sum(len(b) for o in kept for b in _packed(o, BATCHES["50"])) / count,
        max_error_px=max(map(_error, hands, kept)),
        encode_us_per_batch=_us_per_batch(kept),
        log_kb_per_hour=log / 1000,
        archive_kb_per_hour=archive / 1000,
        excalidraw_bytes_per_point=sum(len(_excalidraw(hand)) for hand in hands) / count,
        tldraw_bytes_per_point=sum(len(_tldraw(hand)) for hand in hands) / count,
        wire_kbit_s=wire.down_kbit_s,
        wire_up_kbit_s=wire.up_kbit_s,
        silence_kbit_s=wire.silence_kbit_s,
    )


def _packed(found: list[Point], size: int) -> Iterator[bytes]:
    chain = Chain()
    for start in range(0, len(found), size):
        yield encode(chain, found[start : start + size], first=start == 0)


def _error(hand: list[Spot], kept: list[Point]) -> float:
    """How far the ink that is read is from where the hand was, in board pixels."""
    read = decode_stroke(b"".join(_packed(kept, BATCHES["100"])))
    return max(
        dist((x / UNIT, y / UNIT), spot[:2]) for (x, y, _), spot in zip(read, hand, strict=True)
    )


def _us_per_batch(kept: list[list[Point]]) -> float:
    before = time.process_time()
    batches = sum(1 for one in kept for _ in _packed(one, BATCHES["100"]))
    return (time.process_time() - before) / batches * 1e6


def _hour() -> tuple[int, int]:
    """Bytes of an hour's ink in the log, and in the archive; written in batches of 50 ms."""
    log = archive = 0
    for _, chunk in groupby(_records(), key=lambda timed: timed[0] // SPAN):
        records = [data for _, data in chunk]
        log += sum(map(len, records))
        archive += len(pack(records))
    return log, archive


def hour() -> Iterator[tuple[float, float, BeginStroke | AddInk]]:
    """When each batch was due, and came, in seconds; and the command."""
    dice, shift = random.Random(line.SEED), 0.0
    rest = dice.uniform(*BURST)
    for at, command in line.written(HOUR * WRITES, size=BATCHES["50"]):
        if isinstance(command, BeginStroke) and at > rest:
            burst = dice.uniform(*BURST)
            shift, rest = shift + burst * (1 / WRITES - 1), at + burst
        yield at + shift, at + shift + dice.gauss(0, JITTER), command


def _records() -> Iterator[tuple[float, bytes]]:
    """When each batch was due, and its record."""
    for seq, (at, came, command) in enumerate(hour(), 1):
        by = ParticipantId("u-wang")
        yield at, record([Entry(seq, round(1000 * came), by, seq, _fact(command))])


def _fact(command: BeginStroke | AddInk) -> StrokeBegun | InkAdded:
    fields = [getattr(command, name) for name in command.__struct_fields__]
    return StrokeBegun(*fields) if isinstance(command, BeginStroke) else InkAdded(*fields)


def _excalidraw(hand: list[Spot]) -> bytes:
    """The fields of its element, with the numbers a browser has."""
    x, y, _ = hand[0]
    element = {
        **{"id": "fnU9jIrGWjOKbc9jHzRRn", "type": "freedraw", "x": x, "y": y, "angle": 0},
        **{"width": 99.5, "height": 99.5, "strokeColor": "#1e1e1e", "strokeWidth": 2},
        **{"backgroundColor": "transparent", "fillStyle": "solid", "strokeStyle": "solid"},
        **{"roughness": 1, "opacity": 100, "groupIds": [], "frameId": None, "index": "a1"},
        **{"roundness": None, "seed": 1278240551, "version": 42, "versionNonce": 1591024729},
        **{"isDeleted": False, "boundElements": [], "updated": 1, "link": None, "locked": False},
        **{"points": [[px - x, py - y] for px, py, _ in hand], "simulatePressure": False},
        **{"pressures": [pressure for _, _, pressure in hand], "lastCommittedPoint": None},
    }
    return msgspec.json.encode(element)


def _tldraw(hand: list[Spot]) -> bytes:
    """The fields of its shape; coordinates are rounded to two places, as it does."""
    x, y, _ = hand[0]
    drawn = [
        {"x": round(px - x, 2), "y": round(py - y, 2), "z": round(pressure, 2)}
        for px, py, pressure in hand
    ]
    shape = {
        **{"id": "shape:fnU9jIrGWjOKbc9jHzRRn", "typeName": "shape", "type": "draw"},
        **{"x": x, "y": y, "rotation": 0, "index": "a1", "parentId": "page:page"},
        **{"isLocked": False, "opacity": 1, "meta": {}},
        "props": {
            **{"segments": [{"type": "free", "points": drawn}], "color": "black", "fill": "none"},
            **{"dash": "draw", "size": "m", "isComplete": True, "isClosed": False, "isPen": True},
            "scale": 1,
        },
    }
    return msgspec.json.encode(shape)
