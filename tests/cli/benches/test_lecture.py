"""The benches' teacher speaks, breathes and is silent; her steady twin never pauses."""

import pytest

from synclass.cli.benches import lecture


def test_a_voice_rests_where_nobody_speaks() -> None:
    sent = lecture.voice(lasts=12.0)
    rests = [not packet for packet in sent]
    assert 0.02 < sum(rests) / len(rests) < 0.5
    assert sum(map(len, sent)) * 8 / (len(sent) / 50) < lecture.BPS
    longest = max(map(len, "".join("-" if rest else " " for rest in rests).split()))
    assert longest == lecture.DTX - 1, "of silence a packet comes every 400 ms"


def test_a_steady_voice_has_packets_of_one_size_and_no_rest() -> None:
    assert {len(packet) for packet in lecture.voice(steady=True, lasts=5.0)} == {lecture.BPS // 400}


def test_a_camera_fills_its_line_and_begins_with_a_whole_picture(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(lecture, "LOOP", 2)
    pictures = lecture.camera()
    assert len(pictures) == 2 * lecture.PER_SECOND
    assert pictures[0][0] & 1 == 0 and all(picture[0] & 1 for picture in pictures[1:])
    assert sum(map(len, pictures)) * 8 / 2 > lecture.CAMERA_BPS / 2
