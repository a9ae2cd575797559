"""What a room's own line loses of a stream: what it reports, without what never came to us."""

from typing import NamedTuple

from . import plane

FAR = 0x8000  # numbers: nobody reports so seldom; a first report has nothing before it


class Lost(NamedTuple):
    """Since the report before this."""

    packets: int
    """Sent; 1 where it was none."""
    octets: int
    share: float
    """Of the packets, that the room's line lost."""


class Toll:
    """Of one stream.

    A hole that a publisher's line made is in every room's report as well; without it a teacher's
    bad line would be taken for a bad line of each room of hers.  Such holes are filled late, and
    reports are older than our counts: so only what is lost beyond all before is new.

    Sound is sent again under its own numbers, and reports say of what came that it was never
    lost: there it counts what was asked for.
    """

    def __init__(self, stream: plane.Stream, *, sound: bool = False) -> None:
        self._stream, self._sound = stream, sound
        self._asked = stream.asked
        self._reported_at = stream.reported_at
        self._top, self._packets, self._octets = stream.top, stream.packets, stream.octets
        self._holes, self._most, self._reached = 0, stream.lost, stream.reached
        self._forgiven = -1

    def forgive(self) -> None:
        """We have dropped some of it ourselves: what its room misses when it goes on is ours."""
        self._forgiven = self._stream.packets

    @property
    def news(self) -> bool:
        """Has a report come since ``take``?"""
        return self._stream.reported_at > self._reported_at

    def take(self) -> Lost:
        """What the newest report speaks of.

        Before the handshake numbers are given out and nothing is sent, so of a first report with
        holes nothing is believed.
        """
        stream, begins = self._stream, not self._packets
        given, packets = stream.top - self._top, stream.packets - self._packets
        octets = stream.octets - self._octets
        self._reported_at = stream.reported_at
        self._top, self._packets, self._octets = stream.top, stream.packets, stream.octets
        holes = given - packets if packets else 0
        self._holes += holes
        lost = stream.lost - self._holes
        forgiven = (begins and holes > 0) or self._forgiven >= 0
        if forgiven:
            self._most = lost
        if stream.packets > self._forgiven:
            self._forgiven = -1
        more, self._most = max(0, lost - self._most), max(lost, self._most)
        told = stream.reached - self._reached & 0xFFFFFFFF
        self._reached = stream.reached
        of = told if 0 < told < FAR else max(1, packets or given)
        missed, self._asked = stream.asked - self._asked, stream.asked
        more = max(more, missed) if self._sound and not forgiven else more
        return Lost(max(1, packets), max(1, octets), min(1.0, more / of))
