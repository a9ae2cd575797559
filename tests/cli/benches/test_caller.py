"""The benches' own client: a line without codecs."""

import asyncio
import socket

import pytest

from signaling.sfu.sdp import read_offer
from synclass.cli.benches import caller
from synclass.cli.benches.caller import PICTURE, RTX, VOICE, Caller
from synclass.cli.benches.handshake import Identity
from synclass.errors import Unavailable

NOBODY = """v=0
a=ice-ufrag:them
a=ice-pwd:secret
a=fingerprint:sha-256 00
m=audio 9 UDP/TLS/RTP/SAVPF 111
"""


async def test_its_offer_is_one_our_server_takes() -> None:
    line = Caller(Identity(), lambda who, data, at: None)
    for direction, use in (("sendonly", "up"), ("recvonly", "down")):
        sound, film = read_offer(line.offer(direction)).sections
        assert sound.use == film.use == use
        assert [f.pt for f in sound.formats] == [VOICE]
        assert [(f.pt, f.rtx) for f in film.formats] == [(PICTURE, RTX)]
    line.socket.close()


async def test_nobody_there_is_said_and_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(caller, "PATIENCE", 0.3)
    line = Caller(Identity(), lambda who, data, at: None)
    with pytest.raises(Unavailable):
        await line.connect(NOBODY)
    line.close()


async def test_a_server_that_refuses_the_handshake_is_not_waited_for() -> None:
    line = Caller(Identity(), lambda who, data, at: None)
    with socket.socket(type=socket.SOCK_DGRAM) as server:
        server.bind(("127.0.0.1", 0))
        port = server.getsockname()[1]
        joining = asyncio.create_task(line.connect(NOBODY.replace(" 9 ", f" {port} ")))
        await asyncio.sleep(0)  # it has asked
        line._flight(line._handshake.step())
        line._hear_dtls(b"\x15\xfe\xfd" + bytes(8) + b"\0\2\2\x28")  # a fatal alert
        with pytest.raises(Unavailable, match="DTLS"):
            await asyncio.wait_for(joining, 5)
    line.close()
