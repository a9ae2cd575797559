"""Door tickets: a signed note that says who may enter which lesson, as whom, until when."""

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
    epoch: int
    """The lesson's door epoch; raising it there makes all older tickets worthless at once."""
    expires_at: float
    """Wall time, Unix seconds."""


def sign(ticket: Ticket, key: bytes) -> str:
    """The ticket as a compact JWS (RFC 7515), about 250 characters."""
    header, claims = {"alg": ALGORITHM}, to_builtins(ticket)
    return jwt.encode(header, claims, OctKey.import_key(key), algorithms=[ALGORITHM])


def read(text: str, key: bytes, *, now: float) -> Ticket:
    """Check a ticket; ``now`` is wall time.

    Raises Refused("bad-ticket") for anything we did not sign, Refused("ticket-expired").
    """
    try:
        token = jwt.decode(text, OctKey.import_key(key), algorithms=[ALGORITHM])
        ticket = convert(token.claims, Ticket)
    except (JoseError, ValidationError, ValueError) as error:
        raise Refused("bad-ticket", "this is not a ticket of ours") from error
    if now >= ticket.expires_at:
        raise Refused("ticket-expired", "this ticket is too old: come to the door again")
    return ticket
