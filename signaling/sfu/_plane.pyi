from collections.abc import Sequence
from typing import final

from .codecs import Codec
from .dtls import Keys
from .ice import Address
from .numbering import Start
from .orders import Kind
from .plane import Event

CONTRACT: int

@final
class Source:
    ssrc: int
    packets: int
    octets: int
    base: int
    top: int
    jitter: float
    last_at: float
    last_ts: int
    key_at: float
    repaired: int
    tids: int
    def loudest(self) -> int: ...
    def has(self, seq: int) -> bool: ...

@final
class Line:
    keyed: bool
    remb: int
    remb_at: float
    rtt: float
    malformed: int
    heard_at: float
    octets: int
    resent: int
    waiting: int
    def key(self, sending: Keys, receiving: Keys) -> None: ...
    def aim(self, address: Address) -> None: ...
    def send(self, data: bytes) -> bool: ...
    def control(self, plain: bytes) -> bool: ...
    def pace(self, bps: int) -> None: ...
    def drop(self) -> None: ...
    def probe(self, octets: int, now: float) -> int: ...
    def report(self, now: float, wall: float) -> None: ...
    def close(self) -> None: ...

@final
class Stream:
    ssrc: int
    current: Source | None
    wanted: Source | None
    at: float | None
    length: int
    ts: int
    packets: int
    octets: int
    top: int
    switches: int
    asked: int
    resent: int
    loss: float
    lost: int
    jitter: int
    reached: int
    reported_at: float
    def show(self, source: Source | None, pt: int, rtx_pt: int) -> None: ...
    def restart(self) -> None: ...
    def limit(self, tid: int) -> None: ...
    def divert(self, on: bool, /) -> None: ...
    def emit(
        self, ts: int, payload: bytes, *, pt: int, marker: bool, length: int, now: float
    ) -> bytes: ...
    def stamp(self, ts: int) -> int: ...
    def fetch(self) -> list[tuple[float, bytes]]: ...

@final
class Plane:
    name: str
    sent: int
    refused: int
    failed: int
    sends: int
    unsegmented: int
    received: int
    dropped: int
    waiting: bool
    pacing: bool
    def __init__(self, sockets: Sequence[int]) -> None: ...
    def line(self) -> Line: ...
    def source(self, line: Line, ssrc: int, codec: Codec, *, level_id: int = 0) -> Source: ...
    def repair(self, line: Line, ssrc: int, source: Source) -> None: ...
    def drop(self, line: Line, source: Source) -> None: ...
    def stream(
        self,
        line: Line,
        ssrc: int,
        rtx_ssrc: int,
        block: bytes,
        time_at: int,
        start: Start,
        *,
        kind: Kind,
    ) -> Stream: ...
    def tape(self, kind: Kind) -> Stream: ...
    def bind(self, address: Address, line: Line) -> None: ...
    def unbind(self, address: Address) -> None: ...
    def receive(self, number: int, now: float) -> list[Event]: ...
    def feed(self, line: Line, data: bytes, now: float) -> tuple[bool, list[Event]]: ...
    def inject(self, line: Line, plain: bytes, now: float) -> list[Event]: ...
    def flush(self, now: float) -> None: ...
    def pump(self, now: float) -> None: ...
    def close(self) -> None: ...
