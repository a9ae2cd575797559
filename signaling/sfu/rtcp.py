"""RTCP messages: those we understand, and those we send (RFC 3550 §6, RFC 4585 §6, REMB)."""

from collections.abc import Iterator, Sequence
from struct import Struct, pack
from typing import NamedTuple, TypeAlias

from synclass.errors import Malformed

NTP_EPOCH = 2208988800  # seconds from 1900 to 1970 (RFC 3550 §4)
_HEAD = Struct("!BBHI")
_SENDER = Struct("!QI")
_WORD = Struct("!I")
_NACK = Struct("!HH")
_BLOCK = Struct("!IIIIII")
OWN_SSRC = 1  # we only receive on that side, so any number serves (RFC 3550 §8 wants uniqueness)


class SenderReport(NamedTuple):
    """``ntp`` is the 64-bit wall clock of the sender, ``rtp`` the same moment in RTP units."""

    ssrc: int
    ntp: int
    rtp: int


class Nack(NamedTuple):
    ssrc: int
    seqs: tuple[int, ...]


class KeyframePlea(NamedTuple):
    """A PLI or an FIR: they differ in nothing that matters to a forwarder."""

    ssrc: int


class Remb(NamedTuple):
    """What the receiver believes it can take, in bit/s."""

    bps: int


class Block(NamedTuple):
    """What a receiver says of one of our streams (RFC 3550 §6.4.1)."""

    ssrc: int
    loss: float
    """Since the block before: 0..1."""
    lost: int
    """In all; may be negative."""
    reached: int
    """The highest number that came, and above its 16 bits how often they began anew."""
    jitter: int
    lsr: int
    """The middle of the NTP time of our last report; 0 before it has one."""
    dlsr: int
    """1/65536 seconds it has had it."""


Rtcp: TypeAlias = SenderReport | Nack | KeyframePlea | Remb


def parse_rtcp(data: bytes) -> list[Rtcp]:
    """Read a compound (or reduced-size) packet; what we do not know is passed over.

    Raises Malformed where the lengths do not fit.
    """
    return [message for part in parts(data) for message in read(*part)]


def parts(data: bytes) -> list[tuple[int, int, bytes]]:
    """-> (packet type, count or format, the whole) of each packet; raises Malformed."""
    found = []
    at = 0
    while at < len(data):
        if at + 8 > len(data) or data[at] >> 6 != 2:
            raise Malformed("not RTCP")
        end = at + 4 * (int.from_bytes(data[at + 2 : at + 4], "big") + 1)
        if end > len(data):
            raise Malformed("RTCP cut short")
        found.append((data[at + 1], data[at] & 31, data[at:end]))
        at = end
    return found


def blocks(kind: int, count: int, body: bytes) -> Iterator[Block]:
    """The report blocks of an SR or RR."""
    begin = 28 if kind == 200 else 8
    for at in range(begin, min(begin + 24 * count, len(body) - 23), 24):
        ssrc, losses, reached, jitter, lsr, dlsr = _BLOCK.unpack_from(body, at)
        lost = (losses & 0xFFFFFF ^ 0x800000) - 0x800000
        yield Block(ssrc, (losses >> 24) / 256, lost, reached, jitter, lsr, dlsr)


def read(kind: int, fmt: int, body: bytes) -> Iterator[Rtcp]:
    """What one packet of a compound says to us."""
    match kind, fmt:
        case 200, _ if len(body) >= 28:
            yield SenderReport(_WORD.unpack_from(body, 4)[0], *_SENDER.unpack_from(body, 8))
        case 205, 1 if len(body) >= 16:
            yield Nack(_WORD.unpack_from(body, 8)[0], tuple(_asked(body)))
        case 206, 1 if len(body) >= 12:
            yield KeyframePlea(_WORD.unpack_from(body, 8)[0])
        case 206, 4:
            for at in range(12, len(body) - 7, 8):
                yield KeyframePlea(_WORD.unpack_from(body, at)[0])
        case 206, 15 if len(body) >= 20 and body[12:16] == b"REMB":
            value = _WORD.unpack_from(body, 16)[0]
            yield Remb((value & 0x3FFFF) << (value >> 18 & 63))


def _asked(body: bytes) -> Iterator[int]:
    """Each pair names one packet and a mask of the sixteen behind it (RFC 4585 §6.2.1)."""
    for at in range(12, len(body) - 3, 4):
        first, mask = _NACK.unpack_from(body, at)
        yield first
        for k in range(16):
            if mask >> k & 1:
                yield (first + 1 + k) & 0xFFFF


def pli(ssrc: int) -> bytes:
    return pack("!BBHII", 0x81, 206, 2, OWN_SSRC, ssrc)


def nack(ssrc: int, seqs: Sequence[int]) -> bytes:
    """Ask for packets again; the numbers in their order."""
    pairs: list[list[int]] = []
    for seq in seqs:
        behind = (seq - pairs[-1][0]) & 0xFFFF if pairs else 0
        if 0 < behind <= 16:
            pairs[-1][1] |= 1 << behind - 1
        else:
            pairs.append([seq, 0])
    head = pack("!BBHII", 0x81, 205, 2 + len(pairs), OWN_SSRC, ssrc)
    return head + b"".join(_NACK.pack(*pair) for pair in pairs)


def remb(bps: int, ssrcs: Sequence[int]) -> bytes:
    """An estimate for all streams together; the 18-bit mantissa is rounded down."""
    exponent = max(0, bps.bit_length() - 18)
    value = len(ssrcs) << 24 | exponent << 18 | bps >> exponent
    head = pack("!BBHII4sI", 0x8F, 206, 4 + len(ssrcs), OWN_SSRC, 0, b"REMB", value)
    return head + pack(f"!{len(ssrcs)}I", *ssrcs)


def receiver_report(blocks: Sequence[bytes]) -> bytes:
    """At most 31 blocks of 24 bytes (RFC 3550 §6.4.2)."""
    return _HEAD.pack(0x80 | len(blocks), 201, 1 + 6 * len(blocks), OWN_SSRC) + b"".join(blocks)


def sender_report(ssrc: int, wall: float, rtp: int, packets: int, octets: int) -> bytes:
    """``wall`` is Unix time in seconds, ``rtp`` the stream's time at that moment."""
    seconds = wall + NTP_EPOCH
    ntp = int(seconds) << 32 | int(seconds % 1 * 2**32)
    tail = pack("!QIII", ntp, rtp & 0xFFFFFFFF, packets & 0xFFFFFFFF, octets & 0xFFFFFFFF)
    return _HEAD.pack(0x80, 200, 6, ssrc) + tail


def ntp_seconds(ntp: int) -> float:
    """A sender report's clock as seconds since 1900."""
    return ntp / 2**32
