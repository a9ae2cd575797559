"""DTLS and SRTP of one client.  The only file that knows the private names of aiortc."""

import asyncio
import sys
from collections.abc import Callable
from typing import Any, NamedTuple, Protocol, cast

import pylibsrtp
import structlog
from aiortc import rtcdtlstransport as stock
from aiortc.rtcicetransport import RTCIceTransport
from OpenSSL import SSL
from pylibsrtp._binding import ffi, lib

from synclass.errors import Malformed, Unavailable

from .gcm import KEY, SALT, Gcm

LONGEST_PLAIN = 1500 - 28 - 16  # bytes: Ethernet less IP, UDP and the tag; GStreamer sends 1400
LONGEST_SEALED = 1500
_FLIGHTS = 64  # datagrams waiting for OpenSSL; a handshake has about ten, more are dropped
_CIPHERS = (
    b"ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-ECDSA-AES128-SHA:"
    b"ECDHE-ECDSA-AES256-SHA:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-RSA-CHACHA20-POLY1305:"
    b"ECDHE-RSA-AES128-SHA:ECDHE-RSA-AES256-SHA"
)
"""aiortc's own, and the RSA ones: GStreamer has an RSA certificate and cannot connect without."""
_PROFILES = [stock.SRTP_AEAD_AES_128_GCM, stock.SRTP_AES128_CM_SHA1_80]  # the server chooses

log = structlog.get_logger("sfu.dtls")


_RELEASE_BUFFERS = 0x10  # SSL_MODE_RELEASE_BUFFERS of openssl/ssl.h: pyOpenSSL has no name for it


class Certificate(stock.RTCCertificate):
    """What this worker is known by; made anew at each start."""

    _context: SSL.Context | None = None

    @property
    def fingerprint(self) -> str:
        """sha-256 only: some clients take the last line whatever it is."""
        return next(f.value for f in self.getFingerprints() if f.algorithm == "sha-256")

    def _create_ssl_context(self, srtp_profiles: list[stock.SRTPProtectionProfile]) -> SSL.Context:
        """One for all clients: 30 KB and 1 ms of CPU less for each (measured)."""
        if self._context is None:
            self._context = super()._create_ssl_context(srtp_profiles)
            self._context.set_cipher_list(_CIPHERS)
            self._context.set_mode(_RELEASE_BUFFERS)
            self._context.set_session_cache_mode(SSL.SESS_CACHE_OFF)
        return self._context


class Session(Protocol):
    """The four calls of a pylibsrtp session that we make."""

    def protect(self, packet: bytes) -> bytes: ...
    def protect_rtcp(self, packet: bytes) -> bytes: ...
    def unprotect(self, packet: bytes) -> bytes: ...
    def unprotect_rtcp(self, packet: bytes) -> bytes: ...


_scratch = ffi.new("char[]", LONGEST_SEALED)
_view = ffi.buffer(_scratch)
_length = ffi.new("int *")
_PROTECT = lib.srtp_protect
_FUNCTIONS = tuple(
    int(ffi.cast("uintptr_t", ffi.addressof(lib, name)))
    for name in ("srtp_protect", "srtp_unprotect", "srtp_protect_rtcp", "srtp_unprotect_rtcp")
)


class Keys(NamedTuple):
    """One direction's libsrtp and its state: whichever plane has them seals and opens with them."""

    session: Session
    """Whoever uses the addresses keeps it alive."""
    handle: Any
    """The same as libsrtp knows it."""
    srtp: int
    """The address of its state."""
    protect: int
    """The address of ``srtp_protect(state, packet, &length)``; 0: good.  So are the others."""
    unprotect: int
    protect_rtcp: int
    unprotect_rtcp: int
    gcm: Gcm | None = None
    """Where packets can be sealed past libsrtp; the same bytes come of it."""

    @classmethod
    def of(cls, session: Session, gcm: Gcm | None = None) -> "Keys":
        handle = session._srtp[0]  # type: ignore[attr-defined]
        srtp = int(ffi.cast("uintptr_t", handle))
        protect, unprotect, protect_rtcp, unprotect_rtcp = _FUNCTIONS
        return cls(session, handle, srtp, protect, unprotect, protect_rtcp, unprotect_rtcp, gcm)

    def seal(self, plain: bytes) -> bytes:
        """RTP -> SRTP; empty where it is too long, or libsrtp refuses.

        Never twice with one SSRC and sequence number: the nonce is made of them.
        """
        size = _length[0] = len(plain)
        if size > LONGEST_PLAIN:
            return b""
        _view[0:size] = plain
        return b"" if _PROTECT(self.handle, _scratch, _length) else _view[0 : _length[0]]

    def seal_all(self, plains: list[bytes]) -> list[bytes]:
        """Some packets of RTP, as ``seal`` each: a third faster than Session.protect."""
        handle, protect, view, scratch, length = self.handle, _PROTECT, _view, _scratch, _length
        sealed = []
        for plain in plains:
            size = length[0] = len(plain)
            if size > LONGEST_PLAIN:
                sealed.append(b"")
                continue
            view[0:size] = plain
            sealed.append(b"" if protect(handle, scratch, length) else view[0 : length[0]])
        return sealed

    def open(self, sealed: bytes) -> bytes:
        """SRTP -> RTP; raises Malformed."""
        return self._turn(lib.srtp_unprotect, sealed, LONGEST_SEALED)

    def seal_rtcp(self, plain: bytes) -> bytes:
        """RTCP -> SRTCP; empty where it is too long, or libsrtp refuses."""
        try:
            return self._turn(lib.srtp_protect_rtcp, plain, LONGEST_PLAIN)
        except Malformed:
            return b""

    def open_rtcp(self, sealed: bytes) -> bytes:
        """SRTCP -> RTCP; raises Malformed."""
        return self._turn(lib.srtp_unprotect_rtcp, sealed, LONGEST_SEALED)

    def _turn(self, function: Callable[[Any, Any, Any], int], data: bytes, longest: int) -> bytes:
        size = _length[0] = len(data)
        if size > longest:
            raise Malformed("too long")
        _view[0:size] = data
        if status := function(self.handle, _scratch, _length):
            raise Malformed(pylibsrtp.ERRORS[status])
        return cast(bytes, _view[0 : _length[0]])


