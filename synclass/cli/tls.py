"""Certificates: loads those one is given, or makes a local authority and a certificate by it."""

import os
import socket
import time
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from ssl import PROTOCOL_TLS_SERVER, SSLContext, SSLError, TLSVersion
from typing import TypeAlias

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from ifaddr import get_adapters
from msgspec import Struct

from ..errors import Unavailable

AUTHORITY_LIFE = timedelta(days=3650)
LEAF_LIFE = timedelta(days=397)  # longer ones were refused by browsers since 2020
RENEW_BEFORE = timedelta(days=30)
SLACK = timedelta(days=1)  # village PCs whose clock is behind must not find it "not yet valid"


class Pair(Struct, frozen=True):
    """A certificate and its private key, as PEM files."""

    certificate: Path
    key: Path


def load(certificate: Path, key: Path) -> SSLContext:
    """What a TLS server needs; raises Unavailable("tls") with a sentence for the administrator."""
    for path in (certificate, key):
        _readable(path)
    context = SSLContext(PROTOCOL_TLS_SERVER)
    context.minimum_version = TLSVersion.TLSv1_2
    context.set_alpn_protocols(["http/1.1"])
    try:
        # Without a password OpenSSL would stop and ask for one on the terminal.
        context.load_cert_chain(certificate, key, password="")
    except (SSLError, ValueError) as error:
        raise Unavailable("tls", _why(certificate, key, error)) from error
    return context


def auto(
    data: Path, *, names: Sequence[str] = (), clock: Callable[[], float] = time.time
) -> SSLContext:
    """A context with a certificate of this machine's own, kept in ``data``/tls.

    Made where there is none, and again where it ends within 30 days or this machine has other
    addresses; the authority that signs it (``ca.crt``, trusted once by every device) stays for
    ten years.  ``names`` are more host names or addresses to be reached by; ``clock`` gives Unix
    seconds.  Raises Unavailable("tls") where the folder cannot be used.
    """
    at = datetime.fromtimestamp(clock(), UTC)
    authority, leaf = _pair(data, "ca"), _pair(data, "server")
    wanted = _alternatives([*machine_names(), *names])
    try:
        leaf.key.parent.mkdir(parents=True, exist_ok=True)
        ca = _load(authority)
        if ca is None or ca[0].not_valid_after_utc - at < RENEW_BEFORE:
            ca = _save(authority, *_new_authority(at))
        server = _load(leaf)
        if server is None or not _serves(server[0], ca[0], wanted, at):
            _save(leaf, *_new_leaf(ca, wanted, at))
    except OSError as error:
        raise Unavailable("tls", f"no certificate can be kept: {error}") from error
    return load(leaf.certificate, leaf.key)


def how_to_trust(data: Path) -> str:
    """What to do on each device so that it trusts the authority, in Chinese and in English.

    Raises Unavailable("tls") where auto() has not made one.
    """
    path = _pair(data, "ca").certificate
    authority = x509.load_pem_x509_certificate(_readable(path))
    fingerprint = authority.fingerprint(SHA256()).hex(":").upper()
    return _TRUST.format(path=path.resolve(), fingerprint=fingerprint)


def machine_names() -> list[str]:
    """By what names and addresses this machine may be called from its network."""
    found = {ip.ip if isinstance(ip.ip, str) else ip.ip[0] for a in get_adapters() for ip in a.ips}
    # An IPv6 link-local address needs a zone, which no URL may carry (RFC 3986 3.2.2).
    addresses = sorted(address for address in found if not address.startswith("fe80"))
    return ["localhost", "127.0.0.1", "::1", socket.gethostname(), *addresses]


def _pair(data: Path, name: str) -> Pair:
    return Pair(data / "tls" / f"{name}.crt", data / "tls" / f"{name}.key")


_Held: TypeAlias = tuple[x509.Certificate, ec.EllipticCurvePrivateKey]


def _new_authority(at: datetime) -> _Held:
    key = ec.generate_private_key(ec.SECP256R1())
    name = _named(f"synclass {socket.gethostname()} {at:%Y-%m-%d}")
    usage = x509.KeyUsage(
        key_cert_sign=True,
        crl_sign=True,
        digital_signature=False,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )
    builder = (
        _builder(name, key, at, AUTHORITY_LIFE)
        .issuer_name(name)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(usage, critical=True)
    )
    return builder.sign(key, SHA256()), key


def _new_leaf(ca: _Held, names: x509.SubjectAlternativeName, at: datetime) -> _Held:
    authority, signer = ca
    key = ec.generate_private_key(ec.SECP256R1())
    life = min(LEAF_LIFE - SLACK, authority.not_valid_after_utc - at)
    issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key())
    builder = (
        _builder(_named("synclass"), key, at, life)
        .issuer_name(authority.subject)
        .add_extension(names, critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(issuer, critical=False)
    )
    return builder.sign(signer, SHA256()), key


def _builder(
    name: x509.Name, key: ec.EllipticCurvePrivateKey, at: datetime, life: timedelta
) -> x509.CertificateBuilder:
    subject = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - SLACK)
        .not_valid_after(at + life)
        .add_extension(subject, critical=False)
    )


