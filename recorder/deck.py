"""Writes one published track: from its packets to media files on disk."""

from pathlib import Path

import structlog

from synclass.errors import Malformed, Unavailable
from synclass.tape import Codec
from synclass.words import ParticipantId, TrackName

from . import disk, keys
from .formats import BY_CODEC
from .frames import Setup
from .lines import Block
from .names import MediaName, media_name
from .reel import Reel
from .room import Share
from .take import Take
from .timeline import Publisher

CLUSTER_MS = 300
"""Media of one cluster.  With a picture held back and the tick it stays below 500 ms unwritten."""
TRY_AGAIN = 5.0
"""Seconds after a full disk until a new file is tried."""
LEAST_GAP = 1.0
"""Seconds that must be missing to be told: less is lost at each fall of the recorder."""

_log = structlog.get_logger()


class Deck:
    """Everything of one track.  Times are lesson seconds; nothing raises but Malformed.

    A full disk ends the file cleanly and what comes is dropped until there is room again.  In
    memory are at most the reel's packets and one cluster.
    """

    def __init__(
        self,
        folder: Path,
        who: ParticipantId,
        track: TrackName,
        *,
        codec: Codec,
        by: Publisher,
        share: Share,
        locked: bool = False,
    ) -> None:
        self.codec = codec
        self._folder, self._who, self._track = folder, who, track
        self._suffix = BY_CODEC[codec].SUFFIX
        self._name()  # an id that can be no name is refused before anything is kept
        self._reel = Reel(codec, by)
        self._take: Take | None = None
        self._setup: Setup | None = None
        self._blocks: list[Block] = []
        self._since = 0.0
        self._blocked_until = 0.0
        self._share, self._locked = share, locked
        self._kept_ms = 0
        self._lost_since: float | None = None
        self.stuck = False
        """Whether what comes cannot be kept just now."""
        self.missed: list[tuple[float, float]] = []
        """From when to when nothing could be kept; for the owner to tell, and to clear."""

    def lost_since(self, at: float) -> None:
        """An earlier recorder fell at this moment, with this track open."""
        self._lost_since = at

    def put(self, at: float, packet: bytes) -> None:
        """Take a packet of the tape; raises Malformed."""
        self._reel.put(at, packet)

    def report(self, ntp: float, rtp: int) -> None:
        self._reel.report(ntp, rtp)

    def wants_keyframe(self, now: float) -> bool:
        return now >= self._blocked_until and self._reel.wants_keyframe(now)

    def tick(self, now: float) -> None:
        """Write what is ready; to be called every 50 ms and after each batch of packets."""
        try:
            self._keep(self._reel.take(now), now)
            if now - self._since >= CLUSTER_MS / 1000:
                self._flush()
        except Unavailable as error:
            self._give_up(error, now)

    def close(self, now: float) -> None:
        """The track is over: finish its file."""
        try:
            self._keep(self._reel.end(), now)
            self._finish()
        except Unavailable as error:
            self._give_up(error, now)
        if self.stuck:
            self._found(now)

    def _keep(self, blocks: list[Block], now: float) -> None:
        for block in blocks if now >= self._blocked_until else ():
            if block.setup is not None and self._needs_file(block.setup):
                self._begin(block.setup, block.ms / 1000)
            if self._take is not None:
                self._add(block, now)

    def _needs_file(self, setup: Setup) -> bool:
        """H.264's parameter sets are in the head of a file, so new ones need a new file."""
        return self._take is None or self._setup is None or self._setup.private != setup.private

    def _begin(self, setup: Setup, at: float) -> None:
        self._finish()
        self._share.take()
        disk.make_folder(self._folder)
        path = self._folder / self._name()
        key = keys.take(keys.of(path)) if self._locked else None
        self._take, self._setup = Take(path, setup, key=key), setup
        self.stuck = False
        self._found(at)

    def _found(self, at: float) -> None:
        """Here what was missing ends."""
        since, self._lost_since = self._lost_since, None
        if since is not None and at - since >= LEAST_GAP:
            self.missed.append((since, at))

    def _add(self, block: Block, now: float) -> None:
        if self._blocks and self._ends_cluster(block):
            self._flush()
        if not self._blocks:
            self._since = now
        self._blocks.append(block)

    def _ends_cluster(self, block: Block) -> bool:
        keyed = block.setup is not None and self.codec != "opus"
        return keyed or block.ms + block.lasts_ms - self._blocks[0].ms > CLUSTER_MS

    def _flush(self) -> None:
        blocks, self._blocks = self._blocks, []
        if blocks and self._take is not None:
            self._share.check()
            self._take.add(blocks)
            self._kept_ms = max(block.ms + block.lasts_ms for block in blocks)

    def _finish(self) -> None:
        self._flush()
        take, self._take = self._take, None
        if take is not None:
            take.finish()

    def _give_up(self, error: Unavailable, now: float) -> None:
        """End the file with what is in it, and begin another when there may be room again."""
        if not self.stuck:
            _log.error("recording interrupted", who=self._who, track=self._track, code=error.code)
            self._lost_since = self._kept_ms / 1000 if self._take is not None else now
        self.stuck = True
        if error.code == "disk-full":
            self._share.full()
        self._blocks, self._blocked_until = [], now + TRY_AGAIN
        self._reel.skip()
        try:
            self._finish()
        except Unavailable as unfinished:
            _log.error("file left for the next start to finish", who=self._who, why=str(unfinished))

    def _name(self) -> str:
        """The name of the next file: one number above those that are there."""
        highest = 0
        for path in self._folder.glob("*"):
            try:
                name = media_name(path.name)
            except Malformed:
                continue
            if (name.who, name.track) == (self._who, self._track):
                highest = max(highest, name.n)
        return str(MediaName(self._who, self._track, highest + 1, self._suffix))
