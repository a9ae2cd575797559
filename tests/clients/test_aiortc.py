"""aiortc as it comes, at both doors."""

from collections.abc import Callable
from pathlib import Path

from .stock import Publisher, Viewer


async def test_stock_aiortc_publishes_and_plays(
    publisher: Publisher, viewer: Viewer, keep: Callable[[bytes], Path]
) -> None:
    await viewer.start()
    await viewer.sees_and_hears()
    keep(viewer.png())
