"""Gathers the packets of a frame: sent together they cost the kernel a fraction."""

from .codecs import Arrival
from .packet import abs_send_time
from .plane import MOST, Plane
from .tracks import Source

WAIT = 0.002  # seconds a packet may be kept back


class Frames:
    """Flushes a source at the marker bit; whoever owns the clock flushes all after WAIT.

    Holds at most MOST packets of a source.
    """

    def __init__(self, plane: Plane) -> None:
        self.plane = plane
        self._waiting: dict[Source, list[Arrival]] = {}

    @property
    def waiting(self) -> bool:
        return bool(self._waiting)

    def add(self, source: Source, arrival: Arrival) -> None:
        """A packet came.  Sound does not wait: each packet of it is a frame."""
        arrivals = self._waiting.pop(source, None) or []
        arrivals.append(arrival)
        if arrival.packet.marker or source.track.kind == "audio" or len(arrivals) == MOST:
            self._deliver(source, arrivals)
        else:
            self._waiting[source] = arrivals

    def flush(self) -> None:
        """Give out what has come so far."""
        waiting, self._waiting = self._waiting, {}
        for source, arrivals in waiting.items():
            self._deliver(source, arrivals)

    def _deliver(self, source: Source, arrivals: list[Arrival]) -> None:
        """To those who look first: at a seam they join the flow, and get the packet by it."""
        for arrival in arrivals:
            for taker in tuple(source.takers):
                taker.take(source, arrival)
        sent = abs_send_time(arrivals[-1].at)
        for taker in self.plane.forward(source.flow, arrivals, sent):
            stream = source.flow[taker]
            rest = [a for a in arrivals if not stream.continues(a.packet.seq)]
            for arrival in rest:
                taker.take(source, arrival)
            if taker in source.flow:
                self.plane.forward({taker: stream}, rest, sent)
