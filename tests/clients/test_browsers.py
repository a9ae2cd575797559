"""Pages of another site in Chromium and Firefox, with their own means and Eyevinn's clients."""

import base64
import shutil
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest_asyncio

from ..journeys.conftest import CHROMIUM, FLAGS
from .program import running
from .site import Site, bundled, site
from .stock import Lesson, Viewer

PREFERENCES = {
    "media.navigator.streams.fake": True,
    "media.navigator.permission.disabled": True,
    "media.autoplay.default": 0,
    "media.peerconnection.ice.obfuscate_host_addresses": True,
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "toolkit.telemetry.reportingpolicy.firstRun": False,
    "app.update.enabled": False,
}
Keep = Callable[[bytes], Path]


@pytest_asyncio.fixture
async def page(tmp_path: Path) -> AsyncIterator[Site]:
    async with site(bundled(tmp_path)) as here:
        yield here


def chromium(url: str, profile: Path) -> list[str]:
    return [CHROMIUM, *FLAGS, f"--user-data-dir={profile}", url]


def firefox(url: str, profile: Path) -> list[str]:
    profile.mkdir()
    lines = [f'user_pref("{name}", {_js(value)});' for name, value in PREFERENCES.items()]
    (profile / "user.js").write_text("\n".join(lines))
    program = shutil.which("firefox-esr") or "firefox"
    return [program, "--headless", "--no-remote", "--profile", str(profile), url]


def _js(value: object) -> str:
    return str(value).lower()


async def done(command: list[str], page: Site, viewer: Viewer, keep: Keep) -> dict[str, Any]:
    """Run the browser until its page has seen enough; stock aiortc watches beside it."""
    async with running(*command) as browser:
        try:
            await page.said("waiting")
            await viewer.start()
            seen = await page.said("done")
            await viewer.sees_and_hears(sound=False)
        except AssertionError:
            print("".join(browser.said))
            raise
    keep(base64.b64decode(seen["png"]))
    return seen


async def test_chromium_sends_three_sizes_with_gcm_and_plays_through_a_restart_of_ice(
    lesson: Lesson, viewer: Viewer, page: Site, keep: Keep, tmp_path: Path
) -> None:
    command = chromium(page.page(lesson, "own"), tmp_path / "profile")
    seen = await done(command, page, viewer, keep)
    assert set(seen["sent"]) == {"q", "h", "f"} and all(seen["sent"].values())
    assert seen["energy"] > 0 and seen["restarts"] == 2
    assert set(seen["ciphers"]) == {"SRTP_AEAD_AES_128_GCM"}


async def test_firefox_sends_three_sizes_and_plays_through_a_restart_of_ice(
    lesson: Lesson, viewer: Viewer, page: Site, keep: Keep, tmp_path: Path
) -> None:
    command = firefox(page.page(lesson, "own"), tmp_path / "profile")
    seen = await done(command, page, viewer, keep)
    assert set(seen["sent"]) == {"q", "h", "f"} and all(seen["sent"].values())
    assert seen["restarts"] == 2


async def test_eyevinns_web_client_and_player_get_in(
    lesson: Lesson, viewer: Viewer, page: Site, keep: Keep, tmp_path: Path
) -> None:
    command = chromium(page.page(lesson, "eyevinn"), tmp_path / "profile")
    seen = await done(command, page, viewer, keep)
    assert seen["energy"] > 0
