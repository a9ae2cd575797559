"""The bench of keeping says how soon a lesson is ready, and how large its one file is."""

from pathlib import Path

import pytest

from synclass.cli.benches import keeping


def test_each_kind_of_lesson_is_signed_and_packed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, said = tmp_path / "page.html", list[str]()
    page.write_bytes(b"<!--packed--><plaintext hidden>")
    monkeypatch.setattr(keeping, "PAGE", page)
    told = dict(keeping.measure(("voice", "steady"), seconds=20.0, tell=said.append))
    assert len(said) == 3, "who waits hears what is being done"
    figures = keeping.figures(told)
    assert 3 < figures["audio_board_mb_per_hour"] < figures["steady_audio_board_mb_per_hour"] < 9
    assert 10 < figures["board_kb_per_hour"] < 500
    assert all(figures[name] > 0 for name in ("ready_s", "pack_s", "over_zip_share"))
