"""One media worker: a UDP socket, a door for signaling, a reel for the recorder, and a tick."""

import asyncio
import time

import structlog
from msgspec import Struct

from .desk import Desk
from .door import SignalingDoor
from .reel import Reel
from .udp import Wire

TICK = 0.05  # seconds
log = structlog.get_logger("sfu")


class MediaSettings(Struct, frozen=True):
    socket: str
    """Unix path to listen on for signaling."""
    recorder: str
    """Unix path where the recorder listens."""
    host_ips: list[str]
    """Addresses to advertise, best first; the socket is bound to all of them."""
    udp_port: int
    name: str = "media"


async def run(settings: MediaSettings) -> None:
    """Serve until cancelled; raises OSError where the port or the path cannot be had."""
    door = SignalingDoor(settings.socket)
    wire = Wire(settings.udp_port, settings.host_ips, time.monotonic)
    desk = Desk(wire, settings.host_ips, tell=door.tell, clock=time.monotonic)
    door.on_order = desk.order
    log.info("forwarding", plane=wire.plane.name)
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(door.run())
            group.create_task(Reel(desk, settings.recorder, time.monotonic).run())
            group.create_task(_tick(desk))
    finally:
        await desk.close()
        wire.close()


async def _tick(desk: Desk) -> None:
    """One lesson's bug must not end the others: it is logged, and time goes on."""
    while True:
        await asyncio.sleep(TICK)
        try:
            desk.tick(time.time())
        except Exception:
            log.exception("a tick failed")
