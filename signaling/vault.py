"""Secrets of others that lie in the registry sealed: whoever has the registry alone has none."""

import base64
import binascii
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

MARK = "sealed1:"
NONCE = 12  # bytes, of chance: a server seals far fewer than 2^32 secrets
SAYS = b"synclass webhook secrets"
"""What the key is for: no other key that is derived from the server's own is this one."""


class Vault:
    """AES-256-GCM by a key derived from the server's own, which lies in the data folder."""

    def __init__(self, key: bytes) -> None:
        self._cipher = AESGCM(HKDF(SHA256(), 32, salt=None, info=SAYS).derive(key))

    def seal(self, secret: str, of: str) -> str:
        """It opens again for the one it is of, and for no other."""
        nonce = secrets.token_bytes(NONCE)
        sealed = self._cipher.encrypt(nonce, secret.encode(), of.encode())
        return MARK + base64.b64encode(nonce + sealed).decode()

    def open(self, kept: str, of: str) -> str | None:
        """None where another server sealed it, or it was changed; one of before lies open."""
        if not is_sealed(kept):
            return kept
        try:
            raw = base64.b64decode(kept.removeprefix(MARK), validate=True)
            return self._cipher.decrypt(raw[:NONCE], raw[NONCE:], of.encode()).decode()
        except (binascii.Error, InvalidTag, ValueError):
            return None


def is_sealed(kept: str) -> bool:
    return kept.startswith(MARK)
