"""The one UDP socket of a worker, and the gate in front of everything behind it."""

import asyncio
import contextlib
import socket
from collections import Counter
from collections.abc import Callable, Iterable

from synclass.errors import Malformed

from .frames import WAIT, Frames
from .ice import Address, IceLite
from .peer import Peer
from .plane import choose

SHORTEST = 13  # bytes: a DTLS record's header (RFC 6347 §4.1), the shortest thing anybody sends
ADDRESSES = 16  # of one peer at a time; a browser has a handful, old ones go after 30 s
PENDING = 256  # peers of one IP address that may be shaking hands at a time
_AT_A_TIME = 64  # datagrams read before others of the loop have their turn
_BUFFER = 4 * 1024 * 1024  # bytes the kernel keeps while we are busy; more are lost


class Gate:
    """Lets through STUN that authenticates, and data from addresses whose check did.

    One empty datagram from anywhere closes a call of stock aiortc; here it is counted and gone.
    """

    def __init__(self) -> None:
        self.ice: IceLite[Peer] = IceLite()
        self.by_address: dict[Address, Peer] = {}
        self.by_ssrc: dict[int, Peer] = {}
        self.dropped = 0

    def admit(self, peer: Peer, ufrag: str, pwd: str) -> None:
        """Checks with this user name are the peer's from now on."""
        peer.ufrags.append(ufrag)
        peer.pwd = pwd
        self.ice.open(peer, ufrag, pwd)

    def bind(self, ssrc: int, peer: Peer) -> None:
        """Packets with this SSRC are the peer's, wherever they come from."""
        self.by_ssrc[ssrc] = peer

    def forget(self, peer: Peer) -> None:
        """No packet reaches this peer any more."""
        self.ice.close(peer.ufrags)
        self._unbind(peer, peer.path.addresses())
        for ssrc in [ssrc for ssrc, owner in self.by_ssrc.items() if owner is peer]:
            del self.by_ssrc[ssrc]

    def sweep(self, peer: Peer, now: float) -> None:
        """Addresses the peer has moved away from are forgotten after a while."""
        self._unbind(peer, peer.path.sweep(now))

    def received(self, data: bytes, source: Address, now: float) -> bytes | None:
        """Take a datagram; returns what to answer at once, if anything."""
        if len(data) < SHORTEST:
            self.dropped += 1
            return None
        if data[0] < 4:
            return self._check(data, source, now)
        peer = self.by_address.get(source)
        if peer is None:
            self._roam(data, source, now)
        elif 127 < data[0] < 192:
            peer.arrived(data, now)
        elif 19 < data[0] < 64:
            peer.dtls.feed(data)
        else:
            self.dropped += 1
        return None

    def _check(self, data: bytes, source: Address, now: float) -> bytes | None:
        try:
            check = self.ice.check(data, source)
        except Malformed:
            self.dropped += 1
            return None
        peer = check.owner
        if source not in self.by_address and self._crowded(peer, source[0]):
            self.dropped += 1
            return None
        self._retire(peer, check.ufrag)
        self.by_address[source] = peer
        peer.path.checked(source, now, nominated=check.nominated)
        return check.reply

    def _crowded(self, peer: Peer, ip: str) -> bool:
        """Has the peer too many addresses, or do too many behind this IP have no keys yet?"""
        if len(peer.path.addresses()) >= ADDRESSES:
            return True
        if peer.dtls.keyed:
            return False
        waiting = Counter(at for (at, *_), p in self.by_address.items() if not p.dtls.keyed)
        return waiting[ip] >= PENDING

    def _retire(self, peer: Peer, ufrag: str) -> None:
        """After a restart the old user names stay good until a newer one is used."""
        old = peer.ufrags[: peer.ufrags.index(ufrag)]
        self.ice.close(old)
        del peer.ufrags[: len(old)]

    def _roam(self, data: bytes, source: Address, now: float) -> None:
        """A NAT gave a client another port: follow its first RTP packet that authenticates.

        116-135 ms of outage instead of the 0.74-2.4 s until the next check (measured).
        """
        peer = None
        if 127 < data[0] < 192 and not 192 <= data[1] <= 223:
            peer = self.by_ssrc.get(int.from_bytes(data[8:12], "big"))
        if peer and len(peer.path.addresses()) < ADDRESSES and peer.arrived(data, now):
            self.by_address[source] = peer
            peer.path.roamed(source, now)
        else:
            self.dropped += 1

    def _unbind(self, peer: Peer, addresses: list[Address]) -> None:
        for address in addresses:
            if self.by_address.get(address) is peer:
                del self.by_address[address]


class Wire:
    """The UDP port itself.  A datagram the kernel will not take now is dropped.

    Beside 0.0.0.0 each of our own addresses has a socket: an answer must come from the address
    that was asked.  Without, a browser on the same machine that asked 127.0.0.1 is answered from
    the network card's address, and never connects (measured with Chromium).
    """

    def __init__(self, port: int, hosts: Iterable[str], clock: Callable[[], float]) -> None:
        """Raises OSError where the port is taken; hosts that are not ours (NAT) are passed over."""
        self.gate = Gate()
        self._clock = clock
        self._sockets = [_bound("0.0.0.0", port)]
        self._sockets[0].setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        for host in dict.fromkeys(hosts):
            with contextlib.suppress(OSError):
                self._sockets.append(_bound(host, self.port, shared=True))
        self.plane = choose(self._sockets)
        self.frames = Frames(self.plane)
        self._alarm: asyncio.TimerHandle | None = None
        self._loop = asyncio.get_running_loop()
        for number, bound in enumerate(self._sockets):
            self._loop.add_reader(bound, self._readable, bound, number)

    @property
    def port(self) -> int:
        return int(self._sockets[0].getsockname()[1])

    def send(self, data: bytes, address: Address) -> None:
        ip, port, number = address
        with contextlib.suppress(OSError):  # full, or no way there: UDP may lose
            self._sockets[number].sendto(data, (ip, port))

    def close(self) -> None:
        self.plane.close()
        if self._alarm is not None:
            self._alarm.cancel()
        for bound in self._sockets:
            self._loop.remove_reader(bound)
            bound.close()

    def _readable(self, bound: socket.socket, number: int) -> None:
        self._read(bound, number)
        if self.frames.waiting and self._alarm is None:
            self._alarm = self._loop.call_later(WAIT, self._flush)

    def _read(self, bound: socket.socket, number: int) -> None:
        for _ in range(_AT_A_TIME):
            try:
                data, (ip, port) = bound.recvfrom(2048)
            except OSError:
                return
            source = (ip, port, number)
            reply = self.gate.received(data, source, self._clock())
            if reply:
                self.send(reply, source)

    def _flush(self) -> None:
        self._alarm = None
        self.frames.flush()


def _bound(host: str, port: int, *, shared: bool = False) -> socket.socket:
    bound = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    bound.setblocking(False)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, int(shared))
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _BUFFER)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _BUFFER)
    try:
        bound.bind((host, port))
    except OSError:
        bound.close()
        raise
    return bound
