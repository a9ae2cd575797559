"""The workshop bounds what it starts, and believes nothing of what that made."""

import asyncio
import hashlib
import os
import signal
from contextlib import suppress
from pathlib import Path

import msgspec
import pytest

from signaling.courseware import workshop
from signaling.courseware.slip import RESULT, SOURCE, Made, Word
from signaling.courseware.workshop import MOST_WAITING, Workshop
from synclass.errors import Refused

from .files import pdf


async def silent(word: Word) -> None: ...


def job(folder: Path, data: bytes) -> Path:
    folder.mkdir()
    (folder / SOURCE).write_bytes(data)
    return folder


async def refused(shop: Workshop, folder: Path) -> str:
    with pytest.raises(Refused) as refusal:
        await shop.convert(folder, silent)
    return refusal.value.code


async def test_pages_are_named_by_the_hash_of_what_they_show(tmp_path: Path) -> None:
    told: list[Word] = []

    async def tell(word: Word) -> None:
        told.append(word)

    pages = await Workshop().convert(job(tmp_path / "job", pdf(2)), tell)
    shown = (tmp_path / "job" / "1.svg").read_bytes()
    assert pages[0].sheet.name == f"{hashlib.sha256(shown).hexdigest()}.svg"
    assert pages[0].sheet.bytes == len(pages[0].data) < len(shown)
    assert [page.words for page in pages] == ["page 1", "page 2"]
    assert [(word.page, word.of) for word in told] == [(1, 2), (2, 2)]


async def test_the_same_page_twice_is_the_same_name(tmp_path: Path) -> None:
    one = await Workshop().convert(job(tmp_path / "a", pdf()), silent)
    other = await Workshop().convert(job(tmp_path / "b", pdf()), silent)
    assert one == other


async def test_a_file_that_takes_too_long_is_ended_with_all_it_started(tmp_path: Path) -> None:
    folder = job(tmp_path / "job", pdf(40))
    assert await refused(Workshop(patience=0.3), folder) == "too-slow"
    with pytest.raises(ProcessLookupError):  # nothing of its group is left
        os.killpg(_child(folder), 0)


def _child(folder: Path) -> int:
    """The converter of this folder, if it is still there."""
    for place in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            if str(folder).encode() in place.read_bytes():
                return int(place.parent.name)
    raise ProcessLookupError


async def test_a_converter_that_dies_is_a_refusal(tmp_path: Path) -> None:
    folder = job(tmp_path / "job", pdf(40))

    async def kill(word: Word) -> None:
        with suppress(ProcessLookupError):
            os.kill(_child(folder), signal.SIGSEGV)

    with pytest.raises(Refused) as refusal:
        await Workshop().convert(folder, kill)
    assert refusal.value.code == "not-converted"


async def test_one_after_another_and_no_more_than_a_few_wait(tmp_path: Path) -> None:
    shop = Workshop()
    jobs = [job(tmp_path / str(n), b"no courseware") for n in range(MOST_WAITING + 1)]
    codes = await asyncio.gather(*(refused(shop, folder) for folder in jobs))
    assert codes == ["bad-kind"] * MOST_WAITING + ["busy"]


@pytest.mark.parametrize("file", ["../secret.svg", "/etc/passwd", "link.svg", "1.html", "0.svg"])
def test_a_child_that_was_taken_over_cannot_have_other_files_kept(
    tmp_path: Path, file: str
) -> None:
    (tmp_path / "errors").touch()
    (tmp_path / RESULT).write_bytes(msgspec.json.encode([Made(file, 1, 1)]))
    (tmp_path / "link.svg").symlink_to("/etc/passwd")
    with pytest.raises(Refused):
        workshop._taken(tmp_path)


def test_a_numbered_link_is_not_followed_either(tmp_path: Path) -> None:
    (tmp_path / "1.svg").symlink_to("/etc/passwd")
    (tmp_path / RESULT).write_bytes(msgspec.json.encode([Made("1.svg", 1, 1)]))
    with pytest.raises(Refused):
        workshop._taken(tmp_path)
