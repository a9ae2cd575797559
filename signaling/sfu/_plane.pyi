from collections.abc import Mapping, Sequence
from typing import TypeVar, final

from .codecs import Arrival
from .dtls import Keys
from .ice import Address
from .numbering import Start

T = TypeVar("T")

@final
class Line:
    def key(self, keys: Keys) -> None: ...
    def aim(self, address: Address) -> None: ...

@final
class Stream:
    at: float | None
    length: int
    ts: int
    packets: int
    octets: int
    def continues(self, seq: int) -> bool: ...
    def begin(self, seq: int, ts: int, step: int, picture: tuple[int, int] | None) -> None: ...
    def speak(self, pt: int, *, sealed: bool) -> None: ...
    def forget(self) -> None: ...
    def recall(self, seq: int) -> bytes | tuple[bool, int, bytes] | None: ...

@final
class Plane:
    name: str
    sent: int
    refused: int
    failed: int
    sends: int
    unsegmented: int
    def __init__(self, sockets: Sequence[int]) -> None: ...
    def line(self) -> Line: ...
    def stream(self, line: Line, ssrc: int, block: bytes, time_at: int, start: Start) -> Stream: ...
    def forward(
        self, flow: Mapping[T, Stream], arrivals: Sequence[Arrival], sent: bytes
    ) -> list[T]: ...
    def close(self) -> None: ...
