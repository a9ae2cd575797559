"""AES-128-GCM of SRTP (RFC 7714), for a plane that seals packets itself as libsrtp would."""

import ctypes
from typing import NamedTuple

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from pylibsrtp import _binding

KEY, SALT = 16, 12  # bytes
_FOR_KEY, _FOR_SALT = 0, 2  # labels of RFC 3711 §4.3.1
_LABEL_AT = 7  # bytes: the label stands above a packet index of 48 bits, in 14 bytes
_NAMES = (
    *("EVP_CIPHER_CTX_new", "EVP_CIPHER_CTX_free", "EVP_aes_128_gcm"),
    *("EVP_CipherInit_ex", "EVP_Cipher", "EVP_CIPHER_CTX_ctrl"),
)


class Gcm(NamedTuple):
    """What packets of one direction are sealed with, and the addresses of OpenSSL's functions."""

    key: bytes
    salt: bytes
    make: int
    end: int
    cipher: int
    begin: int
    turn: int
    control: int

    @classmethod
    def of(cls, master: bytes) -> "Gcm | None":
        """From the master key and salt.  None where pylibsrtp keeps its OpenSSL to itself."""
        if _FUNCTIONS is None:
            return None
        key, salt = master[:KEY], master[KEY:].ljust(14, b"\0")
        return cls(
            _derive(key, salt, _FOR_KEY, KEY), _derive(key, salt, _FOR_SALT, SALT), *_FUNCTIONS
        )


def _derive(key: bytes, salt: bytes, label: int, size: int) -> bytes:
    """RFC 3711 §4.3.3: the key stream of AES in counter mode."""
    counter = bytearray(salt + b"\0\0")
    counter[_LABEL_AT] ^= label
    return Cipher(algorithms.AES(key), modes.CTR(bytes(counter))).encryptor().update(bytes(size))


def _functions() -> tuple[int, ...] | None:
    """libsrtp's own OpenSSL: what is loaded anyway, and surely fits."""
    library = ctypes.CDLL(_binding.__file__)
    try:
        found = [ctypes.cast(getattr(library, name), ctypes.c_void_p).value for name in _NAMES]
    except AttributeError:  # linked so that nobody else sees it
        return None
    return tuple(address or 0 for address in found)


_FUNCTIONS = _functions()
