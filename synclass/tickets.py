"""Signed notes: who may enter a lesson, who is at a browser, who may fetch a recording's media."""

from typing import TypeVar

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OctKey
from msgspec import Struct, ValidationError, convert, to_builtins

from .errors import Refused
from .words import LessonId, Participant

ALGORITHM = "HS256"  # one server signs and reads (RFC 7518 §3.2)
LIFETIME = 12 * 3600.0  # seconds: a school day, so that a room need not come to the door again


class Ticket(Struct, frozen=True):
    lesson: LessonId
    holder: Participant
    expires_at: float
    """Wall time, Unix seconds."""
    account: str = ""
    """Of whom it is that of an account: it opens so long as that account may enter."""
    proof: str = ""
    """As in a login; of a device, the classroom it was paired with."""
    device: str = ""
    """Of whom it is that of a classroom's device: it opens so long as that one is paired so."""


class Login(Struct, frozen=True):
    """Who has logged in at a browser; kept in a cookie."""

    account: str
    proof: str
    """Of the password they logged in with: a new password ends all logins of the old one."""
    expires_at: float


class Link(Struct, frozen=True):
    """Opens the media of a recording to a watcher, cookie or not."""

    lesson: LessonId
    account: str
    proof: str
    """As in a login."""
    expires_at: float


class Paired(Struct, frozen=True):
    """Which device of a classroom this is; kept by it for as long as a browser keeps anything."""

    device: str
    secret: str
    """The registry has only its hash."""
    expires_at: float


class Attempt(Struct, frozen=True):
    """A login elsewhere that has begun; kept by the browser until it comes back."""

    state: str
    nonce: str
    verifier: str
    """Of which the other side knows a hash until the end (RFC 7636)."""
    expires_at: float
    account: str = ""
    """Who was logged in and wants to be known by it from then on; "" of who comes to log in."""
    proof: str = ""
    """As in a login."""


Note = TypeVar("Note", Ticket, Login, Link, Paired, Attempt)


def sign(note: Ticket | Login | Link | Paired | Attempt, key: bytes) -> str:
    """The note as a compact JWS (RFC 7515), about 250 characters."""
    claims = {"kind": type(note).__name__, **to_builtins(note)}
    return jwt.encode({"alg": ALGORITHM}, claims, OctKey.import_key(key), algorithms=[ALGORITHM])


def read(text: str, kind: type[Note], key: bytes, *, now: float) -> Note:
    """Check a note; ``now`` is wall time.

    Raises Refused("bad-ticket") for anything we did not sign, Refused("ticket-expired").
    """
    try:
        claims = jwt.decode(text, OctKey.import_key(key), algorithms=[ALGORITHM]).claims
        note = convert(claims, kind)
    except (JoseError, ValidationError, ValueError) as error:
        raise Refused("bad-ticket", "this is not a ticket of ours") from error
    if claims.get("kind") != kind.__name__:
        raise Refused("bad-ticket", "this is a ticket for something else")
    if now >= note.expires_at:
        raise Refused("ticket-expired", "this ticket is too old: come to the door again")
    return note
