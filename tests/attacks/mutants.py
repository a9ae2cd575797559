"""Datagrams and texts that are nearly right: real ones, damaged; from one seed always the same."""

import os
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from struct import pack

import pytest
from aioice import stun
from OpenSSL import SSL

SEED = 20261123
PROOF = bool(os.environ.get("SYNCLASS_PROOF"))
ROUNDS = 10**6 if PROOF else 2 * 10**4
EXTREMES = (b"\0", b"\x7f", b"\x80", b"\xff", b"\0\0", b"\xff\xff", b"\xff\xff\xff\xff", b"\r\n")
BAD_STUN = bytes.fromhex(
    "0001001c2112a442fcdccce15310e13b7d0ccf6c00060003613a6200002400ab0000006100200008000121172010a746"
)
"""struct.error escapes aioice's parser."""
OFFERS = Path(__file__).parents[1] / "signaling/sfu/offers"


def check(user: str = "us:them", pwd: str = "secret") -> bytes:
    """A binding request as browsers make it."""
    request = stun.Message(message_method=stun.Method.BINDING, message_class=stun.Class.REQUEST)
    request.attributes["USERNAME"] = user
    request.attributes["PRIORITY"] = 1853824767
    request.attributes["ICE-CONTROLLING"] = 2**63 - 1
    request.attributes["USE-CANDIDATE"] = None
    request.add_message_integrity(pwd.encode())
    request.add_fingerprint()
    return bytes(request)


def client_hello() -> bytes:
    connection = SSL.Connection(SSL.Context(SSL.DTLS_METHOD))
    connection.set_connect_state()
    with pytest.raises(SSL.WantReadError):
        connection.do_handshake()
    return connection.bio_read(2000)


def alert(level: int, description: int) -> bytes:
    """A DTLS alert in plain text."""
    return b"\x15\xfe\xfd" + bytes(8) + b"\0\2" + bytes((level, description))