class _Pipe:
    """What RTCDtlsTransport needs of an ICE transport, by its shape.

    Holds at most _FLIGHTS datagrams; more are dropped, DTLS repeats its flights itself.
    """

    role, state = "controlled", "completed"

    def __init__(self, send: Callable[[bytes], object]) -> None:
        self._send_datagram = send
        self.arrived: asyncio.Queue[bytes] = asyncio.Queue(_FLIGHTS)

    async def _recv(self) -> bytes:
        return await self.arrived.get()

    async def _send(self, data: bytes) -> None:
        self._send_datagram(data)


class _Transport(stock.RTCDtlsTransport):
    """Tells what the stock one swallows: why it failed, and when it ended."""

    def __init__(self, pipe: _Pipe, certificate: Certificate, role: str) -> None:
        super().__init__(cast(RTCIceTransport, pipe), [certificate])
        self._srtp_profiles = _PROFILES
        self._set_role(role)
        self.ended = asyncio.Event()
        self.why = ""

    def _set_state(self, state: stock.State) -> None:
        super()._set_state(state)
        if state is stock.State.FAILED:
            # called inside the except clause that swallows the error
            self.why = repr(sys.exc_info()[1] or "fingerprint or SRTP profile does not match")
        if state in (stock.State.FAILED, stock.State.CLOSED):
            self.ended.set()


class Dtls:
    """One client's handshake."""

    def __init__(
        self, certificate: Certificate, send: Callable[[bytes], object], *, calls: bool = False
    ) -> None:
        """``calls``: we are the DTLS client, for one that can only be called (a=setup:passive)."""
        self._pipe = _Pipe(send)
        self._transport = _Transport(self._pipe, certificate, "client" if calls else "server")
        self.keys: tuple[Keys, Keys] | None = None
        """What is sealed with to the client, and opened with; None before the handshake."""

    @property
    def keyed(self) -> bool:
        return self.keys is not None

    @property
    def profile(self) -> str:
        """The SRTP profile agreed upon, "" before."""
        ssl = self._transport._ssl
        return (ssl.get_selected_srtp_profile() or b"").decode() if ssl else ""

    def feed(self, data: bytes) -> None:
        """A DTLS datagram came; dropped where too many wait."""
        if not self._pipe.arrived.full():
            self._pipe.arrived.put_nowait(data)

    async def handshake(self, fingerprint: str) -> None:
        """Become keyed.  Raises Unavailable("dtls-failed"): it is over then."""
        theirs = stock.RTCDtlsParameters([stock.RTCDtlsFingerprint("sha-256", fingerprint)])
        await self._transport.start(theirs)
        if self._transport.state != "connected":
            log.warning("handshake failed", why=self._transport.why)
            raise Unavailable("dtls-failed", self._transport.why)
        sending, receiving = self._transport._tx_srtp, self._transport._rx_srtp
        self.keys = Keys.of(cast(Session, sending), self._gcm()), Keys.of(cast(Session, receiving))

    def _gcm(self) -> Gcm | None:
        """Ours of what both sides have agreed upon (RFC 5764 §4.2)."""
        ssl = self._transport._ssl
        if ssl is None or "AES_128_GCM" not in self.profile:
            return None
        told = ssl.export_keying_material(b"EXTRACTOR-dtls_srtp", 2 * (KEY + SALT))
        ours = self._transport._role == "server"
        keys, salts = told[: 2 * KEY], told[2 * KEY :]
        return Gcm.of(keys[KEY * ours :][:KEY] + salts[SALT * ours :][:SALT])

    async def over(self) -> None:
        """Return when the client has closed DTLS."""
        await self._transport.ended.wait()

    async def close(self) -> None:
        """Say goodbye to the client."""
        await self._transport.stop()
