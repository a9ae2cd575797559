"""The sockets as the plane in Python sends by them: packets of a frame together (UDP GSO)."""

import errno
import socket
from collections.abc import Sequence
from struct import pack

from .ice import Address

UDP_SEGMENT = 103  # linux/udp.h
SEGMENTS, SEGMENTS_SIZE = 60, 60_000  # packets and bytes in a GSO send: below 64 and 65508
_UNCUT = {errno.EIO, errno.EINVAL, errno.EOPNOTSUPP, errno.EMSGSIZE}
"""What hosts and ways answer where they cannot cut."""


class Way:
    """The way to one client: a socket of ours, and where it sends to."""

    def __init__(self, bound: socket.socket, to: tuple[str, int]) -> None:
        self.bound = bound
        self.to = to
        self.segmented = True
        """GSO has not been refused on it."""


class Outlet:
    """Counts what goes, and what does not: UDP may lose."""

    def __init__(self, sockets: Sequence[socket.socket]) -> None:
        self.sockets = sockets
        self.sent = self.refused = self.failed = self.sends = self.unsegmented = 0
        self._open = True
        self._sizes: dict[int, list[tuple[int, int, bytes]]] = {}

    def way(self, address: Address) -> Way | None:
        """None where it goes through no socket of ours.  Raises ValueError for nonsense."""
        ip, port, number = address
        try:
            socket.inet_pton(socket.AF_INET, ip)
        except OSError as error:
            raise ValueError("no such address") from error
        if not 0 <= port <= 65535 or number < 0:
            raise ValueError("no such address")
        return Way(self.sockets[number], (ip, port)) if number < len(self.sockets) else None

    def close(self) -> None:
        """Send nothing any more."""
        self.sockets, self._open = (), False

    def send(self, way: Way, data: bytes) -> bool:
        """One datagram."""
        if not self._open:
            return False
        self.sends += 1
        try:
            way.bound.sendto(data, way.to)
        except OSError:  # full, or no way there
            self.refused += 1
            return False
        self.sent += 1
        return True

    def send_all(self, way: Way, sealed: list[bytes], cuts: Sequence[int]) -> int:
        """Packets of a frame, ``cuts`` as cuts_of gives them; -> the bytes that went."""
        went = begin = 0
        for end in cuts:
            run = sealed if end - begin == len(sealed) else sealed[begin:end]
            if end - begin > 1 and way.segmented and self._send_run(way, run):
                went += len(run[0]) * (len(run) - 1) + len(run[-1])
            else:
                went += sum(len(data) for data in run if self.send(way, data))
            begin = end
        return went

    def _send_run(self, way: Way, run: list[bytes]) -> bool:
        """As one buffer that the kernel cuts up; False: to be sent one by one."""
        if not self._open:
            return False
        size = len(run[0])
        control = self._sizes.get(size)
        if control is None:
            control = self._sizes[size] = [(socket.IPPROTO_UDP, UDP_SEGMENT, pack("=H", size))]
        self.sends += 1
        try:
            way.bound.sendmsg(run, control, 0, way.to)
        except OSError as error:
            if error.errno in _UNCUT:
                way.segmented = False
                self.unsegmented += 1
            return False
        self.sent += len(run)
        return True


def cuts_of(sizes: Sequence[int]) -> list[int]:
    """Where the runs end that can go together: of one size, but for a shorter last one."""
    cuts, begin = [], 0
    for n, size in enumerate(sizes):
        first, many = sizes[begin], n - begin
        full = many >= SEGMENTS or (many + 1) * first > SEGMENTS_SIZE
        if many and (size > first or sizes[n - 1] < first or full):
            cuts.append(n)
            begin = n
    return [*cuts, len(sizes)] if sizes else []