def rtp(payload: bytes, *, pt: int = 96, seq: int = 1, ssrc: int = 2, more: bytes = b"") -> bytes:
    """``more``: one-byte extensions (RFC 8285 §4.2)."""
    block = more.ljust(-(-len(more) // 4) * 4, b"\0")
    extensions = pack("!HH", 0xBEDE, len(block) // 4) + block if more else b""
    return pack("!BBHII", 0x90 if more else 0x80, pt, seq, 9, ssrc) + extensions + payload


def nack(ssrc: int, *fci: tuple[int, int]) -> bytes:
    """Numbers, and masks of those behind them (RFC 4585 §6.2.1)."""
    entries = b"".join(pack("!HH", *entry) for entry in fci)
    return pack("!BBHII", 0x81, 205, 2 + len(fci), 1, ssrc) + entries


def pli(ssrc: int) -> bytes:
    return pack("!BBHII", 0x81, 206, 2, 1, ssrc)


def fir(*ssrcs: int) -> bytes:
    entries = b"".join(pack("!IB3x", ssrc, 7) for ssrc in ssrcs)
    return pack("!BBHII", 0x84, 206, 2 + 2 * len(ssrcs), 1, 0) + entries


def remb(mantissa: int, exponent: int, *ssrcs: int) -> bytes:
    told = len(ssrcs) << 24 | exponent << 18 | mantissa
    head = pack("!BBHII4sI", 0x8F, 206, 4 + len(ssrcs), 1, 0, b"REMB", told)
    return head + b"".join(pack("!I", ssrc) for ssrc in ssrcs)


def receiver_report(*ssrcs: int) -> bytes:
    blocks = b"".join(pack("!IIIIII", ssrc, 5, 70000, 10, 0x12345678, 99) for ssrc in ssrcs)
    return pack("!BBHI", 0x80 | len(ssrcs), 201, 1 + 6 * len(ssrcs), 1) + blocks


def sender_report(ssrc: int) -> bytes:
    return pack("!BBHIQIII", 0x80, 200, 6, ssrc, 2**63, 9, 10, 1000)


SDES = b"\x81\xca\0\4\0\0\0\1\1\x07someone\0\0\0"
BYE = b"\x81\xcb\0\1\0\0\0\2"
XR = b"\x80\xcf\0\4\0\0\0\1\4\0\0\2" + bytes(8)
STUN_SEEDS = (check(), BAD_STUN, check("", ""), check("u" * 513))
RTP_SEEDS = (
    rtp(b"\x90\xc0\x81\x02\x03\x10\0\0\x9d\x01\x2a\x80\2\x68\1picture"),
    rtp(b"\x90\xf0\x80\1\1\x20\x11picture", more=b"\x22abc\x40\x31"),
    rtp(b"\x78sound", pt=111, ssrc=3, more=b"\x10\x9e\x22abc"),
    rtp(b"\0\5\x90\x80\7again", pt=97, ssrc=4),
    rtp(b"\x67\x42\xe0\x1f\0\0\x65picture\4" + bytes(3) + b"\4"),
    b"\xb2\x60" + bytes(10) + bytes(8) + b"\xbe\xde\0\1\x10\x31\0\0payload\0\0\0\4",
    b"\x90\xe0" + bytes(10) + b"\x10\0\0\2\1\2ab\2\2cd" + b"\x10\0\0picture",
)
RTCP_SEEDS = (
    sender_report(2) + SDES,
    receiver_report(2, 3) + remb(3, 17, 2) + nack(2, (1, 0xFFFF), (9, 1)),
    receiver_report() + pli(2) + fir(2, 3) + BYE + XR,
    receiver_report(*range(31)),
    nack(2, *((17 * n, 0xFFFF) for n in range(60))),
    b"\x9f\xc9\xff\xff" + bytes(8),
)
MEDIA_SEEDS = (
    *(b"\x90\xf0\x80\1\1\1" + bytes(8), b"\x80\x80\x81\0" + bytes(4)),
    *(b"\xaa\x85\1\x50\7\x18\1\x40\0\xf0\2\4\1\x28\1\2\x82" + bytes(4), b"\x38\1\x10\2\x0a\0"),
    *(b"\x78\0\2\x67\1\0\2\x68\1", b"\x7b\x83\3\2sound", b"\xef\1\2\3\x6fsound"),
)
ORDER_SEEDS = (b"\x95\xa6invite\1\xa1L\xa1w\xa3v=0", b"\x94\xa4gone\xa1L\xa1w\xa4left")
FRAGMENT = (
    b"a=ice-options:trickle ice2\r\na=group:BUNDLE 0 1\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\n"
    b"a=mid:0\r\na=ice-ufrag:EsAw\r\na=ice-pwd:P2uYro0UCOQ4zxjKXaWCBui1\r\n"
    b"a=candidate:1 1 udp 2122260223 192.0.2.1 61764 typ host\r\na=end-of-candidates\r\n"
)
SDP_SEEDS = tuple(path.read_bytes() for path in sorted(OFFERS.glob("*.sdp")))


def damage(dice: random.Random, seeds: Sequence[bytes]) -> bytes:
    """One of them with bytes changed, cut out, doubled or put in; now and then pure chance."""
    if dice.random() < 0.02:
        return dice.randbytes(dice.randrange(200))
    data = bytearray(dice.choice(seeds))
    for _ in range(dice.randint(1, 6)):
        at = dice.randrange(len(data) + 1)
        match dice.randrange(6):
            case 0:
                data[at : at + 1] = dice.randbytes(1)
            case 1:
                extreme = dice.choice(EXTREMES)
                data[at : at + len(extreme)] = extreme
            case 2:
                del data[at : at + dice.randrange(8)]
            case 3:
                data[at:at] = dice.randbytes(dice.randrange(4))
            case 4:
                data[at:at] = data[at : at + dice.randrange(40)]
            case _:
                del data[at if dice.random() < 0.2 else len(data) :]
    return bytes(data)


def damaged(seeds: Sequence[bytes], rounds: int, seed: int = SEED) -> Iterator[bytes]:
    dice = random.Random(seed)
    return (damage(dice, seeds) for _ in range(rounds))
