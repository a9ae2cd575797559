import pytest
from hypothesis import given
from hypothesis import strategies as st

from synclass.errors import Malformed
from synclass.framing import Deframer, frame


@given(st.lists(st.binary(max_size=300)), st.integers(1, 50))
def test_messages_come_out_whole_however_the_stream_is_cut(messages: list[bytes], cut: int) -> None:
    stream = b"".join(map(frame, messages))
    deframer, got = Deframer(), []
    for at in range(0, len(stream), cut):
        got += deframer.feed(stream[at : at + cut])
    assert got == messages


def test_a_length_no_message_of_ours_has_is_malformed() -> None:
    with pytest.raises(Malformed, match="longest"):
        Deframer().feed(b"\xff\xff\xff\xff")
