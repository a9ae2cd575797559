"""What an ended lesson leaves is copied to a bucket, may leave the disk, and comes back."""

import errno
import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from moto.server import ThreadedMotoServer
from obstore.store import MemoryStore, ObjectStore, from_url

from recorder import keys
from recorder.bucket import Bucket, Copy
from recorder.eraser import FileEraser
from recorder.offsite import FOLDER, RESTS, Offsite
from recorder.shelf import FileShelf, lesson_folder
from synclass.erasure import Erasure
from synclass.errors import Unavailable
from synclass.words import LessonId

from .test_eraser import ONE, VILLAGE, taught

LESSON = LessonId("分数 1")
LATER = time.time() + 2 * RESTS
VOICE, LOCKED = b"voice" * 500_000, b"locked" * 1000


def teach(data: Path, *, signed: bool = True) -> Path:
    folder = lesson_folder(data, LESSON)
    for name, body in {"log/0.log": b"facts", "pages/a.webp": b"page"}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(body)
    (folder / "media").mkdir()
    (folder / "media" / "u-wang.voice.1.webm").write_bytes(VOICE)
    (folder / "media" / "caoxing.voice.1.webm").write_bytes(LOCKED)
    if signed:
        (folder / "manifest.jsonl").write_bytes(b"{}\n")
    return folder


