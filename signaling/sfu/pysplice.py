"""Many sources, one after another, as one endless stream: where to cut, and its numbers."""

from abc import ABC, abstractmethod

from synclass import opus

from .codecs import CLOCK_HZ
from .cover import HEADER, Cover
from .numbering import Start
from .orders import Kind
from .picture import numbers
from .plane import ALL, Event
from .pysource import Frame, Packet, Source
from .rewrite import Row


class Splice(ABC):
    """Shows ``wanted`` from its next key frame on, and ``current`` until then.

    What goes out is the business of those who derive from it.
    """

    def __init__(self, cover: Cover, start: Start, kind: Kind) -> None:
        self.current: Source | None = None
        self.wanted: Source | None = None
        self.at: float | None = None
        self.length = opus.FRAME
        self.ts = start.ts
        self.switches = 0
        self._cover = cover
        self._kind: Kind = kind
        self._pt = self._rtx_pt = 0
        self._next = (0, 0)
        self._diverted = False
        self._numbers = Row(start.seq)
        self._pictures = Row(start.pid)
        self._pictured = False
        """A source's picture ids have begun since the seam."""
        self._tl0 = start.tl0
        self._tl0_shift = self._ts_shift = 0
        self._limit = self._allowed = ALL
        """Temporal layers: what was asked for, and what holds since a picture that let it."""

    @property
    def ssrc(self) -> int:
        return self._cover.ssrc

    @property
    def top(self) -> int:
        return self._numbers.top

    def show(self, source: Source | None, pt: int, rtx_pt: int) -> None:
        if source is None:
            self._leave(self.current)
            self._leave(self.wanted)
            self.current = self.wanted = None
            return
        self._next = pt, rtx_pt
        if self.wanted is not self.current and self.wanted is not source:
            self._leave(self.wanted)
        self.wanted = source
        source.takers[self] = None
        if source is self.current:
            self._speak()

    def restart(self) -> None:
        if self.current is not self.wanted:
            self._leave(self.current)
        self.current = None

    def still(self, now: float) -> bool:
        source = self.wanted if self.current is None else None
        packets = source.key_frame() if source is not None else []
        if source is None or not packets or self._diverted:
            return False
        self._turn(source, packets[0])
        self._pass(Frame(packets, now))
        self.restart()
        return True

    def strand(self, source: Source) -> None:
        """The source's numbers have leapt: it begins anew, if it is still wanted."""
        if source is self.current:
            self.restart()

    def limit(self, tid: int) -> None:
        self._limit = tid

    def divert(self, on: bool, /) -> None:
        if self._diverted and not on:
            self.restart()  # its packets get numbers again: behind our own last
        self._diverted = on

    def stamp(self, ts: int) -> int:
        return (ts + self._ts_shift) & 0xFFFFFFFF

    def take(self, source: Source, frame: Frame, told: list[Event]) -> None:
        """Some packets of a source have come."""
        if source is not self.current:
            first = self._beginning(source, frame)
            if first is None:
                return
            self._turn(source, first)
            frame = Frame(frame.packets[frame.packets.index(first) :], frame.now)
        if frame.oldest < self._numbers.first:  # those numbers were the stream's before
            rest = [p for p in frame.packets if p.number >= self._numbers.first]
            if not rest:
                return
            frame = Frame(rest, frame.now)
        if self._diverted:
            self._tell(frame, told)
        else:
            self._pass(frame)

    def _pass(self, frame: Frame) -> None:
        if not self._pictured and frame.picture is not None:
            self._begin_pictures(next(p for p in frame.packets if p.picture is not None))
        skipped = self._numbers.skipped or self._pictures.skipped
        if self._limit == ALL == self._allowed and not skipped:
            self._note(frame.newest, frame.picture, frame.indexed)
            shift = self._pictures.shift
            plains = self._write(frame, self._numbers.shift, shift)
            self._go(frame, plains, [shift] * len(plains))
        else:
            self._thin(frame)

    @abstractmethod
    def _go(self, frame: Frame, plains: list[bytes], shifts: list[int]) -> None:
        """Away with the frame's packets, each written with its picture id shifted so far."""

    @abstractmethod
    def _tell(self, frame: Frame, told: list[Event]) -> None:
        """The frame's packets go out by other hands."""

    @abstractmethod
    def _forget(self) -> None:
        """Nothing that was sent will be sent again."""

    def _speak(self) -> None:
        self._pt, self._rtx_pt = self._next

    def _beginning(self, source: Source, frame: Frame) -> Packet | None:
        if source is not self.wanted:
            return None
        return next((packet for packet in frame.packets if packet.key), None)

    def _turn(self, source: Source, first: Packet) -> None:
        """At a seam: go on with this packet."""
        if self.current is not source:
            self._leave(self.current)
        self.current = source
        self.switches += 1
        self._ts_shift = self.ts + self._step(first.at) - first.ts
        self._numbers.begin(first.number)
        self._pictures.skipped.clear()
        self._pictures.sparse = source.codec == "VP9"
        self._pictured = False
        self._allowed = self._limit
        self._speak()
        if self._kind == "video" or self._rtx_pt:
            self._forget()

    def _begin_pictures(self, first: Packet) -> None:
        self._pictured = True
        if first.picture is not None:
            self._pictures.begin(first.picture)
        if first.tl0 is not None:
            self._tl0_shift = self._tl0 + 1 - first.tl0

    def _step(self, now: float) -> int:
        """RTP units from our last packet to this one: time goes on between two sources.

        Sound goes on in whole Opus frames and never overlaps: by exact arrival times NetEq
        discarded 5 packets and concealed 12.6 ms a switch (measured).
        """
        if self.at is None:
            return 0
        units = max(1, int((now - self.at) * CLOCK_HZ[self._kind]))
        if self._kind == "video":
            return units
        return max(self.length, (units + opus.FRAME // 2) // opus.FRAME * opus.FRAME)

    def _leave(self, source: Source | None) -> None:
        if source is not None:
            source.takers.pop(self, None)

    def _note(
        self, newest: Packet, picture: Packet | None = None, indexed: Packet | None = None
    ) -> None:
        """Numbers go up to these packets."""
        if newest.number > self._numbers.newest:
            self._numbers.rise(newest.number)
            self.ts = (newest.ts + self._ts_shift) & 0xFFFFFFFF
            self.at, self.length = newest.at, newest.length
        if picture is None or picture.picture is None:
            return
        before, tl0 = self._pictures.newest, indexed.tl0 if indexed else None
        self._pictures.rise(picture.picture)
        if indexed and indexed.picture is not None and indexed.picture > before and tl0 is not None:
            self._tl0 = (tl0 + self._tl0_shift) & 0xFF

    def _write(self, frame: Frame, shift: int, picture_shift: int) -> list[bytes]:
        """Plain packets as they go out."""
        head, first, ssrc, pt = HEADER.pack, self._cover.first, self._cover.ssrc, self._pt
        block, ts_shift = self._cover.block(frame.stamp), self._ts_shift
        plains = []
        for picture, tl0, between, rows in frame.pieces:
            middle = self._middle(picture, between, tl0, picture_shift)
            front, written = block + middle, b""
            for marker, number, ts, before, behind in rows:
                if before is not written:
                    front, written = block + before + middle, before
                seq, ours = (number + shift) & 0xFFFF, (ts + ts_shift) & 0xFFFFFFFF
                plains.append(head(first, marker | pt, seq, ours, ssrc) + front + behind)
        return plains

    def _middle(self, picture: int | None, between: bytes, tl0: int | None, shift: int) -> bytes:
        """Picture numbers as they go out."""
        if picture is None:
            return b""
        ours = None if tl0 is None else tl0 + self._tl0_shift
        return numbers(picture + shift, between, ours)

    def _thin(self, frame: Frame) -> None:
        """Some temporal layers are left out, or were lately."""
        plains, kept, shifts = list[bytes](), list[Packet](), list[int]()
        for p in frame.packets:
            if self._leaves_out(p):
                self._numbers.skip(p.number)
                continue
            self._note(p, p, p)
            shift = self._numbers.place(p.number) - p.number
            pictures = 0 if p.picture is None else self._pictures.place(p.picture) - p.picture
            plains += self._write(Frame([p], frame.now), shift, pictures)
            kept.append(p)
            shifts.append(pictures)
        if kept:
            self._go(Frame(kept, frame.now), plains, shifts)
        self._numbers.tidy()
        self._pictures.tidy()

    def _leaves_out(self, packet: Packet) -> bool:
        if packet.picture is None:
            return False
        if packet.picture <= self._pictures.newest:
            return packet.tid > self._allowed or packet.picture in self._pictures.skipped
        least = self._allowed if self._pictures.sparse else self._limit  # U of VP9, Y of VP8
        may_rise = packet.key or (packet.sync and packet.tid <= least)
        if self._limit < self._allowed or may_rise:
            self._allowed = self._limit
        if packet.tid > self._allowed:
            self._pictures.skip(packet.picture)
            return True
        return False
