"""Which line ends were which: what a browser forgets of bytes that it reads as text.

A page in windows-1252 keeps every byte apart but these: CR, LF and CRLF all become one LF.  Each is
told here by one or two bits, so that the page finds its own bytes again (web/src/packed/bytes.ts).
"""

import re
from base64 import b64encode
from collections.abc import Iterable

_END = re.compile(rb"\r\n|\r|\n")
_BITS = {b"\n": "0", b"\r": "10", b"\r\n": "11"}


def table(pieces: Iterable[bytes]) -> str:
    """The line ends in order, the highest bit of a byte first, in base64 (RFC 4648 §4)."""
    bits, held = list[str](), b""
    for piece in pieces:
        data = held + piece
        held = b"\r" if data.endswith(b"\r") else b""  # half of a CRLF, perhaps
        bits += map(_BITS.__getitem__, _END.findall(data[: len(data) - len(held)]))
    bits += ["10"] if held else []
    told = "".join(bits)
    told += "0" * (-len(told) % 8)
    return b64encode(int(told or "0", 2).to_bytes(len(told) // 8)).decode()
