"""The gate in front of everything: whose address is it, and who may send from where."""

from collections import Counter

from synclass.errors import Malformed

from .ice import Address, IceLite
from .peer import Peer
from .plane import Event, Line, Plane

ADDRESSES = 16  # of one peer at a time; a browser has a handful, old ones go after 30 s
PENDING = 256  # peers of one IP address that may be shaking hands at a time


class Gate:
    """Lets through STUN that authenticates, and data from addresses whose check did.

    One empty datagram from anywhere closes a call of stock aiortc; here it is counted and gone.
    """

    def __init__(self, plane: Plane) -> None:
        self.ice: IceLite[Peer] = IceLite()
        self.by_address: dict[Address, Peer] = {}
        self.by_ssrc: dict[int, Peer] = {}
        self.by_line: dict[Line, Peer] = {}
        self.dropped = 0
        """Beside what the plane dropped."""
        self._plane = plane

    def admit(self, peer: Peer, ufrag: str, pwd: str) -> None:
        """Checks with this user name are the peer's from now on."""
        peer.ufrags.append(ufrag)
        peer.pwd = pwd
        self.by_line[peer.line] = peer
        self.ice.open(peer, ufrag, pwd)

    def bind(self, ssrc: int, peer: Peer) -> None:
        """Packets with this SSRC are the peer's, wherever they come from."""
        self.by_ssrc[ssrc] = peer

    def forget(self, peer: Peer) -> None:
        """No packet reaches this peer any more."""
        self.ice.close(peer.ufrags)
        self._unbind(peer, peer.path.addresses())
        self.by_line.pop(peer.line, None)
        for ssrc in [ssrc for ssrc, owner in self.by_ssrc.items() if owner is peer]:
            del self.by_ssrc[ssrc]

    def sweep(self, peer: Peer, now: float) -> None:
        """Addresses the peer has moved away from are forgotten after a while."""
        self._unbind(peer, peer.path.sweep(now))

    def received(
        self, data: bytes, source: Address, now: float
    ) -> tuple[bytes | None, list[Event]]:
        """Take a datagram that is none of the plane's.

        -> (what to answer at once, what the plane tells of it then).
        """
        if data[0] < 4:
            return self._check(data, source, now), []
        peer = self.by_address.get(source)
        if peer is None:
            return None, self._roam(data, source, now)
        peer.dtls.feed(data)
        return None, []

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
        self._bind(source, peer)
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

    def _roam(self, data: bytes, source: Address, now: float) -> list[Event]:
        """A NAT gave a client another port: follow its first RTP packet that authenticates.

        116-135 ms of outage instead of the 0.74-2.4 s until the next check (measured).
        """
        peer = None
        if 127 < data[0] < 192 and not 192 <= data[1] <= 223:
            peer = self.by_ssrc.get(int.from_bytes(data[8:12], "big"))
        if peer is not None and len(peer.path.addresses()) < ADDRESSES:
            good, told = self._plane.feed(peer.line, data, now)
            if good:
                self._bind(source, peer)
                peer.path.roamed(source, now)
                return told
        self.dropped += 1
        return []

    def _bind(self, source: Address, peer: Peer) -> None:
        self.by_address[source] = peer
        self._plane.bind(source, peer.line)

    def _unbind(self, peer: Peer, addresses: list[Address]) -> None:
        for address in addresses:
            if self.by_address.get(address) is peer:
                del self.by_address[address]
                self._plane.unbind(address)
