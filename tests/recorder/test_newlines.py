"""A browser forgets which line ends were which, and is told."""

import random
from base64 import b64decode

import pytest

from recorder.newlines import table


def told(data: bytes) -> str:
    return "".join(f"{byte:08b}" for byte in b64decode(table([data])))


def test_each_line_end_is_told_in_order() -> None:
    assert told(b"a\nb\r\nc\rd") == "01110000"
    assert told(b"\r\r\n\n\r") == "10110100"
    assert told(b"none") == ""


@pytest.mark.parametrize("seed", range(20))
def test_where_a_piece_ends_does_not_matter(seed: int) -> None:
    dice = random.Random(seed)
    data = bytes(dice.choices(b"\r\n\0x", k=400))
    cuts = sorted(dice.randrange(400) for _ in range(9))
    ends = zip([0, *cuts], [*cuts, 400], strict=True)
    assert table(data[begin:end] for begin, end in ends) == table([data])


def test_it_is_a_tenth_of_a_percent_and_a_bit() -> None:
    assert len(table([random.Random(1).randbytes(1 << 20)])) < (1 << 20) / 450
