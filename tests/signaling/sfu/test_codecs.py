"""What a forwarder sees in a packet."""

from signaling.sfu.codecs import arrive

from . import packets


def test_sound_may_begin_anywhere_but_in_an_empty_packet() -> None:
    assert arrive("opus", packets.rtp(1, 0, b"\x78voice"), 1.0).key
    assert not arrive("opus", packets.rtp(1, 0, b""), 1.0).key


def test_a_picture_begins_at_its_key_frame() -> None:
    assert arrive("VP8", packets.rtp(1, 0, packets.vp8(1, key=True)), 1.0).key
    assert not arrive("VP8", packets.rtp(1, 0, packets.vp8(1, key=False)), 1.0).key
    assert not arrive("VP8", packets.rtp(1, 0, b""), 1.0).key
    assert arrive("H264", packets.rtp(1, 0, b"\x67sps"), 1.0).key
