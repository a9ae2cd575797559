"""A locked file lies unreadable on the disk, and is in the clear what it would have been open."""

from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recorder import clear, keys
from recorder.cipher import MARK
from recorder.mend import scan, unfinished
from synclass.errors import Refused
from synclass.tape import Codec

from . import studio
from .test_deck import deck, play

SAID = b"a secret of the third row"


@cache
def packets(codec: Codec) -> list[tuple[float, bytes]]:
    """Made once: an encoder may find another way the next time."""
    if codec == "opus":
        return studio.sound_packets([b"\xf8" + SAID] * 100, start=5)
    return studio.packets(codec, 20, start=5, size=(64, 64))


def recorded(data: Path, codec: Codec, *, locked: bool) -> Path:
    """A track that is still being written."""
    track = deck(data, codec, "voice" if codec == "opus" else "camera", locked=locked)
    play(track, packets(codec))
    (path,) = unfinished(data)
    return path


@pytest.mark.parametrize("codec", ["opus", "VP8", "H264"])
def test_it_is_in_the_clear_what_an_open_file_is(tmp_path: Path, codec: Codec) -> None:
    plain = recorded(tmp_path / "open", codec, locked=False)
    locked = recorded(tmp_path / "locked", codec, locked=True)
    assert clear.of(plain) is None
    medium = clear.of(locked)
    assert medium is not None
    with medium:
        whole = medium.read(0, 1 << 20)
        assert whole[medium.head :] == plain.read_bytes()[scan(plain)[0] :]
        assert whole[medium.head - MARK : medium.head] == bytes(MARK)  # so that no copy says it is
        grown = medium.head - scan(plain)[0]
    found = [(one.ms, one.offset - grown, one.end - grown) for one in scan(locked)[1]]
    assert found == [(one.ms, one.offset, one.end) for one in scan(plain)[1]]


def test_what_was_said_does_not_lie_on_the_disk(tmp_path: Path) -> None:
    plain = recorded(tmp_path / "open", "opus", locked=False)
    locked = recorded(tmp_path / "locked", "opus", locked=True)
    assert plain.read_bytes().count(SAID) > 50
    found = b"".join(path.read_bytes() for path in (tmp_path / "locked").rglob("*.*"))
    assert SAID not in found
    assert keys.find(keys.of(locked)) not in (None, b"")


@given(st.lists(st.tuples(st.integers(0, 20_000), st.integers(0, 9_000)), min_size=1, max_size=20))
@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_are_those_of_the_whole(
    tmp_path_factory: pytest.TempPathFactory, spans: list[tuple[int, int]]
) -> None:
    folder = tmp_path_factory.getbasetemp() / "spans"
    path = next(folder.glob("lessons/*/media/*.webm"), None) or recorded(
        folder, "opus", locked=True
    )
    medium = clear.of(path)
    assert medium is not None
    with medium:
        whole = medium.read(0, 1 << 20)
        for at, size in spans:
            assert medium.read(at, size) == whole[at : at + size]
            assert medium[at : at + size] == whole[at : at + size]
            if at < len(medium):
                assert medium[at] == whole[at]


def test_without_its_key_it_is_erased(tmp_path: Path) -> None:
    locked = recorded(tmp_path, "opus", locked=True)
    assert not clear.erased(locked)
    keys.destroy(keys.of(locked))
    assert clear.erased(locked)
    assert unfinished(tmp_path) == []
    with pytest.raises(Refused, match="erased"):
        clear.of(locked)


def test_what_is_no_medium_is_not_locked(tmp_path: Path) -> None:
    page = tmp_path / "page.svg.gz"
    page.write_bytes(b"a page")
    assert clear.lock(page) == (0, None)
