"""Only robots on the server's own machine talk over its loopback, and no robot takes much."""

from pathlib import Path

import aioice.ice
import pytest
from aiohttp import ClientSession, ClientSSLError, web
from aiortc.codecs import vpx

from synclass.cli import tls
from synclass.cli.robot.network import LOOPBACK, prepare, trusting

pytestmark = pytest.mark.usefixtures("untouched")

HERE = ["http://localhost:8080", "https://127.0.0.1", "http://127.9.9.9:80", "http://[::1]:8080"]
ELSEWHERE = ["http://192.168.1.20:8080", "https://school.example", "http://[2001:db8::1]", ""]


@pytest.mark.parametrize("url", HERE)
def test_a_robot_beside_the_server_offers_the_loopback(url: str) -> None:
    others = aioice.ice.get_host_addresses(True, False)
    prepare(url)
    assert aioice.ice.get_host_addresses(True, True) == [*others, LOOPBACK]
    assert aioice.ice.get_host_addresses(False, True) == []


@pytest.mark.parametrize("url", ELSEWHERE)
def test_a_robot_elsewhere_does_not(url: str) -> None:
    prepare(url)
    assert LOOPBACK not in aioice.ice.get_host_addresses(True, False)


@pytest.mark.parametrize("url", [HERE[0], ELSEWHERE[0]])
def test_a_robots_picture_begins_small_wherever_it_is(url: str) -> None:
    prepare(url)
    assert vpx.MIN_BITRATE < vpx.DEFAULT_BITRATE <= 200_000
    assert vpx.Vp8Encoder().target_bitrate <= 200_000


def test_a_lost_call_is_noticed_before_a_class_gives_up() -> None:
    """aioice asks every five seconds, six times: half a minute is a long silence."""
    prepare(HERE[0])
    assert aioice.ice.CONSENT_FAILURES * 5 <= 10


@pytest.mark.parametrize("trusted", ["ca.crt", "server.crt"])
async def test_robots_believe_the_servers_own_authority_and_no_other(
    tmp_path: Path, trusted: str
) -> None:
    async def here(request: web.Request) -> web.Response:
        return web.Response(text="here")

    app = web.Application()
    app.router.add_get("/", here)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0, ssl_context=tls.auto(tmp_path / "one")).start()
    tls.auto(tmp_path / "other")
    url = f"https://127.0.0.1:{runner.addresses[0][1]}/"
    try:
        async with ClientSession() as http:
            ours = trusting(tmp_path / "one" / "tls" / trusted)
            async with http.get(url, ssl=ours) as response:
                assert await response.text() == "here"
            with pytest.raises(ClientSSLError):
                await http.get(url, ssl=trusting(tmp_path / "other" / "tls" / trusted))
    finally:
        await runner.cleanup()
