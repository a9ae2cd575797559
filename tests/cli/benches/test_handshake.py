"""The benches' client shakes hands with a DTLS server, and both have the same keys."""

import contextlib

import pytest
from aiortc import rtcdtlstransport as stock
from OpenSSL import SSL
from pylibsrtp import Policy, Session

from synclass.cli.benches.handshake import GCM, SHA1, Handshake, Identity
from synclass.errors import Malformed

PROFILES = {GCM: stock.SRTP_AEAD_AES_128_GCM, SHA1: stock.SRTP_AES128_CM_SHA1_80}
PACKET = b"\x80\x60\0\1" + bytes(7) + b"\1payload"


class Server:
    def __init__(self, profile: str) -> None:
        self.profile = PROFILES[profile]
        certificate = stock.RTCCertificate.generateCertificate()
        self.ssl = SSL.Connection(certificate._create_ssl_context([self.profile]))
        self.ssl.set_accept_state()
        prints = certificate.getFingerprints()
        self.fingerprint = next(f.value for f in prints if f.algorithm == "sha-256")

    def step(self, data: bytes) -> bytes:
        self.ssl.bio_write(data)
        with contextlib.suppress(SSL.WantReadError):
            self.ssl.do_handshake()
        return self.ssl.bio_read(8000)

    def hearing(self) -> Session:
        """With the client's key."""
        length = self.profile.key_length + self.profile.salt_length
        told = self.ssl.export_keying_material(b"EXTRACTOR-dtls_srtp", 2 * length)
        key = self.profile.get_key_and_salt(told, 0)
        profile = self.profile.libsrtp_profile
        return Session(Policy(key, Policy.SSRC_ANY_INBOUND, 0, profile))


@pytest.mark.parametrize("profile", PROFILES)
def test_a_client_and_a_server_agree(profile: str) -> None:
    client, server = Handshake(Identity()), Server(profile)
    flight = client.step()
    while not client.done:
        flight = client.step(server.step(flight))
    assert client.profile == profile and client.fingerprint == server.fingerprint
    sealed = client.sending.protect(PACKET)
    assert PACKET not in sealed and server.hearing().unprotect(sealed) == PACKET


def test_a_lost_flight_comes_again_when_it_is_time(monkeypatch: pytest.MonkeyPatch) -> None:
    client = Handshake(Identity())
    first = client.step()
    assert first and client.again() == b""


def test_nonsense_ends_a_handshake_with_malformed() -> None:
    client = Handshake(Identity())
    client.step()
    with pytest.raises(Malformed):
        client.step(b"\x15\xfe\xfd" + bytes(8) + b"\0\2\2\x28")  # a fatal alert
