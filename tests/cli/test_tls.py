"""Certificates as a browser would judge them: real handshakes over memory, no network."""

import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import ExtendedKeyUsageOID

from synclass.cli import tls
from synclass.errors import Unavailable

NOW = datetime.now(UTC).timestamp()
DAY = 86400.0


def handshake(server: ssl.SSLContext, host: str, trusted: Path) -> str:
    """Call ``host`` as a client that trusts this authority alone; returns the TLS version."""
    up, down = ssl.MemoryBIO(), ssl.MemoryBIO()
    ours = ssl.create_default_context(cafile=str(trusted))
    ours.verify_flags |= ssl.VerifyFlags.VERIFY_X509_STRICT
    ends = [
        ours.wrap_bio(down, up, server_hostname=host),
        server.wrap_bio(up, down, server_side=True),
    ]
    for end in ends * 3:
        try:
            end.do_handshake()
        except ssl.SSLWantReadError:
            continue
    version = ends[0].version()
    assert version is not None and ends[0].getpeercert()
    return version


def made(data: Path, name: str) -> x509.Certificate:
    return x509.load_pem_x509_certificate((data / "tls" / f"{name}.crt").read_bytes())


def at(days: float) -> float:
    return NOW + days * DAY


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "::1", "school.example", "10.1.2.3"])
def test_who_trusts_the_authority_reaches_every_name_of_the_machine(
    tmp_path: Path, host: str
) -> None:
    context = tls.auto(tmp_path, names=["school.example", "10.1.2.3"])
    assert handshake(context, host, tmp_path / "tls" / "ca.crt") == "TLSv1.3"


def test_a_name_that_is_not_the_machines_is_refused(tmp_path: Path) -> None:
    context = tls.auto(tmp_path)
    with pytest.raises(ssl.SSLCertVerificationError):
        handshake(context, "bank.example", tmp_path / "tls" / "ca.crt")


def test_who_does_not_trust_the_authority_is_warned(tmp_path: Path) -> None:
    tls.auto(tmp_path / "other")
    with pytest.raises(ssl.SSLCertVerificationError):
        handshake(tls.auto(tmp_path), "localhost", tmp_path / "other" / "tls" / "ca.crt")


def test_every_address_of_the_machine_is_in_the_certificate(tmp_path: Path) -> None:
    tls.auto(tmp_path)
    names = made(tmp_path, "server").extensions.get_extension_for_class(x509.SubjectAlternativeName)
    addresses = set(names.value.get_values_for_type(x509.IPAddress))
    assert {ip_address(name) for name in tls.machine_names() if name[0].isdigit()} <= addresses
    assert "localhost" in names.value.get_values_for_type(x509.DNSName)


def test_the_certificates_are_what_browsers_ask_for(tmp_path: Path) -> None:
    tls.auto(tmp_path)
    leaf, ca = made(tmp_path, "server"), made(tmp_path, "ca")
    assert leaf.not_valid_after_utc - leaf.not_valid_before_utc <= timedelta(days=397)
    assert ca.not_valid_after_utc - ca.not_valid_before_utc <= timedelta(days=3652)
    key = leaf.public_key()
    assert isinstance(key, ec.EllipticCurvePublicKey) and key.curve.name == "secp256r1"
    use = leaf.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    assert list(use) == [ExtendedKeyUsageOID.SERVER_AUTH]
    assert ca.extensions.get_extension_for_class(x509.BasicConstraints).value.ca


def test_keys_are_read_by_nobody_else(tmp_path: Path) -> None:
    tls.auto(tmp_path)
    folder = tmp_path / "tls"
    assert {p.name for p in folder.iterdir()} == {"ca.crt", "ca.key", "server.crt", "server.key"}
    assert all(p.stat().st_mode & 0o777 == 0o600 for p in folder.glob("*.key"))


def test_a_second_start_keeps_what_there_is(tmp_path: Path) -> None:
    tls.auto(tmp_path)
    before = made(tmp_path, "server"), made(tmp_path, "ca")
    tls.auto(tmp_path, clock=lambda: at(300))
    assert (made(tmp_path, "server"), made(tmp_path, "ca")) == before


