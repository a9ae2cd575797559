"""The ink bench measures handwriting live, in the archive, on a line, and as others send it."""

from synclass.cli.benches import handwriting, ink


async def test_ink_is_smaller_than_what_others_send() -> None:
    told = await ink.measure(strokes=60, seconds=1.0)
    assert told.strokes == 60 and told.points > 600
    assert 1 < told.bytes_per_point < told.bytes_per_point_50ms < 3
    assert told.max_error_px <= handwriting.NEAR
    assert told.bytes_per_point * 20 < told.tldraw_bytes_per_point
    assert told.tldraw_bytes_per_point < told.excalidraw_bytes_per_point
    assert told.archive_kb_per_hour < told.log_kb_per_hour / 3
    assert told.encode_us_per_batch > 0
