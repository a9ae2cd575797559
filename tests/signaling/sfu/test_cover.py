"""What is put around a payload."""

from hypothesis import given
from hypothesis import strategies as st

from signaling.sfu.cover import Cover, block_of
from signaling.sfu.packet import Rtp, parse_rtp

ids = st.sampled_from([(4, 2), (4, 0), (0, 2), (0, 0), (20, 2), (4, 200)])


@given(ids, st.booleans(), st.integers(0, 0xFFFF), st.binary(max_size=9), st.binary(max_size=9))
def test_a_covered_packet_is_what_it_was_meant_to_be(
    numbers: tuple[int, int], marker: bool, seq: int, head: bytes, rest: bytes
) -> None:
    mid_id, time_id = numbers
    cover = Cover(50, *block_of(b"slot7", mid_id=mid_id, time_id=time_id))
    data = cover.wrap(marker << 7 | 96, seq, 77, sent=b"now", payload=head + rest)
    expected = {time_id: b"now", mid_id: b"slot7"}
    expected.pop(0, None)
    assert parse_rtp(data) == Rtp(marker, 96, seq, 77, 50, expected, head + rest)
