"""The page of a packed lesson finds its own bytes in its text, and reads the log out of columns."""

import base64
import random
import re
import zlib

import msgspec
import pytest

from recorder import columns
from recorder.newlines import table
from synclass import wire

from ..plausible import play
from .browser import browser

SEEDS = range(12)
TRAPS = b"\0\r\n\r\n\n\r\x80\x81\x9f\xa0\xff<>&-"


def as_text(data: bytes) -> str:
    """What a browser makes of bytes behind <plaintext> in a page in windows-1252."""
    letters = "".join(
        bytes([byte]).decode("cp1252") if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else chr(byte)
        for byte in data
    )
    return re.sub("\r\n?", "\n", letters).replace("\0", "\ufffd")


def read(fact: bytes) -> object:
    """A number is a number: a browser writes 5.0 as 5."""
    return msgspec.msgpack.decode(fact, strict=False)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_page_finds_its_own_bytes_in_its_text(seed: int) -> None:
    dice = random.Random(seed)
    data = bytes(dice.choices(TRAPS, k=300)) + dice.randbytes(700)
    text, cut = as_text(data + b"PK and what follows"), dice.randrange(1000)
    ends = base64.b64decode(table([data]))
    [found] = browser([("recovered", [text[:cut], text[cut:]], len(data), ends)])
    assert base64.b64decode(found) == data


def test_the_browser_unpacks_a_chunk_to_the_very_facts() -> None:
    for seed in SEEDS:
        _, log = play(seed)
        chunk = columns.pack(wire.record([entry]) for entry in log)
        [lines] = browser([("chunk", zlib.decompress(chunk[1:], wbits=-15))])
        wanted = [[e.seq, e.ms, read(wire.encode(e.fact))] for e in log]
        assert [[s, ms, read(base64.b64decode(fact))] for s, ms, fact in lines] == wanted, (
            f"seed {seed}"
        )