def held(folder: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def there(store: ObjectStore) -> list[str]:
    return sorted(one["path"] for some in store.list() for one in some)


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore()


def test_an_ended_lesson_is_copied_once_and_one_that_goes_on_is_not(
    tmp_path: Path, store: MemoryStore
) -> None:
    folder, offsite = teach(tmp_path, signed=False), Offsite(tmp_path, Bucket(store))
    assert offsite.keep_up() == [] and there(store) == []
    (folder / "manifest.jsonl").write_bytes(b"{}\n")
    assert offsite.keep_up() == [folder.name] and offsite.keep_up() == []
    assert len(there(store)) == len(held(folder)) == 5


def test_media_leave_the_disk_when_they_have_rested_and_come_back_as_they_were(
    tmp_path: Path, store: MemoryStore
) -> None:
    folder, offsite = teach(tmp_path), Offsite(tmp_path, Bucket(store))
    before = held(folder)
    assert offsite.free(1, LATER) == 0  # nothing is there yet
    offsite.keep_up()
    assert offsite.free(1, time.time()) == 0
    assert offsite.free(1, LATER) == len(VOICE) + len(LOCKED)
    assert set(held(folder)) == {"0.log", "a.webp", "manifest.jsonl"}
    FileShelf(tmp_path, offsite=offsite).bring(LESSON)
    assert held(folder) == before
    assert offsite.free(1, time.time() + RESTS - 60) == 0  # it was wanted a moment ago


def test_a_file_that_changed_here_does_not_leave(tmp_path: Path, store: MemoryStore) -> None:
    folder, offsite = teach(tmp_path), Offsite(tmp_path, Bucket(store))
    offsite.keep_up()
    (folder / "media" / "u-wang.voice.1.webm").write_bytes(VOICE + b"more")
    assert offsite.free(10**9, LATER) == len(LOCKED)


def test_what_was_changed_there_is_not_believed(tmp_path: Path, store: MemoryStore) -> None:
    folder, offsite = teach(tmp_path), Offsite(tmp_path, Bucket(store))
    offsite.keep_up()
    offsite.free(1, LATER)
    store.put(f"{folder.name}/media/caoxing.voice.1.webm", b"x" * len(LOCKED))
    with pytest.raises(Unavailable, match="not what was copied"):
        offsite.bring(LESSON)
    assert not (folder / "media" / "caoxing.voice.1.webm").exists()
    assert not [path for path in (folder / "media").iterdir() if path.name.startswith(".")]


def test_an_erased_lesson_is_erased_there_too(tmp_path: Path, store: MemoryStore) -> None:
    teach(tmp_path)
    offsite = Offsite(tmp_path, Bucket(store))
    offsite.keep_up()
    eraser = FileEraser(tmp_path, offsite)
    eraser.order(Erasure(LESSON))
    eraser.destroy(Erasure(LESSON))
    eraser.destroy(Erasure(LESSON))
    assert there(store) == [] and not list((tmp_path / FOLDER).iterdir())
    assert offsite.keep_up() == []


def test_a_lesson_that_is_erased_while_it_is_copied_leaves_nothing_there(
    tmp_path: Path, store: MemoryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    teach(tmp_path)
    eraser, offsite, put = FileEraser(tmp_path), Offsite(tmp_path, Bucket(store)), Bucket._put
    eraser.order(Erasure(LESSON))

    def erased_meanwhile(self: Bucket, name: str, path: Path, size: int) -> None:
        put(self, name, path, size)
        eraser.destroy(Erasure(LESSON))

    monkeypatch.setattr(Bucket, "_put", erased_meanwhile)
    offsite.keep_up()
    assert there(store) == [] and not (tmp_path / FOLDER).exists()


def test_a_bucket_that_is_not_there_says_so_and_nothing_is_lost(
    tmp_path: Path, bucket: str
) -> None:
    folder, missing = teach(tmp_path), Offsite.at(tmp_path, "s3://no-such-bucket")
    before = held(folder)
    for deed in (missing.keep_up, lambda: missing.erase(LESSON)):
        with pytest.raises(Unavailable) as error:
            deed()
        assert error.value.code == "offsite"
    assert missing.free(1, LATER) == 0 and held(folder) == before


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """An S3 on this machine with one bucket."""
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        for name, value in {
            "AWS_ENDPOINT_URL": f"http://{host}:{port}",
            "AWS_REGION": "us-east-1",
            "AWS_ACCESS_KEY_ID": "ours",
            "AWS_SECRET_ACCESS_KEY": "secret",
        }.items():
            monkeypatch.setenv(name, value)
        _make_bucket()
        yield "s3://lessons/district"
    finally:
        server.stop()


def _make_bucket() -> None:
    import boto3  # noqa: PLC0415  (moto brings it; obstore makes no buckets)

    boto3.client("s3", endpoint_url=os.environ["AWS_ENDPOINT_URL"]).create_bucket(Bucket="lessons")


def test_a_real_s3_keeps_a_lesson_and_gives_it_back(tmp_path: Path, bucket: str) -> None:
    folder, offsite = teach(tmp_path), Offsite.at(tmp_path, bucket)
    before = held(folder)
    offsite.keep_up()
    offsite.free(1, LATER)
    offsite.bring(LESSON)
    assert held(folder) == before
    assert len(there(from_url(bucket, client_options={"allow_http": True}))) == len(before)
    offsite.erase(LESSON)
    assert there(from_url(bucket, client_options={"allow_http": True})) == []


def test_a_lesson_that_cannot_be_read_here_holds_no_other_up(
    tmp_path: Path, store: MemoryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken, whole = teach(tmp_path), lesson_folder(tmp_path, LessonId("zz"))
    shutil.copytree(broken, whole)
    put = Bucket.put

    def unread(self: Bucket, name: str, path: Path) -> Copy:
        if broken in path.parents:
            raise OSError(errno.EIO, "the disk is damaged here")
        return put(self, name, path)

    monkeypatch.setattr(Bucket, "put", unread)
    assert Offsite(tmp_path, Bucket(store)).keep_up() == [whole.name]


def test_a_voice_that_left_the_disk_is_erased_as_any_other(
    tmp_path: Path, store: MemoryStore
) -> None:
    folder, offsite = taught(tmp_path, ONE), Offsite(tmp_path, Bucket(store))
    offsite.keep_up()
    assert offsite.free(1, LATER) > 0 and not FileShelf(tmp_path).tracks(ONE)
    eraser, erasure = FileEraser(tmp_path, offsite), Erasure(ONE, VILLAGE)
    eraser.order(erasure)
    eraser.destroy(erasure)
    assert VILLAGE not in keys.holders(folder)


def test_what_is_erased_between_two_looks_stops_nobody(tmp_path: Path, store: MemoryStore) -> None:
    teach(tmp_path)
    offsite = Offsite(tmp_path, Bucket(store))
    offsite.keep_up()
    (tmp_path / FOLDER / "gone.json").symlink_to(tmp_path / "nowhere")
    assert offsite.free(1, LATER) == 0  # at the next look
    offsite.bring(LessonId("gone"))
