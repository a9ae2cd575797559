"""The fan-out bench measures real frames to real clients, and says when they do not come."""

import pytest

from synclass.cli.benches import fanout
from synclass.cli.benches.fanout import measure
from synclass.errors import Unavailable


async def test_frames_to_everybody_are_measured_beside_the_silence() -> None:
    """That they cost more is for the bench: here other tests share the process's clock."""
    told = await measure(30, ticks=10, runs=1)
    assert (told.clients, told.ticks) == (30, 10)
    assert -1000 < told.us_per_client < 1000 and told.idle_share > 0


async def test_who_does_not_come_is_not_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fanout, "ENTER_WITHIN", 0.0)
    with pytest.raises(Unavailable) as unavailable:
        await measure(2, ticks=10, runs=1)
    assert str(unavailable.value) == "0 of 2 clients came"
