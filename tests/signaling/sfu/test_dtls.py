"""The contract with aiortc's private names, and two ends of one line."""

import asyncio

import pytest
from aiortc import rtcdtlstransport as stock

from signaling.sfu.dtls import LONGEST_PLAIN, Certificate, Dtls
from signaling.sfu.packet import build_rtp, parse_rtp
from signaling.sfu.rtcp import pli
from synclass.errors import Malformed, Unavailable

from . import packets
from .planes import Ends


class Client:
    """A stock DTLS client, or server, on the other end of a pipe."""

    role, state = "controlling", "completed"

    def __init__(self, server: Certificate, *, called: bool = False) -> None:
        self.inbox: asyncio.Queue[bytes] = asyncio.Queue()
        self.certificate = stock.RTCCertificate.generateCertificate()
        self.dtls = stock.RTCDtlsTransport(self, [self.certificate])  # type: ignore[arg-type]
        self.dtls._set_role("server" if called else "client")
        self.line = Dtls(server, self.inbox.put_nowait, calls=called)
        self._server = server

    async def _recv(self) -> bytes:
        return await self.inbox.get()

    async def _send(self, data: bytes) -> None:
        self.line.feed(data)

    async def shake(self, fingerprint: str | None = None) -> None:
        known = stock.RTCDtlsParameters(self._server.getFingerprints())
        own = next(f.value for f in self.certificate.getFingerprints() if f.algorithm == "sha-256")
        await asyncio.gather(self.dtls.start(known), self.line.handshake(fingerprint or own))


@pytest.fixture(scope="module")
def certificate() -> Certificate:
    return Certificate.generateCertificate()


async def test_the_private_names_of_aiortc_are_what_we_think(certificate: Certificate) -> None:
    client = Client(certificate)
    await client.shake()
    transport = client.line._transport
    assert transport.state == "connected" and client.line.keyed
    assert transport._ssl is not None and transport._tx_srtp is not transport._rx_srtp
    for session in (transport._tx_srtp, transport._rx_srtp):
        assert callable(session.protect) and callable(session.unprotect_rtcp)
    ciphers = certificate._create_ssl_context(stock.SRTP_PROFILES)
    assert ciphers is not None
    assert "AES_128_GCM" in client.line.profile
    await client.line.close()


async def test_what_is_sealed_here_opens_there_and_back(certificate: Certificate) -> None:
    client = Client(certificate)
    assert client.line.keys is None and not client.line.keyed
    await client.shake()
    assert client.line.keys is not None
    sending, receiving = client.line.keys
    plain = build_rtp(packets.rtp(1, 0, b"hello"))
    assert client.dtls._rx_srtp.unprotect(sending.seal(plain)) == plain
    assert client.dtls._rx_srtp.unprotect_rtcp(sending.seal_rtcp(pli(9))) == pli(9)
    assert receiving.open_rtcp(client.dtls._tx_srtp.protect_rtcp(pli(9))) == pli(9)
    sealed = client.dtls._tx_srtp.protect(plain)
    assert parse_rtp(receiving.open(sealed)).payload == b"hello"
    for wrong in (sealed, sealed[:-1] + b"x", bytes(2000), b"\x80" * 13):
        for opening in (receiving.open, receiving.open_rtcp):
            with pytest.raises(Malformed):
                opening(wrong)
    assert sending.seal(bytes(LONGEST_PLAIN + 1)) == b""
    assert sending.seal_rtcp(bytes(LONGEST_PLAIN + 1)) == b""
    await client.line.close()


def test_the_addresses_are_those_of_libsrtp() -> None:
    keys = Ends("python").sending
    named = (keys.srtp, keys.protect, keys.unprotect, keys.protect_rtcp, keys.unprotect_rtcp)
    assert len(set(named)) == 5 and all(named)


async def test_one_that_can_only_be_called_is_called(certificate: Certificate) -> None:
    client = Client(certificate, called=True)
    await client.shake()
    assert client.line.keyed and "AES_128_GCM" in client.line.profile
    await client.line.close()


async def test_another_fingerprint_is_another_client(certificate: Certificate) -> None:
    client = Client(certificate)
    with pytest.raises(Unavailable) as failed:
        await client.shake("00:" * 31 + "00")
    assert failed.value.code == "dtls-failed" and not client.line.keyed


async def test_a_goodbye_is_heard(certificate: Certificate) -> None:
    client = Client(certificate)
    await client.shake()
    await client.dtls.stop()
    async with asyncio.timeout(5):
        await client.line.over()


async def test_a_flood_of_flights_is_dropped_not_kept(certificate: Certificate) -> None:
    line = Dtls(certificate, lambda data: None)
    for _ in range(1000):
        line.feed(b"\x16" * 100)
    assert line._pipe.arrived.qsize() == 64
