"""Reads and verifies a lesson by docs/lesson-format.md alone: nothing of ours is imported here."""

import hashlib
import json
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgpack
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

OPS = {"marks.put": 2, "marks.edited": 3, "page.cleared": 1}
"""Where a fact has its op."""


@dataclass
class Mark:
    body: list[Any]
    op: int
    edits: list[tuple[int, list[Any]]] = field(default_factory=list)


@dataclass
class Page:
    marks: dict[int, Mark] = field(default_factory=dict)
    off: set[int] = field(default_factory=set)
    layers: dict[str, list[list[Any]]] = field(default_factory=dict)
    """What is shown over it, by who wrote it: [number, body] of each mark."""


@dataclass
class Board:
    order: list[int] = field(default_factory=lambda: [1])
    front: int = 1
    papers: dict[int, list[Any]] = field(default_factory=lambda: {1: ["blank", ""]})
    pages: dict[int, Page] = field(default_factory=lambda: {1: Page()})
    grows: dict[int, Mark] = field(default_factory=dict)
    op: int = 0
    """The highest below 2^20."""


@dataclass
class Seen:
    """A mark as it looks in the end."""

    body: list[Any]
    matrices: list[list[float]]
    colour: int | None
    text: str | None
    runs: list[list[tuple[int, int, int]]]


def read(folder: Path) -> Board:
    board = Board()
    for _seq, _ms, _by, _n, fact in entries(folder):
        fold(board, fact)
    return board


def entries(folder: Path) -> Iterator[list[Any]]:
    link = bytes(16)
    for number in range(1, 1 + len(list(folder.glob("*.log")))):
        data = (folder / f"{number:06}.log").read_bytes()
        magic, version, here, before, crc = struct.unpack_from(">8sII16sI", data)
        if (magic, version, here, before) != (b"synclass", 1, number, link):
            return
        if crc != zlib.crc32(data[:32]):
            return
        at = 36
        while len(data) - at >= 24:
            length, crc, said = struct.unpack_from(">II16s", data, at)
            payload = data[at + 24 : at + 24 + length]
            link = hashlib.blake2b(link + payload, digest_size=16).digest()
            if len(payload) < length or said != link:
                return
            if crc != zlib.crc32(data[at : at + 4] + said + payload):
                return
            yield from msgpack.unpackb(payload, strict_map_key=False)
            at += 24 + length
        if at < len(data):
            return


def verify(folder: Path, key: str) -> None:
    """Raises where the lesson is not what the holder of this key has signed."""
    line, second = (folder / "manifest.jsonl").read_bytes().splitlines()
    signature = bytes.fromhex(json.loads(second)["signature"])
    Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(signature, line)
    manifest = json.loads(line)
    assert (manifest["kind"], manifest["version"]) == ("synclass manifest", 1)
    for segment in manifest["log"]:
        data = (folder / "log" / segment["name"]).read_bytes()[: segment["bytes"]]
        at = link = 0
        for _ in range(segment["records"]):
            at = at + 24 + struct.unpack_from(">I", data, at)[0] if at else 36
            link = at + 8
        length = struct.unpack_from(">I", data, at)[0]
        assert (at + 24 + length, data[link : link + 16].hex()) == (len(data), segment["link"])
    for file in manifest["files"]:
        data = (folder / file["name"]).read_bytes()
        blocks = (data[at : at + 65536] for at in range(0, len(data), 65536))
        root = hashlib.sha256(b"".join(hashlib.sha256(block).digest() for block in blocks))
        assert (len(data), root.hexdigest()) == (file["bytes"], file["hash"]), file["name"]


