"""What is not the teacher's lies encrypted, by AES-256 in counter mode: each byte opens by itself.

Only clusters are: the head, and the index behind the last cluster, tell nothing of what was said.
So no place of a file's key stream is ever used twice, however it ends: what is cut off behind the
last whole cluster gives way to bytes that are not encrypted.
"""

from collections.abc import Callable

from cryptography.hazmat.primitives.ciphers import Cipher as Primitive
from cryptography.hazmat.primitives.ciphers.algorithms import AES256
from cryptography.hazmat.primitives.ciphers.modes import CTR
from msgspec import Struct

KEY = 32  # bytes
_MAGIC = b"synlock1"
_BLOCK = 16
MARK = len(_MAGIC) + _BLOCK
"""Bytes at the end of a locked file's head, in an element that players pass over."""


class Cipher(Struct, frozen=True):
    """One file's: a key, and the counter (16 bytes) at its first byte."""

    key: bytes
    counter: bytes

    def turn(self, data: bytes, at: int) -> bytes:
        """Encrypt or decrypt the bytes that lie from byte ``at`` of the file on."""
        return self.flow(at)(data)

    def flow(self, at: int) -> Callable[[bytes], bytes]:
        """Turns piece after piece, from byte ``at`` on; what it has turned it never turns again."""
        blocks, skipped = divmod(at, _BLOCK)
        start = (int.from_bytes(self.counter) + blocks) % (1 << 8 * _BLOCK)
        turning = Primitive(AES256(self.key), CTR(start.to_bytes(_BLOCK))).encryptor()
        turning.update(bytes(skipped))
        return turning.update


def mark(counter: bytes) -> bytes:
    """What stands at the end of a locked file's head."""
    return _MAGIC + counter


def marked(head: bytes) -> bytes | None:
    """The counter that a head ends with; None where the file is not locked."""
    return head[-_BLOCK:] if head[-MARK:-_BLOCK] == _MAGIC else None
