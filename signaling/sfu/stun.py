"""STUN, as much as an ICE-lite server needs: reads a connectivity check and writes its answer."""

import hmac
from socket import inet_aton
from struct import Struct, error, pack, unpack_from
from typing import NamedTuple
from zlib import crc32

from synclass.errors import Malformed

COOKIE = 0x2112A442  # RFC 8489 §5
_REQUEST, _RESPONSE = 0x0001, 0x0101  # of the method Binding
_USERNAME, _INTEGRITY, _MAPPED = 0x0006, 0x0008, 0x0020  # RFC 8489 §18.3
_NOMINATED, _FINGERPRINT = 0x0025, 0x8028  # USE-CANDIDATE: RFC 8445 §16.1
_XOR = 0x5354554E  # RFC 8489 §14.7
_MAC, _CRC = 24, 8  # bytes of the two last attributes
_HEAD = Struct("!HHI12s")
_ATTRIBUTE = Struct("!HH")


class Check(NamedTuple):
    """A request of the method Binding, of which nobody knows yet whether it authenticates."""

    transaction: bytes
    user: str
    nominated: bool
    signed: bytes
    """What its code says is unchanged; empty where it has none."""
    mac: bytes

    def authenticates(self, pwd: bytes) -> bool:
        return bool(self.signed) and hmac.compare_digest(_sign(self.signed, pwd), self.mac)


def read_check(data: bytes) -> Check:
    """Raises Malformed for all that is no such request, or was damaged on the way.

    What stands behind the code is not authenticated and does not count (RFC 8489 §9).
    """
    try:
        kind, size, cookie, transaction = _HEAD.unpack_from(data)
        if (kind, size, cookie) != (_REQUEST, len(data) - _HEAD.size, COOKIE):
            raise Malformed("not a check")
        return _read(data, transaction)
    except error as cut:
        raise Malformed("a check cut short") from cut


def _read(data: bytes, transaction: bytes) -> Check:
    user, nominated, signed, mac = b"", False, b"", b""
    at = _HEAD.size
    while at < len(data):
        kind, size = _ATTRIBUTE.unpack_from(data, at)
        value = data[at + 4 : at + 4 + size]
        if len(value) != size:
            raise Malformed("a check cut short")
        if kind == _FINGERPRINT and value != _crc(data[:at]):
            raise Malformed("a check was damaged")
        if kind == _INTEGRITY and not signed:
            signed, mac = data[:at], value
        elif kind == _USERNAME and not signed:
            user = value
        elif kind == _NOMINATED and not signed:
            nominated = True
        at += 4 + size + -size % 4
    return Check(transaction, user.decode("utf-8", "replace"), nominated, signed, mac)


def write_answer(transaction: bytes, source: tuple[str, int], pwd: bytes) -> bytes:
    """To a check that came from there."""
    [ip], port = unpack_from("!I", inet_aton(source[0])), source[1]
    mapped = pack("!HHxBHI", _MAPPED, 8, 1, port ^ COOKIE >> 16, ip ^ COOKIE)
    told = _HEAD.pack(_RESPONSE, len(mapped), COOKIE, transaction) + mapped
    told = _grown(told, _MAC) + _ATTRIBUTE.pack(_INTEGRITY, 20) + _sign(told, pwd)
    return _grown(told, _CRC) + _ATTRIBUTE.pack(_FINGERPRINT, 4) + _crc(told)


def _sign(data: bytes, pwd: bytes) -> bytes:
    return hmac.digest(pwd, _grown(data, _MAC), "sha1")


def _crc(data: bytes) -> bytes:
    return (crc32(_grown(data, _CRC)) ^ _XOR).to_bytes(4, "big")


def _grown(data: bytes, more: int) -> bytes:
    """What is signed says how long it is with the code, and without what stands behind it."""
    size = len(data) - _HEAD.size + more
    return data[:2] + size.to_bytes(2, "big") + data[4:]
