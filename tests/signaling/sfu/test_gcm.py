"""The keys of packets, held against a published example and against libsrtp."""

import ctypes
from unittest import mock

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from pylibsrtp import Policy, Session

from signaling.sfu import gcm
from signaling.sfu.gcm import KEY, SALT, Gcm
from signaling.sfu.packet import build_rtp

from . import packets

MASTER = bytes(range(KEY + SALT))


def test_keys_are_derived_as_the_rfc_says() -> None:
    """RFC 3711, B.3: an example of AES in counter mode, with a salt of 14 bytes."""
    key = bytes.fromhex("E1F97A0D3E018BE0D64FA32C06DE4139")
    salt = bytes.fromhex("0EC675AD498AFEEBB6960B3AABE6")
    assert gcm._derive(key, salt, 0, 16).hex().upper() == "C61E7A93744F39EE10734AFE3FF7A087"
    assert gcm._derive(key, salt, 2, 14).hex().upper() == "30CBBC08863D8C85D49DB34A9AE1"


def test_what_libsrtp_seals_these_keys_open() -> None:
    made = Gcm.of(MASTER)
    assert made is not None
    policy = Policy(MASTER, Policy.SSRC_ANY_OUTBOUND, 0, Policy.SRTP_PROFILE_AEAD_AES_128_GCM)
    plain = build_rtp(packets.rtp(7, 0, b"hello", ssrc=9))
    sealed = Session(policy).protect(plain)
    nonce = bytes(2) + plain[8:12] + bytes(4) + plain[2:4]
    nonce = bytes(a ^ b for a, b in zip(nonce, made.salt, strict=True))
    head, rest = sealed[: len(plain) - 5], sealed[len(plain) - 5 :]
    assert AESGCM(made.key).decrypt(nonce, rest, head) == b"hello"


def test_the_addresses_are_six_and_different() -> None:
    made = Gcm.of(MASTER)
    assert made is not None and len({*made[2:]}) == 6 and all(made[2:])


def test_where_openssl_is_hidden_libsrtp_seals() -> None:
    with mock.patch.object(ctypes, "CDLL", return_value=object()):
        assert gcm._functions() is None
    with mock.patch.object(gcm, "_FUNCTIONS", None):
        assert Gcm.of(MASTER) is None
