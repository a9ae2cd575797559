"""The lesson's socket loses no time on a bad line."""

import asyncio
import socket
import sys
from contextlib import suppress

import pytest

from signaling.sockets import LINEAR, LONGEST_WAIT, RTO_MAX_MS, SOCKET_BUFFER, keep_short


@pytest.mark.skipif(sys.platform != "linux", reason="Linux alone knows thin streams")
async def test_what_a_bad_line_lost_is_sent_again_soon_however_often_it_was_lost() -> None:
    async with await asyncio.start_server(lambda *_: None, "127.0.0.1", 0) as server:
        _, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
        assert isinstance(writer.transport, asyncio.Transport)
        keep_short(writer.transport)
        sock = writer.get_extra_info("socket")
        assert sock.getsockopt(socket.IPPROTO_TCP, LINEAR) == 1
        assert sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_NOTSENT_LOWAT) == SOCKET_BUFFER
        with suppress(OSError):  # an older Linux
            assert sock.getsockopt(socket.IPPROTO_TCP, RTO_MAX_MS) == LONGEST_WAIT
        writer.close()
