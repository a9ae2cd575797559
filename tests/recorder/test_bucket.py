"""What is put into a bucket comes back as it was, or not at all."""

from pathlib import Path

import pytest
from obstore.store import MemoryStore

from recorder.bucket import Bucket, Copy
from synclass.errors import Unavailable


def put(bucket: Bucket, path: Path, name: str = "a/b") -> Copy:
    path.write_bytes(b"voice" * 300_000)
    return bucket.put(name, path)


def test_a_file_is_put_fetched_and_removed(tmp_path: Path) -> None:
    bucket = Bucket(MemoryStore())
    copy = put(bucket, tmp_path / "one")
    bucket.fetch("a/b", copy, tmp_path / "below" / "two")
    assert (tmp_path / "below" / "two").read_bytes() == (tmp_path / "one").read_bytes()
    assert sum(map(len, bucket.pieces("a/b"))) == copy.size
    for _ in range(2):
        bucket.remove("a/b")
    with pytest.raises(Unavailable):
        bucket.fetch("a/b", copy, tmp_path / "three")


def test_what_was_changed_there_is_not_taken(tmp_path: Path) -> None:
    bucket = Bucket(MemoryStore())
    copy = put(bucket, tmp_path / "one")
    with pytest.raises(Unavailable, match="not what was copied"):
        bucket.fetch("a/b", Copy(copy.size, "0" * 64), tmp_path / "two")
    assert [path.name for path in tmp_path.iterdir()] == ["one"]


def test_all_below_a_name_goes_and_what_is_beside_it_stays(tmp_path: Path) -> None:
    bucket = Bucket(MemoryStore())
    for name in ("a/b", "a/c/d", "ab/c"):
        put(bucket, tmp_path / "one", name)
    bucket.empty("a/")
    with pytest.raises(Unavailable):
        list(bucket.pieces("a/c/d"))
    assert list(bucket.pieces("ab/c"))


def test_a_file_that_is_gone_is_not_put(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        Bucket(MemoryStore()).put("a/b", tmp_path / "nowhere")


def test_what_is_no_address_of_a_bucket_says_so() -> None:
    with pytest.raises(Unavailable) as error:
        Bucket.at("no bucket")
    assert error.value.code == "offsite"
