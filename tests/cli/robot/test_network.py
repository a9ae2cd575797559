"""Only robots on the server's own machine talk over its loopback, and no robot takes much."""

import aioice.ice
import pytest
from aiortc.codecs import vpx

from synclass.cli.robot.network import LOOPBACK, prepare

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
