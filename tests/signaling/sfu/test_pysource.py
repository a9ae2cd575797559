"""A packet as the plane in Python looks at it once, for everybody."""

from signaling.sfu.pysource import Frame, Packet, Source, size_of

from . import packets


def test_sound_may_begin_anywhere_but_in_an_empty_packet() -> None:
    assert come("opus", b"\x78voice").key and not come("opus", b"").key


def test_a_picture_begins_at_its_key_frame() -> None:
    assert come("VP8", packets.vp8(1, key=True)).key
    assert not come("VP8", packets.vp8(1, key=False)).key
    assert not come("VP8", b"").key
    assert come("H264", b"\x67sps").key


def test_a_frame_knows_its_newest_packet_and_where_to_cut() -> None:
    source = Source(7, "VP8", 0)
    payloads = [packets.vp8(n // 2, key=False) + bytes(9 * (n < 3)) for n in range(4)]
    seqs = (10, 12, 11, 13)
    made = [
        source.come(packets.rtp(seq, 0, payload), source.way(seq), 1.0, repaired=False)
        for seq, payload in zip(seqs, payloads, strict=True)
    ]
    frame = Frame([packet for packet in made if packet], 1.0)
    assert (frame.newest.number, frame.oldest, frame.cuts) == (13, 10, [4])
    assert frame.picture is not None and frame.picture.number == 11
    assert frame.octets == sum(map(len, payloads)) == sum(map(size_of, frame.packets))


def come(codec: str, payload: bytes) -> Packet:
    assert codec in ("VP8", "H264", "VP9", "AV1", "opus")
    source = Source(7, codec, 0)  # type: ignore[arg-type]
    packet = source.come(packets.rtp(1, 0, payload), 1, 1.0, repaired=False)
    assert packet is not None
    return packet
