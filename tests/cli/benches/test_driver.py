"""The generator beside the project is built and driven; what is missing is named."""

from pathlib import Path

import pytest

from synclass.cli.benches import driver
from synclass.cli.benches.driver import Driver
from synclass.errors import Unavailable

from .generator import Peer, beside

ICE = "a=ice-lite\r\na=ice-ufrag:u\r\na=ice-pwd:p\r\na=setup:{}\r\n"
SDP = ICE + "a=candidate:1 1 udp 9 1.2.3.4 5 typ host"


@pytest.fixture
def ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Driver:
    monkeypatch.setattr(driver, "BUILD", "true")
    (tmp_path / "built").mkdir()
    return Driver(beside(tmp_path / "rtcload"), tmp_path / "built")


def test_a_generator_that_is_not_there_is_missed(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match=r"has no load\.py and no rtcload\.c"):
        Driver(tmp_path, tmp_path)


@pytest.mark.parametrize("build", ["no-such-compiler", "ls --no-such-option"])
def test_packages_that_are_missing_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, build: str
) -> None:
    monkeypatch.setattr(driver, "BUILD", build)
    (tmp_path / "built").mkdir()
    with pytest.raises(Unavailable, match="libsrtp2-dev"):
        Driver(beside(tmp_path / "rtcload"), tmp_path / "built")


async def test_rows_are_of_one_cipher_and_nothing_else_is_printed(
    ours: Driver, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = await ours.bench("us", None, [1, 2], seconds=1.0)  # type: ignore[arg-type]
    assert [(row["n"], row["args"]) for row in rows] == [(1, ("-gcm",)), (2, ("-gcm",))]
    said = capsys.readouterr()
    assert said.out == "" and said.err == "rows of us\n"


async def test_a_peer_takes_the_role_that_is_left(ours: Driver) -> None:
    peer = Peer(0)

    def connected(sdp: str, **how: bool) -> tuple[object, ...]:
        ours.connect(peer, sdp, **how)
        return peer.connected

    ice = "u", "p", "1.2.3.4", 5
    assert connected(SDP.format("passive"), probe=True) == ("client", True, *ice, 1)
    assert connected(SDP.format("active")) == ("server", True, *ice, 0)
    full = SDP.replace("a=ice-lite", "a=x").format("actpass")
    assert connected(full, controlling=False) == ("client", False, *ice, 0)
    with pytest.raises(Unavailable):
        ours.connect(peer, "v=0")
    peer.caller.close()


def test_the_folder_beside_us_is_left_as_it_was(ours: Driver, tmp_path: Path) -> None:
    assert sorted(p.name for p in (tmp_path / "rtcload").iterdir()) == ["load.py", "rtcload.c"]
    assert {p.name for p in (tmp_path / "built").iterdir()} >= {"load.py", "rtcload.c"}
