"""The bench of seeks opens a replay with a voice and jumps about in it."""

import pytest

from synclass.cli.benches import seeks, window


@pytest.mark.skipif(not window.there(), reason="no Chromium or no Playwright here")
async def test_the_voice_is_heard_wherever_one_jumps_to() -> None:
    told = await seeks.measure(seconds=90, seeks=2, facts=2000)
    assert told is not None
    assert 0 <= told.seek_board_ms < 5000
    assert 0 < told.seek_voice_p50_ms <= told.seek_voice_ms < 10_000


async def test_without_a_browser_nothing_is_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(window, "async_playwright", None)
    assert await seeks.measure() is None
