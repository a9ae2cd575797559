"""This server and others under one load generator, in one run: what each pays for a packet."""

import socket
import tempfile
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from ...errors import Unavailable
from .doors import Doors
from .driver import Driver, Row
from .janus import Janus

HOST = "10.99.0.1"  # of tests/net.sh; the generator's own, too


class Peers(Struct):
    synclass: list[Row]
    janus: list[Row]
    ratio: dict[str, float]
    """How many times as much Janus pays for a packet, by the number of subscribers."""


async def measure(rtcload: Path, sizes: Sequence[int], *, seconds: float) -> Peers:
    """One after the other.  Raises Unavailable with what is missing."""
    _at_home()
    with tempfile.TemporaryDirectory(prefix="synclass-") as made:
        built, ours, theirs = (Path(made) / name for name in ("rtcload", "synclass", "janus"))
        for folder in (built, ours, theirs):
            folder.mkdir()
        driver = Driver(rtcload, built)
        janus = Janus(driver, HOST, theirs)
        synclass = await driver.bench("synclass", Doors(driver, HOST, ours), sizes, seconds=seconds)
        other = await driver.bench("janus", janus, sizes, seconds=seconds)
    return Peers(synclass, other, ratios(synclass, other))


def ratios(ours: list[Row], theirs: list[Row]) -> dict[str, float]:
    costs = {row["n"]: row["us_per_pkt"] for row in ours if row["us_per_pkt"]}
    return {
        str(row["n"]): round(row["us_per_pkt"] / costs[row["n"]], 2)
        for row in theirs
        if row["n"] in costs
    }


def _at_home() -> None:
    with socket.socket(type=socket.SOCK_DGRAM) as probe:
        try:
            probe.bind((HOST, 0))
        except OSError as error:
            raise Unavailable("network", f"{HOST} is not ours: run it by tests/net.sh") from error
