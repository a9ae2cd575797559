"""A slot: one m-section of a subscriber, and what is shown in it."""

from collections.abc import Callable
from typing import NamedTuple, TypeAlias

from synclass.words import TrackName

from . import plane
from .codecs import Codec
from .cover import block_of
from .keyframes import GAP
from .numbering import Start
from .orders import Kind
from .tracks import Source, Track


class Format(NamedTuple):
    """How a slot was agreed upon.  Extension numbers are 0 where not offered."""

    mid: str
    kind: Kind
    pts: dict[Codec, tuple[int, int]]
    """The payload type of each codec, and of its RTX (0: none)."""
    mid_id: int = 0
    time_id: int = 0
    red: int = 0
    """The payload type of sound with copies in its packets; 0 where they are not taken."""


class Slot:
    """Leads sources into one endless stream, which the plane feeds.

    MID goes into media and RTX alike, or Firefox throws every RTX away (measured).
    """

    def __init__(
        self,
        form: Format,
        line: plane.Line,
        through: plane.Plane,
        *,
        ssrc: int,
        rtx_ssrc: int,
        start: Start,
    ) -> None:
        self.form = form
        self.ssrc = ssrc
        self.rtx_ssrc = rtx_ssrc
        self.wanted: Source | None = None
        """What was asked for; it flows from its next key frame on."""
        block, time_at = block_of(form.mid.encode(), mid_id=form.mid_id, time_id=form.time_id)
        self.stream = through.stream(line, ssrc, rtx_ssrc, block, time_at, start, kind=form.kind)
        self._line = line
        self._shown: list[Source] = []
        """What may flow."""
        self._still_of = -1.0
        """When the key frame came that was shown as a still."""

    @property
    def source(self) -> Source | None:
        """What flows now."""
        current = self.stream.current
        for source in self._shown:
            if source.inlet is current:
                return source
        return None

    def show(self, source: Source | None, now: float) -> None:
        """Take another source: sound at once, video from its next key frame on."""
        if source is None or source.codec not in self.form.pts:
            self.wanted, self._shown = None, []
            self.stream.show(None, 0, 0)
            return
        if source is self.wanted:
            return
        flowing = self.source
        self._shown = [source] if flowing is None else [source, flowing]
        self.wanted = source
        self.stream.show(source.inlet, *self.form.pts[source.codec])
        self.wake(now)

    def still(self, source: Source, now: float) -> int:
        """Show its newest key frame, and nothing behind it; -> octets, 0 where it is not whole."""
        if not self._line.keyed or source.codec not in self.form.pts:
            return 0
        before = self.stream.octets
        self.stream.show(source.inlet, *self.form.pts[source.codec])
        self.stream.still(now)
        self.stream.show(None, 0, 0)
        return self.stream.octets - before

    def ask_key(self, now: float) -> None:
        """The subscriber cannot go on without a key frame."""
        source = self.source or self.wanted
        if source is not None:
            source.ask_key(now)

    def wake(self, now: float) -> None:
        """What was asked for does not flow yet, or no more: its numbers have leapt.

        Before the handshake a key frame would come too soon, and the next one too late.
        """
        if self.wanted is None or not self._line.keyed:
            return
        if self.stream.current is not self.wanted.inlet:
            self._show_still(self.wanted, now)
            self.wanted.ask_key(now)

    def _show_still(self, source: Source, now: float) -> None:
        """Who comes sees something at once: not until then may another key frame be asked for."""
        key_at = source.inlet.key_at
        if self.stream.current is None and key_at > self._still_of and now - key_at < GAP:
            self._still_of = key_at
            self.stream.still(now)


Find: TypeAlias = Callable[[str, TrackName, Slot | None], Track | None]
"""Which track of a participant's is shown, in this slot, or in general."""
