"""One packet in, one for each slot out."""

from hypothesis import given
from hypothesis import strategies as st

from signaling.sfu.codecs import Arrival, arrive
from signaling.sfu.packet import Rtp, parse_rtp
from signaling.sfu.plane import Cover, fan_out
from signaling.sfu.tracks import Source

from . import packets

ids = st.sampled_from([(4, 2), (4, 0), (0, 2), (0, 0), (20, 2), (4, 200)])


@given(ids, st.booleans(), st.integers(0, 0xFFFF), st.binary(max_size=9), st.binary(max_size=9))
def test_a_covered_packet_is_what_it_was_meant_to_be(
    numbers: tuple[int, int], marker: bool, seq: int, head: bytes, rest: bytes
) -> None:
    mid_id, time_id = numbers
    cover = Cover(50, mid=b"slot7", mid_id=mid_id, time_id=time_id)
    data = cover.wrap(marker, 96, seq, 77, sent=b"now", head=head, rest=rest)
    expected = {time_id: b"now", mid_id: b"slot7"}
    expected.pop(0, None)
    assert parse_rtp(data) == Rtp(marker, 96, seq, 77, 50, expected, head + rest)


class Leaver:
    """Takes one packet and goes."""

    def __init__(self) -> None:
        self.took = 0

    def take(self, source: Source, arrival: Arrival) -> None:
        self.took += 1
        source.takers.remove(self)


def test_who_leaves_while_a_packet_is_given_out_costs_nobody_theirs() -> None:
    source, _ = packets.source("opus")
    leavers = [Leaver() for _ in range(5)]
    source.takers.extend(leavers)
    fan_out(source, arrive("opus", packets.rtp(1, 0, b"x"), 0.0))
    assert [leaver.took for leaver in leavers] == [1] * 5
