"""What a kind of media file must be able to do, and which kind takes which codec."""

from typing import Protocol, TypeAlias, overload

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


class Pieces(Protocol):
    """Bytes that are fetched as they are looked at."""

    def __len__(self) -> int: ...
    @overload
    def __getitem__(self, at: int) -> int: ...
    @overload
    def __getitem__(self, at: slice) -> bytes: ...


Bytes: TypeAlias = bytes | memoryview | Pieces


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

    def hole(self, data: bytes) -> bytes:
        """An element that players pass over; behind a head it belongs to the head."""

    def head_size(self, data: memoryview) -> int:
        """Bytes of the head, 0 where it is not whole."""

    def begins_cluster(self, start: bytes) -> bool:
        """Are these eight bytes the first of a cluster?"""

    def clusters(self, data: Bytes, at: int) -> list[Cluster]:
        """The whole clusters from ``at`` on."""
