"""A class of browsers, some of them behind bad lines of their own."""

from contextlib import AsyncExitStack
from typing import Self

from playwright.async_api import Browser, Page

from ..cli.server import Server
from ..journeys.classroom import Class
from ..journeys.conftest import PICTURES
from . import meter
from .profiles import Profile
from .proxy import Link

LEAD = """([host, port]) => {
  const take = RTCPeerConnection.prototype.setRemoteDescription;
  RTCPeerConnection.prototype.setRemoteDescription = function (said) {
    const sdp = said.sdp
      .replace(/^(a=candidate:1 1 udp \\d+) \\S+ \\d+/gm, `$1 ${host} ${port}`)
      .replace(/^a=candidate:(?!1 1 ).*\\r\\n/gm, '');
    return take.call(this, {type: said.type, sdp});
  };
}"""


def option(server: Server, name: str) -> str:
    return server.options[server.options.index(name) + 1]


class Lines(Class):
    """Give ``line`` before the teacher or a room comes in; without one their line is clean."""

    def __init__(self, server: Server, teacher: Browser, village: Browser) -> None:
        super().__init__(server, teacher, village, pictures=PICTURES)
        self._links = AsyncExitStack()
        self._next: Link | None = None
        self.scripts: list[str] = []
        """What windows that are opened from now on run before the page."""
        self._media = option(server, "--media-ip"), int(option(server, "--udp-port"))

    async def line(self, profile: Profile, *, seed: int = 1) -> Link:
        """The next to come in has this line."""
        link = Link(profile, self._media, host=self._media[0], seed=seed)
        self._next = await self._links.enter_async_context(link)
        return link

    async def window(self, of: str, size: str = "desk", *, script: str = "") -> Page:
        page = await super().window(of, size, script=script)
        for one in self.scripts:
            await page.add_init_script(one)
        if self._next is not None:
            lead = f"({LEAD})(['{self._media[0]}', {self._next.port}])"
            await page.add_init_script(lead)
            self._next = None
        return page

    async def measured(self, name: str) -> Page:
        """A room that sees and hears, and counts how well."""
        room = await self.room(name, size="desk")
        await self.hears_and_sees(room)
        await meter.start(room)
        return room

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._links.aclose()
