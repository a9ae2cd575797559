"""The clients of the fan-out bench, in a process of their own: they enter, beat and read on."""

import asyncio
import sys

import aiohttp
import msgspec
from msgspec import Struct

from ... import wire
from ..robot.client import BEAT


class Crowd(Struct):
    url: str
    tickets: list[str]


async def attend(crowd: Crowd) -> None:
    """Be there until standard input ends."""
    loop = asyncio.get_running_loop()
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as http:
        clients = [asyncio.create_task(_client(http, crowd.url, t)) for t in crowd.tickets]
        await loop.run_in_executor(None, sys.stdin.read)
        for client in clients:
            client.cancel()
        await asyncio.gather(*clients, return_exceptions=True)


async def _client(http: aiohttp.ClientSession, url: str, ticket: str) -> None:
    async with http.ws_connect(url + "/ws", max_msg_size=0) as ws:
        await ws.send_bytes(wire.encode(wire.Hello(wire.SCHEMA, ticket)))
        beats = asyncio.create_task(_beat(ws))
        try:
            async for _ in ws:
                pass
        finally:
            beats.cancel()


async def _beat(ws: aiohttp.ClientWebSocketResponse) -> None:
    stamp = 0
    while True:
        await asyncio.sleep(BEAT)
        stamp += 1
        await ws.send_bytes(wire.encode(wire.Beat(stamp)))


if __name__ == "__main__":
    asyncio.run(attend(msgspec.json.decode(sys.stdin.readline(), type=Crowd)))
