"""A load generator in place of the one beside the project: real clients, and what was said."""

from pathlib import Path

from aiortc.sdp import SessionDescription

from synclass.cli.benches.caller import Caller
from synclass.cli.benches.handshake import Identity
from synclass.cli.benches.speaker import Speaker

REMOTE = """
import re

def remote(sdp):
    find = lambda name: (re.search(rf"^a={name}:(\\S+)", sdp, re.M) or [None, None])[1]
    candidate = re.search(r"^a=candidate:\\S+ 1 udp \\d+ (\\S+) (\\d+)", sdp, re.M | re.I)
    return {
        "ufrag": find("ice-ufrag"), "pwd": find("ice-pwd"), "setup": find("setup"),
        "lite": "a=ice-lite" in sdp,
        "ip": candidate and candidate[1], "port": candidate and int(candidate[2]),
    }

async def bench(name, sfu, ns, window, args):
    print("rows of", name)
    return [{"sfu": name, "n": n, "us_per_pkt": 2.0 * n, "args": args} for n in ns]
"""
PROGRAM = "int main(void) { return 0; }\n"


def beside(folder: Path) -> Path:
    """A folder like the one beside the project."""
    folder.mkdir()
    (folder / "load.py").write_text(REMOTE)
    (folder / "rtcload.c").write_text(PROGRAM)
    return folder


class Peer:
    """Its offer is of a real client; what it is to connect to is kept."""

    def __init__(self, number: int) -> None:
        self.id, self.t0 = number, 0.0
        self.speaker = Speaker(Identity())
        self.connected: tuple[object, ...] = ()

    def offer(self, picture: int, voice: int) -> str:
        return self.speaker.caller.offer("sendonly")

    def answer(self, offer: str) -> str:
        return f"answer to {offer}"

    def connect(self, *words: object) -> None:
        self.connected = words

    @property
    def caller(self) -> Caller:
        return self.speaker.caller


class Load:
    def __init__(self) -> None:
        self.peers: list[Peer] = []
        self.commands: list[tuple[object, ...]] = []

    async def open(self) -> Peer:
        self.peers.append(Peer(len(self.peers)))
        return self.peers[-1]

    def cmd(self, *words: object) -> None:
        self.commands.append(words)

    async def event(self, id: int, kind: str) -> float:
        return 0.0

    def close(self) -> None:
        for peer in self.peers:
            peer.caller.close()


def kinds(sdp: str) -> list[tuple[str, str | None]]:
    """What an SDP has, and which way it goes."""
    return [(media.kind, media.direction) for media in SessionDescription.parse(sdp).media]
