"""What `synclass serve` was asked to do, and where each of its processes finds the others."""

import os
import secrets
import tempfile
from pathlib import Path
from ssl import SSLContext

import ifaddr
import msgspec
from msgspec import Struct

from ..errors import Unavailable
from . import tls

TICKETS, SEAL = "secret.key", "seal.key"  # secrets: what signs tickets, what ended lessons
LENGTH = 32  # bytes of a secret: HS256's and Ed25519's
OFFSITE = "SYNCLASS_OFFSITE"
"""The server's own setting: a command that knew no bucket would leave what is there."""
VARIABLE = "SYNCLASS_CONFIG"  # how the supervisor tells its children


class Config(Struct, frozen=True):
    data: str
    run: str
    """Folder of the Unix sockets: short, for their paths have at most 107 bytes."""
    host: str
    port: int
    udp_port: int
    """The first media worker's; the others have the next ones."""
    media_ips: list[str]
    workers: int
    registry_url: str = ""
    redis: str = ""
    turn_url: list[str] = []
    turn_secret: str = ""
    tls: str = "off"
    tls_cert: str = ""
    tls_key: str = ""
    behind_proxy: bool = False
    webhooks_to: list[str] = []
    """Private networks that webhooks may go to."""
    least_free: int = 0
    """Megabytes of the disk that no new recording may touch."""
    demo: bool = False
    oidc_issuer: str = ""
    oidc_client: str = ""
    oidc_secret: str = ""
    oidc_name: str = ""
    oidc_claim: str = ""
    offsite: str = ""
    """s3://bucket/prefix, to which ended lessons are copied."""

    @property
    def registry(self) -> Path | str:
        return registry_at(Path(self.data), self.registry_url)

    @property
    def workers_at(self) -> list[str]:
        return [f"{self.run}/media{n}.sock" for n in range(self.workers)]

    @property
    def recorder_at(self) -> str:
        return f"{self.run}/recorder.sock"

    @property
    def least_free_bytes(self) -> int:
        return self.least_free * 1_000_000

    @property
    def secure(self) -> bool:
        return self.tls != "off" or bool(self.tls_cert)

    def address(self, host: str = "localhost") -> str:
        return f"{'https' if self.secure else 'http'}://{host}:{self.port}"

    def environment(self) -> str:
        return msgspec.json.encode(self).decode()


def registry_at(data: Path, url: str) -> Path | str:
    """Where accounts, lessons and the district are: a file of the data folder, or a PostgreSQL."""
    return url or data / "synclass.sqlite"


def from_environment() -> Config:
    """The supervisor's words to this process."""
    return msgspec.json.decode(os.environ[VARIABLE], type=Config)


def addresses() -> list[str]:
    """This machine's IPv4 addresses, those that others can reach first."""
    found = [ip.ip for adapter in ifaddr.get_adapters() for ip in adapter.ips if ip.is_IPv4]
    plain = [str(ip) for ip in found if not str(ip).startswith(("127.", "169.254."))]
    return [*plain, "127.0.0.1"]


def run_folder() -> str:
    return tempfile.mkdtemp(prefix="synclass-")


def key(data: Path, name: str = TICKETS) -> bytes:
    """One of our secrets, 32 bytes; made once.  Raises Unavailable("not-writable")."""
    path = data / name
    try:
        if not path.exists():
            aside = data / f".{secrets.token_hex(8)}"  # whole at once: the power may fail
            descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(secrets.token_bytes(LENGTH))
                os.fsync(descriptor)
            aside.rename(path)
        found = path.read_bytes()
    except OSError as error:
        raise Unavailable("not-writable", f"{path}: {error.strerror}") from error
    if len(found) < LENGTH:
        raise Unavailable("not-writable", f"{path} is damaged: a secret has {LENGTH} bytes")
    return found


def ssl(config: Config) -> SSLContext | None:
    """The certificate, if one is wanted; raises Unavailable("tls")."""
    if config.tls_cert:
        return tls.load(Path(config.tls_cert), Path(config.tls_key))
    return tls.auto(Path(config.data)) if config.tls == "auto" else None
