from hypothesis import given
from hypothesis import strategies as st

from synclass import tape
from synclass.errors import Malformed
from synclass.words import ParticipantId

WHO = ParticipantId("wang")


def test_every_message_comes_back_as_it_was() -> None:
    messages: list[tape.ToRecorder] = [
        tape.TrackOpened("l", WHO, "voice", "opus"),
        tape.Packets("l", WHO, "voice", [(1.5, b"\x80")]),
        tape.Report("l", WHO, "voice", 3.9e9, 960, 1.5),
        tape.TrackClosed("l", WHO, "voice"),
        tape.Bell("l"),
    ]
    assert [tape.for_recorder(tape.encode(message)) for message in messages] == messages
    wanted = tape.KeyframeWanted("l", WHO, "camera")
    missed = tape.Missed("l", WHO, "camera", 1.5, 9.0)
    for message in (wanted, tape.Kept("l", False), missed):
        assert tape.for_worker(tape.encode(message)) == message


@given(st.binary(max_size=80))
def test_other_bytes_are_malformed(data: bytes) -> None:
    for read in (tape.for_recorder, tape.for_worker):
        try:
            read(data)
        except Malformed:
            continue