def unlock(medium: Path, key: bytes) -> bytes:
    """A locked file's head and clusters as they were; its index is left away."""
    data, beside = medium.read_bytes(), Path(f"{medium}.idx").read_bytes()
    (head,) = struct.unpack_from(">I", beside, 8)
    *_, end, _key = struct.unpack(">IIQQ?", beside[-25:])
    mark, counter = data[head - 24 : head - 16], int.from_bytes(data[head - 16 : head])
    assert mark == b"synlock1"
    start = (counter + head // 16) % (1 << 128)
    turning = Cipher(algorithms.AES256(key), modes.CTR(start.to_bytes(16))).decryptor()
    return data[:head] + turning.update(bytes(head % 16) + data[head:end])[head % 16 :]


def fold(board: Board, fact: list[Any]) -> None:
    tag, *given = fact
    if tag in OPS:
        board.op = given[OPS[tag]]
    order_pages(board, tag, given)
    put_marks(board, tag, given)
    change_marks(board, tag, given)
    show_layers(board, tag, given)


def order_pages(board: Board, tag: str, given: list[Any]) -> None:
    match tag, given:
        case "page.added", [page, paper, place, *_]:
            board.pages[page], board.papers[page] = Page(), paper
            board.order.insert(place, page)
        case "page.turned", [page, *_]:
            board.front = page
        case "page.moved", [page, place, *_]:
            board.order.remove(page)
            board.order.insert(place, page)
        case "page.removed", [page, *_]:
            board.order.remove(page)
        case "page.restored", [page, place, *_]:
            board.order.insert(place, page)
        case "page.papered", [page, background, *_]:
            board.papers[page] = [background, *board.papers[page][1:]]


def put_marks(board: Board, tag: str, given: list[Any]) -> None:
    match tag, given:
        case "ink.begun", [stroke, page, pen, ink, *_]:
            mark = board.pages[page].marks[stroke] = Mark(["ink", pen, ink], stroke)
            board.grows[stroke] = mark
        case "ink", [stroke, ink, *_]:
            board.grows[stroke].body[2] += ink
        case "marks.put", [page, marks, op, *_]:
            for number, body in marks:
                board.pages[page].marks[number] = Mark(body, op)
        case "layer.promoted", [_, page, marks, *_]:
            board.op += 1
            for number, body in marks:
                board.pages[page].marks.setdefault(number, Mark(body, board.op))


def change_marks(board: Board, tag: str, given: list[Any]) -> None:
    match tag, given:
        case "marks.edited", [page, numbers, edit, op, *_]:
            for number in numbers:
                if number in board.pages[page].marks:
                    board.pages[page].marks[number].edits.append((op, edit))
        case "page.cleared", [page, op, *_]:
            for number in seen(board.pages[page]):
                board.pages[page].marks[number].edits.append((op, ["hide"]))
        case "op.undone", [page, op, *_]:
            board.pages[page].off.add(op)
        case "op.redone", [page, op, *_]:
            board.pages[page].off.discard(op)


def show_layers(board: Board, tag: str, given: list[Any]) -> None:
    match tag, given:
        case "layer.shown" | "layer.hidden" | "layer.promoted", [who, page, *more]:
            board.pages[page].layers.pop(who, None)
            if tag == "layer.shown":
                board.pages[page].layers[who] = more[0]


def seen(page: Page) -> dict[int, Seen]:
    """What is to be seen of a page, the lowest mark first."""
    looks = {}
    for number, mark in page.marks.items():
        edits = [edit for op, edit in mark.edits if op not in page.off]
        if mark.op not in page.off and all(edit[0] != "hide" for edit in edits):
            looks[number] = _seen(number, mark, edits)
    return looks


def _seen(number: int, mark: Mark, edits: list[list[Any]]) -> Seen:
    look = Seen(mark.body, [], None, None, [])
    hidden = set[int]()
    for edit in edits:
        match edit:
            case ["cut", spans, *_]:
                for cut, start, end in spans:
                    hidden |= set(range(start, end)) if cut == number else set()
            case ["place", by, *_]:
                look.matrices.append(by)
            case ["tint", colour, *_]:
                look.colour = colour
            case ["rewrite", text, *_]:
                look.text = text
    if mark.body[0] == "ink":
        look.runs = _runs(stroke(mark.body[2]), hidden)
    return look


def _runs(points: list[tuple[int, int, int]], hidden: set[int]) -> list[list[tuple[int, int, int]]]:
    runs: list[list[tuple[int, int, int]]] = [[]]
    for n, point in enumerate(points):
        if n in hidden:
            runs.append([])
        else:
            runs[-1].append(point)
    return [run for run in runs if run]


def stroke(ink: bytes) -> list[tuple[int, int, int]]:
    """The points of a stroke: x and y in units, and pressure."""
    bits = _Bits(ink)
    x = y = dx = dy = p = 0
    points = []
    while bits.at < 8 * len(ink):
        if bits.take(1):
            x, y, p = _signed(bits.take(14)), _signed(bits.take(14)), bits.take(5)
            dx = dy = 0
            points.append((x, y, p))
        count, k, pressed = bits.take(6), bits.take(3), bits.take(1)
        for _ in range(count):
            dx += bits.rice(k)
            dy += bits.rice(k)
            x, y = x + dx, y + dy
            p += bits.rice(0) if pressed else 0
            points.append((x, y, p))
        bits.at += -bits.at % 8
    return points


def _signed(value: int) -> int:
    return value - (1 << 14) if value & (1 << 13) else value


class _Bits:
    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def take(self, count: int) -> int:
        value = 0
        for at in range(self.at, self.at + count):
            byte = self.data[at // 8] if at // 8 < len(self.data) else 0
            value = 2 * value + (byte >> (7 - at % 8) & 1)
        self.at += count
        return value

    def rice(self, k: int) -> int:
        ones = 0
        while ones < 12 and self.take(1):
            ones += 1
        value = self.take(17) if ones == 12 else (ones << k) + self.take(k)
        return -(value + 1) // 2 if value % 2 else value // 2
