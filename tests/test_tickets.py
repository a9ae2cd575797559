import pytest
from joserfc import jwt
from joserfc.jwk import OctKey

from synclass.errors import Refused
from synclass.tickets import Login, Ticket, read, sign
from synclass.words import LessonId

from .conftest import VILLAGE

KEY = b"k" * 32
TICKET = Ticket(LessonId("fractions"), VILLAGE, 1000.0)


def test_a_room_comes_in_with_its_ticket() -> None:
    assert read(sign(TICKET, KEY), Ticket, KEY, now=999.9) == TICKET


def test_an_old_ticket_opens_nothing() -> None:
    with pytest.raises(Refused) as refusal:
        read(sign(TICKET, KEY), Ticket, KEY, now=1000.0)
    assert refusal.value.code == "ticket-expired"


@pytest.mark.parametrize(
    "text", ["", "a.b.c", "中", sign(TICKET, b"other" * 8), sign(TICKET, KEY)[:-2]]
)
def test_a_forged_ticket_opens_nothing(text: str) -> None:
    with pytest.raises(Refused) as refusal:
        read(text, Ticket, KEY, now=0)
    assert refusal.value.code == "bad-ticket"


def test_an_unsigned_ticket_opens_nothing() -> None:
    header, body, _ = sign(TICKET, KEY).split(".")
    unsigned = "eyJhbGciOiJub25lIn0." + body + "."
    with pytest.raises(Refused):
        read(unsigned, Ticket, KEY, now=0)
    assert header


def test_a_login_is_no_ticket() -> None:
    login = sign(Login("wang", "proof", 1000.0), KEY)
    with pytest.raises(Refused):
        read(login, Ticket, KEY, now=0)


def test_a_note_of_the_right_shape_but_another_kind_is_refused() -> None:
    claims = {"kind": "Other", "account": "a", "proof": "b", "expires_at": 9.0}
    text = jwt.encode({"alg": "HS256"}, claims, OctKey.import_key(KEY))
    with pytest.raises(Refused, match="something else"):
        read(text, Login, KEY, now=0)
