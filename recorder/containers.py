"""What a kind of media file must be able to do, and which kind takes which codec."""

from typing import Protocol

from msgspec import Struct

from .frames import Setup
from .lines import Block


class Cluster(Struct, frozen=True):
    """A whole piece of a media file; ``key`` where a player may begin with it."""

    ms: int
    ends_ms: int
    offset: int
    end: int
    key: bool


class Container(Protocol):
    """A format, as a module of pure functions (webm, mp4)."""

    SUFFIX: str

    def mime(self, setup: Setup) -> str:
        """For MediaSource."""

    def read_setup(self, start: bytes) -> Setup:
        """What ``mime`` needs, out of a file's head; raises Malformed."""

    def head(self, setup: Setup) -> bytes:
        """Everything before the first cluster; as long when the file is finished."""

    def cluster(self, blocks: list[Block]) -> bytes:
        """A piece that stands for itself."""

    def ending(self, start: bytes, clusters: list[Cluster], size: int) -> tuple[bytes, bytes]:
        """The head of a finished file, and the index to be put behind ``size`` bytes."""

    def ending_without_index(self, start: bytes, clusters: list[Cluster], size: int) -> bytes:
        """The head of a finished file where there is no room for an index."""

    def is_finished(self, start: bytes) -> bool:
        """Was this head's file finished?"""

    def head_size(self, data: memoryview) -> int:
        """Bytes of the head, 0 where it is not whole."""

    def begins_cluster(self, start: bytes) -> bool:
        """Are these eight bytes the first of a cluster?"""

    def clusters(self, data: memoryview, at: int) -> list[Cluster]:
        """The whole clusters from ``at`` on."""
