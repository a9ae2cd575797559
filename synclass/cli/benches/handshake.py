"""The client's half of DTLS-SRTP, without a socket: datagrams in, datagrams out."""

from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.oid import NameOID
from OpenSSL import SSL
from pylibsrtp import Policy, Session

from ...errors import Malformed

GCM, SHA1 = "SRTP_AEAD_AES_128_GCM", "SRTP_AES128_CM_SHA1_80"
_SALT = {GCM: 12, SHA1: 14}  # bytes (RFC 7714 §12, RFC 3711 §8.2)
_POLICY = {
    GCM: Policy.SRTP_PROFILE_AEAD_AES_128_GCM,
    SHA1: Policy.SRTP_PROFILE_AES128_CM_SHA1_80,
}
_KEY = 16  # bytes
_WINDOW = 1024  # packets that may come late
_DAY = timedelta(days=1)


class Identity:
    """A certificate and what hangs on it; one for all clients of a process, as they cost time."""

    def __init__(self, profiles: str = f"{GCM}:{SHA1}") -> None:
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "bench")])
        now = datetime.now(UTC)
        builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        dated = builder.not_valid_before(now - _DAY).not_valid_after(now + _DAY)
        certificate = dated.sign(key, SHA256())
        self.fingerprint = _fingerprint(certificate)
        self.context = SSL.Context(SSL.DTLS_CLIENT_METHOD)
        self.context.use_certificate(certificate)
        self.context.use_privatekey(key)
        self.context.set_verify(SSL.VERIFY_PEER, lambda *said: True)
        self.context.set_tlsext_use_srtp(profiles.encode())


class Handshake:
    """One client's.  ``profile``, ``sending`` and ``hearing`` are there when it is ``done``."""

    def __init__(self, identity: Identity) -> None:
        self.done = False
        self._ssl = SSL.Connection(identity.context)
        self._ssl.set_connect_state()

    def step(self, data: bytes = b"") -> bytes:
        """Take a datagram; returns what to send, if anything.  Raises Malformed."""
        if data:
            self._ssl.bio_write(data)
        try:
            self._ssl.do_handshake()
        except SSL.WantReadError:
            return self._out()
        except SSL.Error as error:
            raise Malformed(f"DTLS: {error}") from error
        if not self.done:
            self._agree()
        return self._out()

    def again(self) -> bytes:
        """The last flight once more, where its time has come."""
        self._ssl.DTLSv1_handle_timeout()
        return self._out()

    @property
    def fingerprint(self) -> str:
        """The other side's."""
        certificate = self._ssl.get_peer_certificate(as_cryptography=True)
        return _fingerprint(certificate) if certificate is not None else ""

    def _agree(self) -> None:
        self.profile = (self._ssl.get_selected_srtp_profile() or b"").decode()
        if self.profile not in _SALT:
            raise Malformed("no SRTP profile")
        salt = _SALT[self.profile]
        told = self._ssl.export_keying_material(b"EXTRACTOR-dtls_srtp", 2 * (_KEY + salt))
        keys, salts = told[: 2 * _KEY], told[2 * _KEY :]
        self.sending = self._session(keys[:_KEY] + salts[:salt], Policy.SSRC_ANY_OUTBOUND)
        self.hearing = self._session(keys[_KEY:] + salts[salt:], Policy.SSRC_ANY_INBOUND)
        self.done = True

    def _session(self, key: bytes, direction: int) -> Session:
        policy = Policy(key, direction, 0, _POLICY[self.profile])
        policy.window_size, policy.allow_repeat_tx = _WINDOW, True
        return Session(policy)

    def _out(self) -> bytes:
        try:
            return self._ssl.bio_read(4096)
        except SSL.WantReadError:
            return b""


def _fingerprint(certificate: x509.Certificate) -> str:
    return certificate.fingerprint(SHA256()).hex(":").upper()
