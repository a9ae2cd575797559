"""A media worker's process."""

import sys

from signaling.sfu.loop import Loop
from signaling.sfu.process import MediaSettings
from signaling.sfu.process import run as forward

from ..config import Config, from_environment
from . import run


async def media(config: Config, number: int) -> None:
    """Forward packets until cancelled."""
    settings = MediaSettings(
        socket=config.workers_at[number],
        recorder=config.recorder_at,
        host_ips=config.media_ips,
        udp_port=config.udp_port + number,
        name=f"media-{number}",
    )
    await forward(settings)


if __name__ == "__main__":
    run(media(from_environment(), int(sys.argv[1])), Loop)
