"""Checks that authenticate open an address; nothing else does."""

import pytest
from aioice import stun

from signaling.sfu.ice import CONSENT, IceLite, Path
from synclass.errors import Malformed

HERE, THERE = ("192.0.2.1", 4000, 0), ("192.0.2.1", 4001, 0)


def check(user: str = "us:them", pwd: bytes = b"secret", *, nominate: bool = True) -> bytes:
    message = stun.Message(stun.Method.BINDING, stun.Class.REQUEST)
    message.attributes["USERNAME"] = user
    message.attributes["PRIORITY"] = 1
    message.attributes["ICE-CONTROLLING"] = 1
    if nominate:
        message.attributes["USE-CANDIDATE"] = None
    message.add_message_integrity(pwd)
    return bytes(message)


def room() -> IceLite[str]:
    ice: IceLite[str] = IceLite()
    ice.open("room", "us", "secret")
    return ice


def test_a_check_is_answered_with_the_address_it_came_from() -> None:
    judged = room().check(check(nominate=False), HERE)
    assert (judged.owner, judged.ufrag, judged.nominated) == ("room", "us", False)
    reply = stun.parse_message(judged.reply)
    assert reply.message_class == stun.Class.RESPONSE
    assert reply.attributes["XOR-MAPPED-ADDRESS"] == HERE[:2]
    assert reply.check_message_integrity(b"secret")


@pytest.mark.parametrize(
    "data",
    [check("nobody:them"), check(pwd=b"guess"), check()[:-30] + bytes(30), b"", bytes(20)],
    ids=["for nobody", "guessed", "cut off", "empty", "zeros"],
)
def test_a_check_that_does_not_authenticate_opens_nothing(data: bytes) -> None:
    with pytest.raises(Malformed):
        room().check(data, HERE)


def test_who_has_gone_is_not_reached_any_more() -> None:
    ice = room()
    ice.close(["us"])
    with pytest.raises(Malformed):
        ice.check(check(), HERE)


def test_a_nominated_check_moves_the_path_and_another_does_not() -> None:
    path = Path(0.0, lambda address: None)
    path.checked(HERE, 1.0, nominated=False)
    path.checked(THERE, 2.0, nominated=False)
    assert path.address == HERE
    path.checked(THERE, 3.0, nominated=True)
    assert path.address == THERE and path.moves == 1


def test_a_packet_moves_the_path_but_does_not_renew_consent() -> None:
    path = Path(0.0, lambda address: None)
    path.checked(HERE, 1.0, nominated=True)
    path.roamed(THERE, CONSENT)
    assert path.address == THERE and path.lost(CONSENT + 1.1)


def test_a_later_check_from_the_old_address_wins() -> None:
    path = Path(0.0, lambda address: None)
    path.checked(HERE, 1.0, nominated=True)
    path.roamed(THERE, 2.0)
    path.checked(HERE, 3.0, nominated=True)
    assert path.address == HERE


def test_consent_is_lost_after_thirty_seconds_without_a_check() -> None:
    path = Path(0.0, lambda address: None)
    path.checked(HERE, 10.0, nominated=True)
    assert not path.lost(10.0 + CONSENT) and path.lost(10.1 + CONSENT)


def test_old_addresses_are_forgotten_but_not_the_one_in_use() -> None:
    path = Path(0.0, lambda address: None)
    path.checked(HERE, 1.0, nominated=True)
    path.checked(THERE, 2.0, nominated=True)
    assert path.sweep(3.0) == []
    assert path.sweep(3.0 + CONSENT) == [HERE]
    assert path.addresses() == [THERE]
