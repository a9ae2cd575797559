"""The index beside a growing file is read to its last whole entry."""

import pytest

from recorder import index
from recorder.containers import Cluster
from synclass.errors import Malformed

CLUSTERS = [Cluster(300_000 + n, 300_300 + n, 200 + n, 250 + n, n % 2 == 0) for n in range(5)]


def test_an_index_cut_anywhere_still_tells_what_is_whole() -> None:
    start = index.begin("audio/webm", 200)
    data = start + b"".join(map(index.entry, CLUSTERS))
    size = len(index.entry(CLUSTERS[0]))
    for cut in range(len(data) + 1):
        if cut < len(start):
            with pytest.raises(Malformed):
                index.parse(data[:cut])
        else:
            whole = CLUSTERS[: (cut - len(start)) // size]
            assert index.parse(data[:cut]) == index.Index("audio/webm", 200, whole)


def test_another_file_is_not_taken_for_an_index() -> None:
    with pytest.raises(Malformed):
        index.parse(b"something else" * 9)
