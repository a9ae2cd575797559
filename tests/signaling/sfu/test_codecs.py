"""What is known of each codec."""

from typing import get_args

from signaling.sfu.codecs import CLOCK_HZ, Codec
from signaling.sfu.orders import Kind


def test_every_codec_and_kind_has_its_clock() -> None:
    assert set(CLOCK_HZ) == {*get_args(Codec), *get_args(Kind)}
