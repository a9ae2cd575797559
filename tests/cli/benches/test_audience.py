"""The audience is there when its worker is, and reports what it hears."""

import asyncio
import secrets
from pathlib import Path

import pytest
from aiortc.rtp import RtcpPacket, RtcpPsfbPacket, RtcpRrPacket, unpack_remb_fci
from pylibsrtp import Policy, Session

from signaling.worker import Worker
from synclass.cli.benches.audience import LINK, Audience, Listening, Subscriber, present
from synclass.cli.benches.ears import Ear, Stream
from synclass.cli.benches.handshake import Identity


async def test_a_worker_that_does_not_come_is_not_waited_for(tmp_path: Path) -> None:
    worker = Worker(str(tmp_path / "nobody.sock"), lambda event: None, lambda up: None)
    with pytest.raises(TimeoutError):
        await present(worker, 0.05)


async def test_nobody_is_counted_before_anybody_is_there() -> None:
    listening = Listening(Audience([], 0))
    counted = listening.count()
    assert (counted.came, counted.due, counted.unread, counted.delays) == (0, 0, 0, [])
    await listening.close()


async def test_who_has_heard_nothing_reports_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    one, told = Subscriber(Identity()), list[bytes]()
    key = secrets.token_bytes(30)
    one.caller.sending = Session(Policy(key, Policy.SSRC_ANY_OUTBOUND))
    monkeypatch.setattr(one.caller, "send", told.append)
    one.report()
    one.ear = Ear(one.caller.let_go(), None)
    one.report()
    assert not told
    one.ear.streams[7] = Stream(1)
    one.report()
    report, remb = RtcpPacket.parse(
        Session(Policy(key, Policy.SSRC_ANY_INBOUND)).unprotect_rtcp(*told)
    )
    assert isinstance(report, RtcpRrPacket) and report.reports[0].ssrc == 7
    assert isinstance(remb, RtcpPsfbPacket) and unpack_remb_fci(remb.fci) == (LINK, [7])
    one.caller.close()


async def test_the_first_packet_counts_from_when_the_kernel_had_it() -> None:
    one = Subscriber(Identity())
    for kind, at in ((200, 5), (96, 7), (96, 9)):
        one._heard(one.caller, bytes((0x80, kind)) + bytes(10), at)
    assert await asyncio.wait_for(one._began, 1) == 7
    one.caller.close()
