"""The fan-out bench measures real frames to real clients, and says when they do not come."""

import pytest

from synclass.cli.benches import fanout
from synclass.cli.benches.fanout import measure
from synclass.errors import Unavailable


async def test_a_frame_to_everybody_costs_something_and_silence_next_to_nothing() -> None:
    told = await measure(30, ticks=10, runs=1)
    assert (told.clients, told.ticks) == (30, 10)
    assert 0 < told.us_per_client < 1000
    assert 0 <= told.idle_share < 0.5


async def test_who_does_not_come_is_not_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fanout, "ENTER_WITHIN", 0.0)
    with pytest.raises(Unavailable) as unavailable:
        await measure(2, ticks=10, runs=1)
    assert str(unavailable.value) == "0 of 2 clients came"
