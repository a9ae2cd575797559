"""ICE-lite (RFC 8445 §2.5): answers authenticated checks and keeps the addresses they came from."""

from collections.abc import Callable, Iterable
from typing import Generic, NamedTuple, TypeAlias, TypeVar

from synclass.errors import Malformed

from . import stun

CONSENT = 30.0  # seconds without a valid check until consent is lost (RFC 7675 §5.1)
Address: TypeAlias = tuple[str, int, int]
"""Their IP and port, and the number of our socket it came through: answers leave by the same."""
T = TypeVar("T")


class Check(NamedTuple, Generic[T]):
    """A check that authenticated, and what to answer to where it came from."""

    owner: T
    ufrag: str
    nominated: bool
    reply: bytes


class IceLite(Generic[T]):
    """Who is behind which ICE user name.  An owner may have several: restarts overlap."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[T, bytes]] = {}

    def open(self, owner: T, ufrag: str, pwd: str) -> None:
        self._known[ufrag] = (owner, pwd.encode())

    def close(self, ufrags: Iterable[str]) -> None:
        for ufrag in ufrags:
            self._known.pop(ufrag, None)

    def check(self, data: bytes, source: Address) -> Check[T]:
        """Judge a STUN datagram; raises Malformed for all that is not a check meant for us."""
        asked = stun.read_check(data)
        ufrag = asked.user.split(":")[0]
        owner, pwd = self._known.get(ufrag, (None, b""))
        if owner is None:
            raise Malformed("a check for nobody here")
        if not asked.authenticates(pwd):
            raise Malformed("a check that does not authenticate")
        reply = stun.write_answer(asked.transaction, source[:2], pwd)
        return Check(owner, ufrag, asked.nominated, reply)


class Path:
    """One client's addresses: those that passed a check, and the one we send to."""

    def __init__(self, now: float, moved: Callable[[Address], None]) -> None:
        """``moved`` is told each new address."""
        self.address: Address | None = None
        self.consent_at = now
        self.moves = 0
        self._moved = moved
        self._checked_at: dict[Address, float] = {}

    def checked(self, source: Address, now: float, *, nominated: bool) -> None:
        """A check came from there: we may send there; a nominated one moves us."""
        self.consent_at = now
        self._checked_at[source] = now
        if self.address is None or nominated:
            self._move(source)

    def roamed(self, source: Address, now: float) -> None:
        """A packet from there authenticated: a NAT gave the client another port.

        Seconds faster than its next check; consent is not renewed by it, so a lie ends with the
        next nominated check or after CONSENT seconds.
        """
        self._checked_at[source] = now
        self._move(source)

    def sweep(self, now: float) -> list[Address]:
        """Forget and return the old addresses that had no check for CONSENT seconds."""
        stale = [
            source
            for source, at in self._checked_at.items()
            if now - at > CONSENT and source != self.address
        ]
        for source in stale:
            del self._checked_at[source]
        return stale

    def lost(self, now: float) -> bool:
        return now - self.consent_at > CONSENT

    def addresses(self) -> list[Address]:
        return list(self._checked_at)

    def _move(self, source: Address) -> None:
        if source != self.address:
            self.moves += self.address is not None
            self.address = source
            self._moved(source)
