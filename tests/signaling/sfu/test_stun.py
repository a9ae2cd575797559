"""Held against aioice's STUN, which talks to us from the other side."""

from contextlib import suppress

import pytest
from aioice import stun as stock
from hypothesis import given
from hypothesis import strategies as st

from signaling.sfu.stun import COOKIE, read_check, write_answer
from synclass.errors import Malformed

from .test_ice import check

PWD = b"secret"
PORTS = st.integers(0, 65535)
ADDRESSES = st.ip_addresses(v=4).map(str)


@given(st.text(max_size=200), st.booleans())
def test_a_check_is_read_as_it_was_meant(user: str, nominate: bool) -> None:
    read = read_check(check(user, PWD, nominate=nominate))
    assert (read.user, read.nominated) == (user, nominate)
    assert read.authenticates(PWD) and not read.authenticates(b"guess")


@given(ADDRESSES, PORTS)
def test_an_answer_is_understood_by_others(ip: str, port: int) -> None:
    transaction = read_check(check()).transaction
    told = stock.parse_message(write_answer(transaction, (ip, port), PWD))
    assert (told.message_class, told.transaction_id) == (stock.Class.RESPONSE, transaction)
    assert told.attributes["XOR-MAPPED-ADDRESS"] == (ip, port)
    assert "FINGERPRINT" in told.attributes and told.check_message_integrity(PWD)


@given(st.integers(0), st.integers(0, 7))
def test_a_check_of_which_one_bit_was_turned_says_nothing_else(where: int, bit: int) -> None:
    meant = check()
    data = bytearray(meant)
    data[where % len(data)] ^= 1 << bit
    with suppress(Malformed):
        read = read_check(bytes(data))
        assert not read.authenticates(PWD) or read == read_check(meant)  # behind the code


@pytest.mark.parametrize("kind", [stock.Class.INDICATION, stock.Class.RESPONSE, stock.Class.ERROR])
def test_only_requests_are_checks(kind: stock.Class) -> None:
    message = stock.Message(stock.Method.BINDING, kind)
    message.add_message_integrity(PWD)
    with pytest.raises(Malformed):
        read_check(bytes(message))


def test_a_check_without_a_code_does_not_authenticate() -> None:
    message = stock.Message(stock.Method.BINDING, stock.Class.REQUEST)
    assert not read_check(bytes(message)).authenticates(b"")


def test_what_a_stranger_hangs_on_does_not_count() -> None:
    signed = check(nominate=False)[:-8]  # without the CRC
    more = b"\x00\x25\0\0" + b"\x00\x06\0\x04evil"
    longer = signed[:2] + (len(signed) - 20 + len(more)).to_bytes(2, "big") + signed[4:] + more
    read = read_check(longer)
    assert (read.user, read.nominated) == ("us:them", False) and read.authenticates(PWD)


@given(st.binary(max_size=100), st.booleans())
def test_garbage_is_malformed_or_opens_nothing(data: bytes, framed: bool) -> None:
    if framed:
        head = b"\0\1" + len(data).to_bytes(2, "big") + COOKIE.to_bytes(4, "big")
        data = head + bytes(12) + data
    with suppress(Malformed):
        assert not read_check(data).authenticates(PWD)