@pytest.mark.parametrize("change", ["a month before its end", "a new address"])
def test_the_certificate_is_renewed_and_the_devices_still_trust_it(
    tmp_path: Path, change: str
) -> None:
    tls.auto(tmp_path)
    old, ca = made(tmp_path, "server"), made(tmp_path, "ca")
    if change == "a new address":
        context = tls.auto(tmp_path, names=["10.9.9.9"])
        assert handshake(context, "10.9.9.9", tmp_path / "tls" / "ca.crt")
    else:
        tls.auto(tmp_path, clock=lambda: at(370))
        assert made(tmp_path, "server").not_valid_after_utc.timestamp() > at(700)
    assert made(tmp_path, "server") != old
    assert made(tmp_path, "ca") == ca
    made(tmp_path, "server").verify_directly_issued_by(ca)


def test_no_certificate_outlives_its_authority(tmp_path: Path) -> None:
    tls.auto(tmp_path)
    tls.auto(tmp_path, clock=lambda: at(3600))
    leaf, ca = made(tmp_path, "server"), made(tmp_path, "ca")
    assert leaf.not_valid_after_utc == ca.not_valid_after_utc
    tls.auto(tmp_path, clock=lambda: at(3640))
    assert made(tmp_path, "ca") != ca
    made(tmp_path, "server").verify_directly_issued_by(made(tmp_path, "ca"))


@pytest.mark.parametrize("name", ["ca.crt", "ca.key", "server.crt", "server.key"])
@pytest.mark.parametrize("damage", ["lost", "cut", "another's"])
def test_a_damaged_file_is_made_again(tmp_path: Path, name: str, damage: str) -> None:
    tls.auto(tmp_path)
    tls.auto(tmp_path / "other")
    path = tmp_path / "tls" / name
    match damage:
        case "lost":
            path.unlink()
        case "cut":
            path.write_bytes(path.read_bytes()[:60])
        case _:
            path.write_bytes((tmp_path / "other" / "tls" / name).read_bytes())
    assert handshake(tls.auto(tmp_path), "localhost", tmp_path / "tls" / "ca.crt")


def test_a_folder_that_cannot_be_used_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "tls").write_text("a file where a folder should be")
    with pytest.raises(Unavailable) as unavailable:
        tls.auto(tmp_path)
    assert unavailable.value.code == "tls"


def test_a_name_no_host_can_have_is_told(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="not the name of a host"):
        tls.auto(tmp_path, names=["x" * 70])


def test_how_to_trust_it_names_the_file_its_fingerprint_and_every_system(tmp_path: Path) -> None:
    tls.auto(tmp_path)
    text = tls.how_to_trust(tmp_path)
    fingerprint = made(tmp_path, "ca").fingerprint(SHA256())
    assert fingerprint.hex(":").upper() in text
    assert str(tmp_path / "tls" / "ca.crt") in text
    for word in ("Windows", "macOS", "Linux", "Android", "受信任的根证书颁发机构"):
        assert word in text


def test_a_pair_from_elsewhere_is_served(tmp_path: Path) -> None:
    tls.auto(tmp_path)
    folder = tmp_path / "tls"
    context = tls.load(folder / "server.crt", folder / "server.key")
    assert handshake(context, "localhost", folder / "ca.crt")


@pytest.mark.parametrize(
    ("certificate", "key", "told"),
    [
        ("missing.crt", "server.key", "missing.crt cannot be read"),
        ("server.crt", "missing.key", "missing.key cannot be read"),
        ("server.crt", "ca.key", "ca.key is not the key of"),
        ("server.key", "server.key", "must be a PEM certificate"),
        ("server.crt", "server.crt", "must be a PEM certificate"),
        ("server.crt", "locked.key", "without a password"),
    ],
)
def test_a_wrong_pair_is_told_in_a_sentence(
    tmp_path: Path, certificate: str, key: str, told: str
) -> None:
    tls.auto(tmp_path)
    folder = tmp_path / "tls"
    plain = load_pem_private_key((folder / "server.key").read_bytes(), None)
    locked = BestAvailableEncryption(b"secret")
    pem = plain.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, locked)
    (folder / "locked.key").write_bytes(pem)
    with pytest.raises(Unavailable, match=told) as unavailable:
        tls.load(folder / certificate, folder / key)
    assert unavailable.value.code == "tls"
