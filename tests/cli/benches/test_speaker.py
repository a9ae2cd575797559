"""Who publishes sends a frame of five packets with its end marked, a voice, and its clock."""

import secrets
import socket
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from struct import pack

from aiortc.codecs.vpx import VpxPayloadDescriptor
from aiortc.rtp import RtcpPacket, RtcpSrPacket, RtpPacket
from pylibsrtp import Policy, Session

from synclass.cli.benches.caller import PICTURE, VOICE
from synclass.cli.benches.handshake import Identity
from synclass.cli.benches.speaker import PICTURE_SSRC, VOICE_SSRC, Speaker

KEY, OTHER = secrets.token_bytes(30), secrets.token_bytes(30)


class Stage:
    """A speaker without a server: what it sends comes to us."""

    def __init__(self, speaker: Speaker, ear: socket.socket) -> None:
        self.speaker, self._ear = speaker, ear
        self._hearing = Session(Policy(KEY, Policy.SSRC_ANY_INBOUND))
        caller = speaker.caller
        caller.sending = Session(Policy(KEY, Policy.SSRC_ANY_OUTBOUND))
        caller.hearing = Session(Policy(OTHER, Policy.SSRC_ANY_INBOUND))
        caller.to = ear.getsockname()

    def packets(self) -> list[RtpPacket]:
        return [RtpPacket.parse(self._hearing.unprotect(data)) for data in self.datagrams()]

    def datagrams(self) -> list[bytes]:
        came = list[bytes]()
        while True:
            try:
                came.append(self._ear.recv(2048))
            except BlockingIOError:
                return came

    def reports(self) -> list[RtcpSrPacket]:
        plain = [self._hearing.unprotect_rtcp(data) for data in self.datagrams()]
        parsed = [packet for data in plain for packet in RtcpPacket.parse(data)]
        return [packet for packet in parsed if isinstance(packet, RtcpSrPacket)]

    def plead(self) -> None:
        plea = pack("!BBHII", 0x81, 206, 2, 1, PICTURE_SSRC)
        sealed = Session(Policy(OTHER, Policy.SSRC_ANY_OUTBOUND)).protect_rtcp(plea)
        self.speaker._heard(self.speaker.caller, sealed, 0)


@asynccontextmanager
async def stage() -> AsyncIterator[Stage]:
    with socket.socket(type=socket.SOCK_DGRAM) as ear:
        ear.setblocking(False)
        ear.bind(("127.0.0.1", 0))
        speaker = Speaker(Identity())
        yield Stage(speaker, ear)
        speaker.caller.close()


def key(frame: list[RtpPacket]) -> bool:
    _, payload = VpxPayloadDescriptor.parse(frame[0].payload)
    return not payload[0] & 1


async def test_a_frame_is_five_packets_and_the_last_one_says_so() -> None:
    async with stage() as here:
        here.speaker._show()
        here.speaker._show()
        first, second = (packets := here.packets())[:5], packets[5:]
        assert [p.marker for p in second] == [0, 0, 0, 0, 1] and key(first) and not key(second)
        assert [p.sequence_number for p in second] == [5, 6, 7, 8, 9]
        assert {p.payload_type for p in packets} == {PICTURE}
        pictures = [VpxPayloadDescriptor.parse(p.payload)[0].picture_id for p in packets]
        assert pictures == [0] * 5 + [1] * 5


async def test_a_plea_brings_a_key_frame_at_once_and_only_one() -> None:
    async with stage() as here:
        here.speaker._show()
        here.plead()
        for _ in range(2):
            here.speaker._show()
        packets = here.packets()
        assert key(packets[5:10]) and not key(packets[10:15])
        assert here.speaker.pleas == 1


async def test_a_word_says_when_it_was_sent() -> None:
    async with stage() as here:
        before = time.time_ns()
        here.speaker._say()
        (packet,) = here.packets()
        assert packet.payload_type == VOICE
        assert before <= int.from_bytes(packet.payload[-8:], "big") <= time.time_ns()


async def test_both_streams_are_tied_to_the_clock() -> None:
    async with stage() as here:
        here.speaker._report(0.0)
        assert {r.ssrc for r in here.reports()} == {PICTURE_SSRC, VOICE_SSRC}
