"""An id may be any text and never leads out of its folder."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recorder.names import LONGEST, MediaName, media_name, safe, unsafe
from synclass.errors import Malformed
from synclass.words import ParticipantId


@given(st.text(min_size=1, max_size=30))
def test_any_id_becomes_one_harmless_name_and_back(id: str) -> None:
    try:
        name = safe(id)
    except Malformed:
        assert len(id.encode("utf-8", "surrogatepass")) * 3 > LONGEST
        return
    assert unsafe(name) == id
    assert Path(name).name == name
    assert not set(name) & set("./\\\0% ")
    media = MediaName(ParticipantId(id), "voice", 3, "webm")
    assert media_name(str(media)) == media


@pytest.mark.parametrize("id", ["", "x" * 121, "老" * 14])
def test_an_empty_or_endless_id_is_refused(id: str) -> None:
    with pytest.raises(Malformed):
        safe(id)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "..",
        "t.voice.1.webm/",
        "../t.voice.1.webm",
        "t.voice.1.webm.idx",
        "t.voice.0.webm",
        "t.voice.01.webm",
        "t.sound.1.webm",
        "t.voice.1.exe",
        "=2.voice.1.webm",
        "=61.voice.1.webm",
        "=ff.voice.1.webm",
        "=FF.voice.1.webm",
        "t.voice.1.webm\n",
    ],
)
def test_what_is_no_name_of_ours_is_refused(name: str) -> None:
    with pytest.raises(Malformed):
        media_name(name)
