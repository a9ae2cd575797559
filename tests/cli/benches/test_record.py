"""The bench of recordings makes a film of a part of the hour."""

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from synclass.cli.benches import record


def test_a_film_is_made_faster_than_the_lesson_went() -> None:
    """In a process of its own, whose memory knows of no child but those who draw."""
    with ProcessPoolExecutor(1, get_context("spawn")) as bench:
        told = bench.submit(record.measure, minutes=0.2).result()
    assert told.export_x_realtime > 1
    assert told.export_cpu_x_realtime > 1
    assert 20 < told.export_mb < 4000
    assert 1 < told.film_kbit_s < 2000
