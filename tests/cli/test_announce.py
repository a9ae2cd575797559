"""Whoever starts the server is told where the door is, and by what code and password."""

import asyncio
import socket
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from msgspec import structs

from recorder.eraser import FileEraser
from recorder.film.studio import FilmStudio
from recorder.paper.press import FilePress
from recorder.porter import FilePorter
from recorder.shelf import FileShelf
from signaling.app import App, Outside, Settings, serve
from synclass.adapters.memory import MemoryDirectory
from synclass.adapters.registry import SqlRegistry
from synclass.cli import announce as module
from synclass.cli.announce import announce
from synclass.cli.config import Config, addresses, ssl
from synclass.errors import Unavailable
from synclass.ports import LessonCard
from synclass.words import LessonId

from ..waiting import until
from .server import free_ports

QR = "▄"  # half a block: two rows of a code in one of a terminal


@asynccontextmanager
async def up(config: Config, workers: list[str]) -> AsyncIterator[SqlRegistry]:
    """A signaling server where the config says; ``workers`` are the sockets it looks for."""
    data = Path(config.data)
    registry = await SqlRegistry.open(data / "synclass.sqlite")
    settings = Settings("127.0.0.1", config.port, "here", bytes(32), bytes(32), workers)
    shelf, directory = FileShelf(data), MemoryDirectory()
    app = App(
        settings,
        Outside(
            shelf=shelf,
            registry=registry,
            directory=directory,
            press=FilePress(data),
            porter=FilePorter(data, data / "packed.html"),
            films=FilmStudio(data, idle=False),
            eraser=FileEraser(data),
        ),
    )
    serving = asyncio.create_task(serve(app, settings, ssl(config)))
    try:
        yield registry
    finally:
        if serving.done():
            serving.result()  # why it was not up
        serving.cancel()
        await asyncio.gather(serving, return_exceptions=True)
        await registry.close()


@pytest.fixture
def config(tmp_path: Path) -> Config:
    port = free_ports(socket.SOCK_STREAM)
    return Config(str(tmp_path), str(tmp_path), "127.0.0.1", port, 7000, ["127.0.0.1"], 1)


@pytest.fixture
def demo(config: Config, tmp_path: Path) -> Config:
    (tmp_path / "demo.password").write_text("quiet-river")
    return structs.replace(config, demo=True)


async def test_the_address_and_the_first_password_are_said(
    config: Config, capsys: pytest.CaptureFixture[str]
) -> None:
    async with up(config, []) as registry:
        await announce(config, registry, "abcd-efgh-ijkl")
    said = capsys.readouterr().out
    assert f"http://localhost:{config.port}" in said
    assert "admin / abcd-efgh-ijkl" in said
    assert QR not in said, "nobody points a camera at a file"


async def test_a_password_is_said_once_only(
    config: Config, capsys: pytest.CaptureFixture[str]
) -> None:
    async with up(config, []) as registry:
        await announce(config, registry, "")
    assert "admin" not in capsys.readouterr().out


async def test_a_demo_says_the_code_of_the_lesson_that_runs(
    demo: Config, capsys: pytest.CaptureFixture[str]
) -> None:
    async with up(demo, []) as registry:
        for n, (code, began) in enumerate((("246810", 5.0), ("111111", 0.0))):
            card = LessonCard(LessonId(f"l{n}"), "分数", "数学", "wang", code, time.time(), began)
            await registry.save_lesson(card)
        await announce(demo, registry, "")
    said = capsys.readouterr().out
    assert "246 810" in said and "111 111" not in said
    assert "wang / quiet-river" in said
    assert QR in said


async def test_over_tls_the_address_is_one_that_others_reach(
    config: Config, capsys: pytest.CaptureFixture[str]
) -> None:
    secure = structs.replace(config, tls="auto")
    async with up(secure, []) as registry:
        await announce(secure, registry, "")
    said = capsys.readouterr().out
    reach = [ip for ip in addresses() if ip != "127.0.0.1"]
    assert f"https://{(reach or ['localhost'])[0]}:{config.port}" in said
    assert "ca.crt" in said.replace("\n", ""), "how to trust it"


async def test_nothing_is_said_before_there_is_a_media_server(
    config: Config, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "UP_WITHIN", 0.5)
    async with up(config, [str(Path(config.run) / "nobody.sock")]) as registry:
        with pytest.raises(Unavailable) as unavailable:
            await announce(config, registry, "abcd-efgh-ijkl", died={"media-0"})
    assert unavailable.value.code == "not-up" and "media-0" in str(unavailable.value)
    assert "localhost" not in capsys.readouterr().out


async def test_a_server_that_does_not_come_up_is_said(
    config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "UP_WITHIN", 0.2)
    registry = await SqlRegistry.open(Path(config.data) / "synclass.sqlite")
    with pytest.raises(Unavailable) as unavailable:
        await announce(config, registry, "", died={"signaling", "robots"})
    await registry.close()
    assert unavailable.value.code == "not-up" and "robots" not in str(unavailable.value)


async def test_a_slow_machine_is_told_that_it_still_starts_until_it_has(
    config: Config, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "UP_WITHIN", 0.1)
    said = ""

    def heard() -> bool:
        nonlocal said
        said += capsys.readouterr().out
        return said.count("still starting") >= 2

    registry = await SqlRegistry.open(Path(config.data) / "synclass.sqlite")
    telling = asyncio.create_task(announce(config, registry, "", died={"robots"}))
    await until(heard)
    async with up(config, []):
        await telling
    await registry.close()
    assert "还在启动" in said
    assert f"http://localhost:{config.port}" in capsys.readouterr().out
