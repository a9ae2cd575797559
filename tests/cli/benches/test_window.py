"""A window of Chromium says how soon a page is there and how it moves."""

import pytest

from synclass.cli.benches import board, window


@pytest.mark.skipif(not window.there(), reason="no Chromium or no Playwright here")
async def test_a_window_paints_a_page_and_goes_on_painting_while_a_pen_writes() -> None:
    told = await board.seen(200)
    assert told is not None
    assert 0 < told.first_paint_ms < 20_000
    assert 0 < told.frame_p50_ms <= told.frame_p95_ms
    assert told.frames_a_second > 1
    assert told.heap_mb > 1 and told.tab_mb > told.heap_mb


def test_without_a_browser_there_is_no_window(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(window, "async_playwright", None)
    assert not window.there()
