"""The bench of recordings makes a film of a part of the hour."""

from synclass.cli.benches import record


def test_a_film_is_made_faster_than_the_lesson_went() -> None:
    told = record.measure(minutes=0.2)
    assert told.export_x_realtime > 1
    assert told.export_cpu_x_realtime > 1
    assert 20 < told.export_mb < 4000
    assert 1 < told.film_kbit_s < 2000
