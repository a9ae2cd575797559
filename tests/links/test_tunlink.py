"""A room's own network: what goes through it is late, thin and lossy, TCP as well."""

import asyncio
import sys
import time
from typing import cast

from . import tunlink
from .profiles import Profile, Way

pytestmark = tunlink.needs_networks


async def run(*command: str) -> tuple[int, str]:
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    out, _ = await process.communicate()
    return process.returncode or 0, out.decode()


class Echo(asyncio.DatagramProtocol):
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.DatagramTransport, transport)

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        self.transport.sendto(data, addr)


CALL = """
import socket, sys, time
line = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
line.connect((sys.argv[1], int(sys.argv[2])))
for _ in range(3):
    began = time.monotonic()
    line.send(b"hello")
    line.recv(9)
    print(time.monotonic() - began)
"""


async def test_all_that_a_far_room_sends_takes_its_time() -> None:
    loop = asyncio.get_running_loop()
    transport, _ = await loop.create_datagram_endpoint(Echo, ("0.0.0.0", 0))
    port = transport.get_extra_info("sockname")[1]
    async with tunlink.FarRoom(Profile(Way(delay=0.06), Way(delay=0.04))) as far:
        code, out = await run(*far.enter(), sys.executable, "-c", CALL, tunlink.OURS, str(port))
        assert code == 0 and all(0.1 <= float(took) < 0.3 for took in out.split()), out
    transport.close()


async def test_a_page_of_the_server_is_a_local_one_in_there() -> None:
    async def greet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"x" * 100_000)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(greet, "0.0.0.0", 0)
    port = server.sockets[0].getsockname()[1]
    thin = Way(rate=1e6, delay=0.02, buffer=1)
    async with server, tunlink.FarRoom(Profile(thin, thin)) as far:
        await far.relay(port)
        began = time.monotonic()
        read = f"import socket;s=socket.create_connection(('localhost',{port}));n=0"
        read += "\nwhile d:=s.recv(65536): n+=len(d)\nprint(n)"
        code, out = await run(*far.enter(), sys.executable, "-c", read)
        assert (code, out.strip()) == (0, "100000")
        assert time.monotonic() - began > 0.8, "a hundred kilobytes at a megabit"
