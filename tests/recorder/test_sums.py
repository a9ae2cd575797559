"""The hashes of a file's blocks are the same found while it grows and read from it afterwards."""

import random
from hashlib import sha256
from pathlib import Path

import pytest

from recorder import sums
from recorder.sums import BLOCK, Sums
from synclass.errors import Malformed


@pytest.mark.parametrize("size", [0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK, 3 * BLOCK + 7])
def test_a_file_that_grew_in_pieces_has_the_hashes_of_its_blocks(tmp_path: Path, size: int) -> None:
    dice = random.Random(size)
    data, growing, at = dice.randbytes(size), Sums(), 0
    while at < size:
        step = dice.choice((1, 300, 40_000, 200_000))
        growing.add(data[at : at + step])
        at += step
    (tmp_path / "file").write_bytes(data)
    assert growing.size == size
    assert growing.blocks() == list(sums.of(tmp_path / "file")) == sums.known(tmp_path / "file")


def test_of_hashes_that_lie_beside_a_file_those_of_another_are_not_believed(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"what is there")
    good = [sha256(b"what is there").digest()]
    beside = sums.beside(path)
    for data in (b"", sums.encode(99, [bytes(32)]), sums.encode(13, [])):
        beside.write_bytes(data)
        assert sums.known(path) == good
    beside.write_bytes(sums.encode(13, [bytes(32)]))
    assert sums.known(path) == [bytes(32)]  # as they were when it was written


@pytest.mark.parametrize("data", [b"", b"synsum2\n" + bytes(8), sums.encode(1, [])])
def test_what_are_no_hashes_is_malformed(data: bytes) -> None:
    with pytest.raises(Malformed):
        sums.parse(data)
