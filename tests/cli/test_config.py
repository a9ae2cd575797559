import stat
from pathlib import Path

import pytest

from synclass.cli import config
from synclass.cli.config import Config
from synclass.errors import Unavailable

CONFIG = Config("data", "/tmp/x", "0.0.0.0", 8080, 7000, ["127.0.0.1"], 2, tls="auto")


def test_a_child_reads_what_the_supervisor_wrote(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(config.VARIABLE, CONFIG.environment())
    assert config.from_environment() == CONFIG
    assert CONFIG.address() == "https://localhost:8080"


def test_every_worker_has_a_socket_of_its_own() -> None:
    assert CONFIG.workers_at == ["/tmp/x/media0.sock", "/tmp/x/media1.sock"]


def test_the_machine_itself_is_always_an_address() -> None:
    assert config.addresses()[-1] == "127.0.0.1"


def test_the_key_is_made_once_and_read_by_the_owner_alone(tmp_path: Path) -> None:
    key = config.key(tmp_path)
    assert len(key) == 32 and config.key(tmp_path) == key
    assert key != config.key(tmp_path, config.SEAL) == config.key(tmp_path, config.SEAL)
    assert stat.S_IMODE((tmp_path / "seal.key").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "secret.key").stat().st_mode) == 0o600
    with pytest.raises(Unavailable):
        config.key(tmp_path / "missing")
    (tmp_path / "seal.key").write_bytes(b"")
    with pytest.raises(Unavailable, match="damaged"):
        config.key(tmp_path, config.SEAL)
