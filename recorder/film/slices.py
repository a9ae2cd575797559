"""Slices of H.264 put together by hand: a picture of which only some blocks are new.

A picture of a board differs from the one before in a dozen of its 8,160 blocks.  An encoder looks
at all of them, 8 ms long; here those that are new are encoded alone, in a picture of their own,
and its one slice becomes a slice of the large picture.  All other blocks are skipped, in slices of
a few bytes.  Sections are those of H.264.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from synclass.errors import Malformed

from ..bits import Bits

START = b"\0\0\0\1"
IDR, SPS, PPS = 5, 7, 8
PREDICTED, INTRA = 0, 2  # slice_type, §7.4.3
_UNSAFE = re.compile(b"\0\0(?=[\0-\3])")
AGAIN = b"\x41"  # head of a unit: a slice of a picture that is no IDR, and is referred to


class Setup(NamedTuple):
    """What of the parameter sets decides how a slice begins."""

    sps: bytes
    pps: bytes
    frame_bits: int
    """Of frame_num."""


class Piece(NamedTuple):
    """The slice of a small picture, without its beginning."""

    qp: int
    """slice_qp_delta, as it is coded."""
    data: int
    """Bits of macroblocks, and the stop bit behind them."""
    length: int
    """How many bits."""


def units(stream: bytes) -> list[bytes]:
    """The NAL units of an encoder's packet."""
    parts = stream.replace(START, START[1:]).split(START[1:])
    return [part for part in parts if part]


def setup(sps: bytes, pps: bytes) -> Setup:
    """Raises Malformed where slices begin otherwise than they do with x264's fastest settings."""
    bits = Bits(_bare(sps)[4:])  # behind the head, profile and level
    bits.golomb()  # seq_parameter_set_id; no fields of the high profiles in the baseline
    frame_bits = bits.golomb() + 4
    if sps[1] != 66 or bits.golomb() != 2:
        raise Malformed("another order of pictures than that of decoding")
    bits = Bits(_bare(pps)[1:])
    ids, cabac, pic_order, groups = bits.golomb() + bits.golomb(), bits.take(1), bits.take(1), 0
    groups = bits.golomb()
    bits.golomb(), bits.golomb()
    weighted = bits.take(3)
    bits.golomb(), bits.golomb(), bits.golomb()
    deblocking, _, redundant = bits.take(1), bits.take(1), bits.take(1)
    if (ids, cabac, pic_order, groups, weighted, deblocking, redundant) != (0, 0, 0, 0, 0, 1, 0):
        raise Malformed("a slice of this encoder begins otherwise")
    return Setup(sps, pps, frame_bits)


def piece(unit: bytes, of: Setup) -> Piece:
    """Take the slice of an IDR picture apart (§7.3.3); raises Malformed."""
    raw = _bare(unit)
    head = Bits(raw[1:40])
    before = len(raw[1:40]) * 8
    first, kind, _ = head.golomb(), head.golomb(), head.golomb()
    head.take(of.frame_bits)
    head.golomb()  # idr_pic_id
    head.take(2)  # dec_ref_pic_marking
    qp = head.golomb()
    if first or kind % 5 != INTRA or head.golomb() != 1:
        raise Malformed("not the one slice of a picture whose edges are left alone")
    used = before - head.left
    whole = int.from_bytes(raw[1:], "big")
    count = (len(raw) - 1) * 8 - used
    data = whole & ((1 << count) - 1)
    zeros = (data & -data).bit_length() - 1  # behind the stop bit
    return Piece(qp, data >> zeros, count - zeros)


def picture(pieces: Sequence[tuple[int, int, Piece]], blocks: int, frame: int, of: Setup) -> bytes:
    """A picture of so many blocks; of each piece its first block and how many it has, rising."""
    found, at = [], 0
    for first, count, new in pieces:
        if first > at:
            found.append(_skipped(at, first - at, frame, of))
        found.append(_slice(first, INTRA, frame, of, [(new.data, new.length)], qp=new.qp))
        at = first + count
    if at < blocks:
        found.append(_skipped(at, blocks - at, frame, of))
    return b"".join(START + unit for unit in found)


def _skipped(first: int, count: int, frame: int, of: Setup) -> bytes:
    """Blocks as they were in the picture before."""
    return _slice(first, PREDICTED, frame, of, [_golomb(count), (1, 1)], qp=0)


def _slice(
    first: int, kind: int, frame: int, of: Setup, body: list[tuple[int, int]], *, qp: int
) -> bytes:
    parts = [
        _golomb(first),
        _golomb(kind),
        _golomb(0),
        (frame % (1 << of.frame_bits), of.frame_bits),
    ]
    if kind == PREDICTED:
        parts += [(0, 1), (0, 1)]  # as many references as ever, in their order
    parts += [(0, 1), _golomb(qp), _golomb(1)]  # old ones go as they came; edges are left alone
    value = count = 0
    for bits, width in (*parts, *body):
        value, count = value << width | bits, count + width
    pad = -count % 8
    return AGAIN + _guarded((value << pad).to_bytes((count + pad) // 8, "big"))


def _golomb(value: int) -> tuple[int, int]:
    """An unsigned Exp-Golomb number, and its bits (§9.1)."""
    return value + 1, 2 * (value + 1).bit_length() - 1


def _bare(unit: bytes) -> bytes:
    """Without the bytes that guard against start codes (§7.4.1)."""
    return unit.replace(b"\0\0\3", b"\0\0")


def _guarded(data: bytes) -> bytes:
    return _UNSAFE.sub(b"\0\0\3", data)
