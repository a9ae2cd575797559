"""Both planes: a thin line gets fewer pictures a second, and sees no hole where they were."""

import random

import pytest
from aiortc.rtp import RtcpRtpfbPacket
from hypothesis import given, settings
from hypothesis import strategies as st

from signaling.sfu import vp8, vp9
from signaling.sfu.packet import Rtp, parse_rtp
from signaling.sfu.plane import ALL, Stream

from . import packets
from .planes import NAMES, Ends

PATTERN = (0, 2, 1, 2)  # the temporal layers of Chromium's three, one picture after another


def shown(ends: Ends) -> Stream:
    stream = ends.stream()
    stream.show(ends.source(), 96, 97)
    return stream


def picture(n: int, tid: int, *, key: bool = False, sync: bool = False) -> Rtp:
    """One packet each; the tl0 index counts the lowest layer."""
    payload = packets.layered(n, tid, key=key, sync=sync, tl0=n // 4)
    return packets.rtp(n, n * 3000, payload, marker=True)


def film(frames: int, since: int = 1, *, sync: int = 0) -> list[Rtp]:
    """``sync``: the number of the picture that has the Y bit."""
    return [picture(n, PATTERN[n % 4], sync=n == sync) for n in range(since, since + frames)]


def seen(ends: Ends) -> list[tuple[int, int, int]]:
    """-> (number, picture id, timestamp) of what came, from 0 at the first."""
    first, found = None, []
    for packet in map(parse_rtp, ends.receive()):
        where = vp8.describe(packet.payload)
        assert where is not None and where.pid is not None
        here = packet.seq, where.pid, packet.ts
        first = first or here
        found.append(((here[0] - first[0]) & 0xFFFF, here[1] - first[1], here[2] - first[2]))
    return found


def test_upper_layers_are_left_out_without_a_hole(subscriber: Ends) -> None:
    stream = shown(subscriber)
    subscriber.come(picture(0, 0, key=True))
    stream.limit(0)
    subscriber.come(*film(12))
    assert seen(subscriber) == [(n, n, n * 12000) for n in range(4)]
    assert stream.packets == 4


def test_the_middle_layer_may_stay(subscriber: Ends) -> None:
    stream = shown(subscriber)
    subscriber.come(picture(0, 0, key=True))
    stream.limit(1)
    subscriber.come(*film(8))
    assert [ts // 6000 for *_, ts in seen(subscriber)] == [0, 1, 2, 3, 4]


def test_a_layer_comes_back_at_a_picture_that_needs_no_other(subscriber: Ends) -> None:
    stream = shown(subscriber)
    subscriber.come(picture(0, 0, key=True))
    stream.limit(0)
    subscriber.come(*film(4))
    stream.limit(ALL)
    subscriber.come(*film(8, 5, sync=9))
    pictures = seen(subscriber)
    assert [number for number, *_ in pictures] == list(range(7))
    assert [ts // 3000 for *_, ts in pictures] == [0, 4, 8, 9, 10, 11, 12]


def test_a_layer_comes_back_at_a_key_frame(subscriber: Ends) -> None:
    stream = shown(subscriber)
    stream.limit(0)
    subscriber.come(picture(0, 0, key=True), *film(3))
    stream.limit(2)
    subscriber.come(picture(4, 0, key=True), picture(5, 2))
    assert [ts // 3000 for *_, ts in seen(subscriber)] == [0, 4, 5]


def test_a_picture_is_left_out_whole_or_not_at_all(subscriber: Ends) -> None:
    stream = shown(subscriber)
    subscriber.come(picture(0, 0, key=True))
    second = [picture(n, 2)._replace(payload=packets.layered(1, 2), ts=3000) for n in (1, 2, 3)]
    subscriber.come(second[0])
    stream.limit(0)
    subscriber.come(*second[1:], picture(4, 0))
    assert len(seen(subscriber)) == 5


def test_what_is_late_gets_the_number_that_was_kept_for_it(subscriber: Ends) -> None:
    stream = shown(subscriber)
    subscriber.come(picture(0, 0, key=True))
    stream.limit(0)
    subscriber.come(picture(2, 2), picture(3, 2), picture(4, 0), picture(1, 0), picture(6, 2))
    subscriber.come(picture(8, 0), picture(5, 2), picture(7, 0))
    assert [number for number, *_ in seen(subscriber)] == [0, 2, 1, 5, 4]
    assert [pid for _, pid, _ in seen(subscriber)] == [0, 2, 1, 5, 4]


def test_a_late_packet_may_be_our_newest_and_its_number_is_not_given_out_again(
    subscriber: Ends,
) -> None:
    stream = shown(subscriber)
    subscriber.come(picture(0, 0, key=True))
    stream.limit(0)
    subscriber.come(picture(2, 2), picture(1, 0))
    camera = packets.Camera(subscriber.plane, 9, random.Random(1))
    stream.show(camera.source.inlet, 96, 97)
    camera.film(2.0, key=True)
    assert [number for number, *_ in seen(subscriber)] == [0, 1, 2, 3]
    assert subscriber.plane.failed == 0


def test_what_was_left_out_is_not_sent_again(subscriber: Ends) -> None:
    stream = shown(subscriber)
    subscriber.come(picture(0, 0, key=True))
    stream.limit(0)
    subscriber.come(*film(8))
    sent = [parse_rtp(data) for data in subscriber.receive()]
    nack = RtcpRtpfbPacket(fmt=1, ssrc=1, media_ssrc=50, lost=[packet.seq for packet in sent])
    subscriber.hear(bytes(nack), 9.0)
    again = [parse_rtp(data) for data in subscriber.receive()[len(sent) :]]
    assert [packet.payload[2:] for packet in again] == [packet.payload for packet in sent]


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=60)
@given(st.integers(0, 2**32), st.lists(st.sampled_from([0, 1, 2, ALL]), min_size=1, max_size=12))
def test_whatever_is_left_out_and_shuffled_no_number_comes_twice(
    name: str, seed: int, limits: list[int]
) -> None:
    dice = random.Random(seed)
    with Ends(name).connect() as ends:
        stream = shown(ends)
        ends.come(picture(0, 0, key=True))
        for n, tid in enumerate(limits):
            stream.limit(tid)
            reel = [p for p in film(9, 1 + 9 * n, sync=dice.randrange(100)) if dice.random() < 0.9]
            ends.come(*sorted(reel, key=lambda packet: packet.seq + dice.randrange(4)))
        numbers = [number for number, *_ in seen(ends)]
        assert len(set(numbers)) == len(numbers) and ends.plane.failed == 0
        assert len(numbers) == stream.packets


def screen(n: int, *, key: bool = False, up: bool = False) -> Rtp:
    """VP9, one packet a picture, in Chromium's three layers."""
    payload = packets.vp9(n, PATTERN[n % 4], key=key, up=up, tl0=n // 4)
    return packets.rtp(n, n * 3000, payload, marker=True)


def read_vp9(ends: Ends) -> list[tuple[int, int, int]]:
    first, found = None, []
    for packet in map(parse_rtp, ends.receive()):
        where = vp9.describe(packet.payload)
        assert where is not None and where.pid is not None and where.tl0 is not None
        here = packet.seq, where.pid, where.tl0
        first = first or here
        found.append(((here[0] - first[0]) & 0xFFFF, here[1] - first[1], here[2] - first[2]))
    return found


def test_of_vp9_what_is_left_out_leaves_its_picture_ids_free(subscriber: Ends) -> None:
    """Its receivers count pictures to know which ones one needs."""
    stream = subscriber.stream()
    stream.show(subscriber.source(codec="VP9"), 96, 97)
    subscriber.come(screen(0, key=True))
    stream.limit(1)
    subscriber.come(*map(screen, range(1, 9)))
    assert read_vp9(subscriber) == [(n, 2 * n, n // 2) for n in range(5)]


def test_of_vp9_a_layer_comes_back_behind_a_picture_that_says_so(subscriber: Ends) -> None:
    stream = subscriber.stream()
    stream.show(subscriber.source(codec="VP9"), 96, 97)
    subscriber.come(screen(0, key=True))
    stream.limit(0)
    subscriber.come(*(screen(n) for n in range(1, 5)))
    stream.limit(ALL)
    subscriber.come(screen(5, up=True), screen(6, up=True), screen(7), screen(8, up=True))
    subscriber.come(*(screen(n) for n in range(9, 12)))
    assert [pid for _, pid, _ in read_vp9(subscriber)] == [0, 4, 8, 9, 10, 11]


def test_of_vp9_the_next_seam_goes_on_right_behind(subscriber: Ends) -> None:
    stream = subscriber.stream()
    first, second = (subscriber.source(ssrc, "VP9") for ssrc in (7, 8))
    stream.show(first, 96, 97)
    subscriber.come(screen(0, key=True), screen(1))
    stream.show(second, 96, 97)
    later = [screen(n, key=n == 4000) for n in (4000, 4001)]
    subscriber.come(*(packet._replace(ssrc=8) for packet in later))
    assert [(seq, pid) for seq, pid, _ in read_vp9(subscriber)] == [(n, n) for n in range(4)]
