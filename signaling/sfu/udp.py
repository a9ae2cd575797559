"""The one UDP socket of a worker: when it is read, and who hears of what came."""

import asyncio
import contextlib
import socket
from collections import deque
from collections.abc import Callable, Iterable
from functools import partial

from synclass.errors import Malformed

from .gate import Gate
from .ice import Address
from .listening import Speakers
from .loop import leave, watch
from .missing import REORDER
from .plane import PUMP, WAIT, Event
from .planes import choose
from .upward import Upward

_BUFFER = 4 * 1024 * 1024  # bytes the kernel keeps while we are busy; more are lost


class Wire:
    """The UDP port itself.  A datagram the kernel will not take now is dropped.

    Beside 0.0.0.0 each of our own addresses has a socket: an answer must come from the address
    that was asked.  Without, a browser on the same machine that asked 127.0.0.1 is answered from
    the network card's address, and never connects (measured with Chromium).
    """

    def __init__(self, port: int, hosts: Iterable[str], clock: Callable[[], float]) -> None:
        """Raises OSError where the port is taken; hosts that are not ours (NAT) are passed over."""
        self._clock = clock
        self._sockets = [_bound("0.0.0.0", port)]
        self._sockets[0].setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        for host in dict.fromkeys(hosts):
            with contextlib.suppress(OSError):
                self._sockets.append(_bound(host, self.port, shared=True))
        self.plane = choose(self._sockets)
        self.gate = Gate(self.plane)
        self.speakers: Speakers = {}
        self._flushing: asyncio.TimerHandle | None = None
        self._pumping: asyncio.TimerHandle | None = None
        self._asking: asyncio.TimerHandle | None = None
        self._torn: dict[Upward, None] = {}
        """Publishers of whose packets some are missing."""
        self._told = deque[Event]()
        self._loop = asyncio.get_running_loop()
        for number, bound in enumerate(self._sockets):
            watch(bound, partial(self._look, number), self._hear)

    @property
    def port(self) -> int:
        return int(self._sockets[0].getsockname()[1])

    def send(self, data: bytes, address: Address) -> None:
        ip, port, number = address
        with contextlib.suppress(OSError):  # full, or no way there: UDP may lose
            self._sockets[number].sendto(data, (ip, port))

    def close(self) -> None:
        self.plane.close()
        for alarm in (self._flushing, self._pumping, self._asking):
            if alarm is not None:
                alarm.cancel()
        for bound in self._sockets:
            leave(bound)
            bound.close()

    def _look(self, number: int) -> bool:
        """Read a socket.  True: there is something in it for us, or an alarm was set."""
        self._told += self.plane.receive(number, self._clock())
        return self._set_alarms() or bool(self._told)

    def _hear(self) -> None:
        """Bring what the plane tells to those it concerns; they may let it tell more."""
        now, events = self._clock(), self._told
        while events:
            event = events.popleft()
            match event:
                case "datagram", data, source:
                    reply, more = self.gate.received(data, source, now)
                    events.extend(more)
                    if reply:
                        self.send(reply, source)
                case "unknown", line, plain:
                    if (peer := self.gate.by_line.get(line)) is not None:
                        events.extend(peer.meet(plain, now))
                case "control", line, plain:
                    if (peer := self.gate.by_line.get(line)) is not None:
                        with contextlib.suppress(Malformed):  # a plea cut short
                            peer.hear(plain, now)
                case "voice", stream, *_:
                    if (speaker := self.speakers.get(stream)) is not None:
                        speaker(event)
                case "gap", inlet, first, count:
                    if (peer := self.gate.by_ssrc.get(inlet.ssrc)) is not None:
                        peer.upward.jumped(inlet, first, count, now)
                        self._tear(peer.upward)

    def _tear(self, upward: Upward) -> None:
        self._torn[upward] = None
        if self._asking is None:
            self._asking = self._loop.call_later(REORDER, self._ask)

    def _ask(self) -> None:
        """While something is missing it is seen to every REORDER seconds."""
        now = self._clock()
        self._torn = {upward: None for upward in self._torn if upward.ask(now)}
        self._asking = self._loop.call_later(REORDER, self._ask) if self._torn else None

    def _set_alarms(self) -> bool:
        """For what the plane holds back.  True: there is a new one."""
        before = self._flushing, self._pumping
        if self._flushing is None and self.plane.waiting:
            self._flushing = self._loop.call_later(WAIT, self._flush)
        if self._pumping is None and self.plane.pacing:
            self._pumping = self._loop.call_later(PUMP, self._pump)
        return before != (self._flushing, self._pumping)

    def _flush(self) -> None:
        self._flushing = None
        self.plane.flush(self._clock())
        self._set_alarms()

    def _pump(self) -> None:
        self._pumping = None
        self.plane.pump(self._clock())
        self._set_alarms()


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
