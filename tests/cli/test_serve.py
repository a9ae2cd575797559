import os
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from synclass.cli.config import Config
from synclass.cli.serve import children

from .server import Server, free_ports

SERVE = [sys.executable, "-m", "synclass", "serve", "--workers", "1"]


def refused(*options: str) -> str:
    done = subprocess.run(
        [*SERVE, *options], capture_output=True, text=True, timeout=30, check=False
    )
    assert done.returncode == 1, done.stdout + done.stderr
    return done.stderr


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_one_command_starts_everything_and_ctrl_c_ends_it(tmp_path: Path) -> None:
    with Server(tmp_path / "data") as server:
        pids = [server.pid(child) for child in ("signaling", "media-0", "recorder")]
        assert all(map(alive, pids))
        assert len(server.password()) == 14
        password = server.password()
    assert not any(map(alive, pids))
    assert server.process.returncode == 0
    with Server(tmp_path / "data") as again:
        assert again.password() == password


def test_a_taken_port_is_said_before_anything_starts(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("0.0.0.0", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        said = refused("--data", str(tmp_path), "--port", port)
    assert "port-in-use" in said and f"TCP 0.0.0.0:{port}" in said


def test_a_taken_media_port_is_said_too(tmp_path: Path) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as taken:
        taken.bind(("0.0.0.0", 0))
        udp, tcp = str(taken.getsockname()[1]), str(free_ports(socket.SOCK_STREAM))
        said = refused("--data", str(tmp_path), "--port", tcp, "--udp-port", udp)
    assert "port-in-use" in said and "UDP" in said


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    assert "not-writable" in refused("--data", str(tmp_path / "file" / "data"))


def test_a_certificate_without_its_key_is_said(tmp_path: Path) -> None:
    done = subprocess.run([*SERVE, "--tls-cert", "x"], capture_output=True, text=True, check=False)
    assert done.returncode == 2 and "go together" in done.stderr


def test_a_turn_server_without_its_secret_is_said() -> None:
    turn = [*SERVE, "--turn-url", "turn:x:443"]
    done = subprocess.run(turn, capture_output=True, text=True, check=False)
    assert done.returncode == 2 and "go together" in done.stderr


@pytest.mark.parametrize("child", ["signaling", "media-0", "recorder"])
def test_whatever_is_killed_comes_back(tmp_path: Path, child: str) -> None:
    with Server(tmp_path / "data") as server:
        before = server.pid(child)
        server.kill(child)
        for _ in range(400):
            if server.pid(child) != before and server._is_up():
                break
            signal.sigtimedwait([], 0.05)
        with urllib.request.urlopen(f"{server.url}/healthz") as answer:
            assert answer.status == 200
        assert server.pid(child) != before


def test_the_demo_has_robots() -> None:
    config = Config("data", "/tmp", "0.0.0.0", 80, 7000, ["127.0.0.1"], 2, demo=True)
    assert list(children(config)) == ["recorder", "signaling", "media-0", "media-1", "robots"]


def test_an_option_may_be_a_variable_of_the_environment(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    variables = {**os.environ, "SYNCLASS_DATA": str(tmp_path / "file" / "data")}
    done = subprocess.run(SERVE, env=variables, capture_output=True, text=True, check=False)
    assert done.returncode == 1 and "file/data" in done.stderr


def test_a_broken_certificate_is_said_before_anything_starts(tmp_path: Path) -> None:
    (tmp_path / "bad.pem").write_text("not a certificate")
    pem = str(tmp_path / "bad.pem")
    said = refused("--data", str(tmp_path / "data"), "--tls-cert", pem, "--tls-key", pem)
    assert "[tls]" in said


def test_an_own_authority_makes_https_of_it_and_the_robots_believe_it(tmp_path: Path) -> None:
    with Server(tmp_path / "data", "--tls", "auto", "--demo") as server:
        with server.get("/") as answer:
            assert answer.status == 200
        server.says("in class")
        server.says("ca.crt")


def test_ctrl_c_while_it_starts_ends_it_at_once(tmp_path: Path) -> None:
    server = Server(tmp_path / "data")
    with server.log.open("wb") as log:
        process = subprocess.Popen([*SERVE[:4], *server.options], stdout=log, stderr=log)
    while b"child started" not in server.log.read_bytes():
        signal.sigtimedwait([], 0.02)
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=10) == 0
