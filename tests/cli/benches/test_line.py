"""What writing costs a line is counted by the kernel, on a real socket with TLS."""

from synclass.cli.benches import line
from synclass.strokes import BeginStroke


async def test_writing_costs_a_line_more_than_silence_and_less_than_a_voice() -> None:
    told = await line.measure(3.0)
    assert told.seconds == 3.0
    assert 0 <= told.silence_kbit_s < told.down_kbit_s < 16
    assert told.down_kbit_s < told.up_kbit_s < 24


def test_a_hand_writes_without_a_pause_but_to_lift_the_pen() -> None:
    batches = list(line.written(20.0))
    times = [at for at, _ in batches]
    assert times == sorted(times) and times[-1] <= 20.0
    strokes = sum(isinstance(command, BeginStroke) for _, command in batches)
    assert 30 < strokes < 90
    assert 5 < len(batches) / 20 < 10