def _named(common: str) -> x509.Name:
    # RFC 5280 A.1: a common name has at most 64 characters; host names may be longer.
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common[:64])])


def _alternatives(names: Iterable[str]) -> x509.SubjectAlternativeName:
    """Each name once, an address as an address (RFC 5280 4.2.1.6)."""
    return x509.SubjectAlternativeName([_alternative(name) for name in dict.fromkeys(names)])


def _alternative(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(name))
    except ValueError:
        pass
    try:
        return x509.DNSName(name.encode("idna").decode())
    except UnicodeError as error:
        raise Unavailable("tls", f"{name} is not the name of a host") from error


def _serves(
    leaf: x509.Certificate, ca: x509.Certificate, names: x509.SubjectAlternativeName, at: datetime
) -> bool:
    try:
        leaf.verify_directly_issued_by(ca)
        has = leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except (InvalidSignature, x509.ExtensionNotFound, TypeError, ValueError):
        return False
    return set(has) == set(names) and leaf.not_valid_after_utc - at >= RENEW_BEFORE


def _load(pair: Pair) -> _Held | None:
    """None where a file is missing, damaged, or not the other's: they are made again then."""
    try:
        certificate = x509.load_pem_x509_certificate(pair.certificate.read_bytes())
        key = load_pem_private_key(pair.key.read_bytes(), None)
    except (FileNotFoundError, ValueError, TypeError):
        return None
    if isinstance(key, ec.EllipticCurvePrivateKey) and key.public_key() == certificate.public_key():
        return certificate, key
    return None


def _save(pair: Pair, certificate: x509.Certificate, key: ec.EllipticCurvePrivateKey) -> _Held:
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    _write(pair.key, pem, 0o600)
    _write(pair.certificate, certificate.public_bytes(Encoding.PEM), 0o644)
    return certificate, key


def _write(path: Path, content: bytes, mode: int) -> None:
    """Whole or not at all, and never readable by others for a moment."""
    part = path.with_name(f"{path.name}.part")
    part.unlink(missing_ok=True)
    with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
        file.write(content)
    part.replace(path)


def _readable(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise Unavailable("tls", f"{path} cannot be read: {error.strerror}") from error


def _why(certificate: Path, key: Path, error: Exception) -> str:
    reason = getattr(error, "reason", None) or str(error)
    if reason == "KEY_VALUES_MISMATCH":
        return f"{key} is not the key of {certificate}"
    wanted = f"{certificate} and {key} must be a PEM certificate and its key without a password"
    return f"{wanted} ({reason})"


_TRUST = """\
本机自建证书机构：{path}
SHA-256 指纹：{fingerprint}
请把 ca.crt（绝不要复制 ca.key）拷到每台设备，并安装一次，浏览器才不再警告：
  Windows  双击 ca.crt，选“安装证书”“本地计算机”，存入“受信任的根证书颁发机构”；
           或以管理员身份运行：certutil -addstore -f Root ca.crt
  macOS    sudo security add-trusted-cert -d -r trustRoot \\
             -k /Library/Keychains/System.keychain ca.crt
  Linux    sudo cp ca.crt /usr/local/share/ca-certificates/synclass.crt
           sudo update-ca-certificates
           Chromium: certutil -d sql:$HOME/.pki/nssdb -A -t C,, -n synclass -i ca.crt
  Android  设置 > 安全 > 加密与凭据 > 安装证书 > CA 证书，选 ca.crt
  Firefox  设置 > 隐私与安全 > 查看证书 > 证书颁发机构 > 导入，勾选“信任…标识网站”

This machine's own certificate authority: {path}
SHA-256 fingerprint: {fingerprint}
Copy ca.crt (never ca.key) to each device and install it once, so that browsers stop warning:
  Windows  double-click ca.crt, Install Certificate, Local Machine, and put it into
           Trusted Root Certification Authorities;
           or as administrator: certutil -addstore -f Root ca.crt
  macOS    sudo security add-trusted-cert -d -r trustRoot \\
             -k /Library/Keychains/System.keychain ca.crt
  Linux    sudo cp ca.crt /usr/local/share/ca-certificates/synclass.crt
           sudo update-ca-certificates
           Chromium: certutil -d sql:$HOME/.pki/nssdb -A -t C,, -n synclass -i ca.crt
  Android  Settings > Security > Encryption & credentials > Install a certificate >
           CA certificate, choose ca.crt
  Firefox  Settings > Privacy & Security > View Certificates > Authorities > Import,
           tick "Trust this CA to identify websites"
"""
