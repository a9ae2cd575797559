"""A school whose doors lead to a real media worker: for encoders, players and strangers."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp

from synclass.errors import Refused
from synclass.words import Participant

from ..waiting import until
from .sfu.classroom import loopback, worker
from .wsclient import LESSON, School, school, ticket

SDP, FRAGMENT = "application/sdp", "application/trickle-ice-sdpfrag"


class Door:
    """One of the two doors, as somebody with a ticket uses it."""

    def __init__(self, here: School, way: str, who: Participant, query: str = "") -> None:
        self.here = here
        self.address = f"{here.url}/{way}/{LESSON}{query}"
        self.bearer = {"Authorization": f"Bearer {ticket(who)}"}
        self.session = ""
        self.etag = ""

    async def post(self, sdp: str, **headers: str) -> aiohttp.ClientResponse:
        said = {"Content-Type": SDP, **self.bearer, **headers}
        return await self.here.http.post(self.address, data=sdp.encode(), headers=said)

    async def invite(self, lesson: str, who: str, sdp: str) -> str:
        """As a stock client joins through it; raises Refused."""
        answer = await self.post(sdp)
        if answer.status != 201:
            told = await answer.json()
            raise Refused(told["code"], told["message"])
        self.session = self.here.url + answer.headers["Location"]
        self.etag = answer.headers["ETag"]
        return await answer.text()

    async def patch(self, body: str, **headers: str) -> aiohttp.ClientResponse:
        said = {"Content-Type": FRAGMENT, **self.bearer, **headers}
        return await self.here.http.patch(self.session, data=body.encode(), headers=said)

    async def delete(self) -> aiohttp.ClientResponse:
        return await self.here.http.delete(self.session, headers=self.bearer)


@asynccontextmanager
async def hall(folder: Path) -> AsyncIterator[School]:
    """A school with a media worker; stock clients find it over loopback."""
    async with (
        worker(folder) as media,
        school(folder / "data", media=str(media)) as here,
        loopback(),
    ):
        await until(lambda: all(worker.up for worker in here.app._casting.workers))
        yield here


async def code(answer: aiohttp.ClientResponse) -> tuple[int, str]:
    return answer.status, (await answer.json())["code"]
