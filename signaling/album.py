"""Photographs of homework: the shelf keeps what they show, the registry whose they are."""

import asyncio
import time
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from secrets import token_hex

import structlog

from synclass.erasure import Eraser
from synclass.errors import Unavailable
from synclass.ports import Photograph, Registry, Shelf
from synclass.postclass.homework import Kind, Work
from synclass.webhooks import News

EVERY = 60.0
"""Seconds between looks for files that are to go."""
AT_ONCE = 200
WITHIN = 3600.0
"""Seconds in which a file that is written is taken for a work, or goes: a slow disk has one."""
log = structlog.get_logger()


class Album:
    def __init__(self, registry: Registry, shelf: Shelf) -> None:
        self._registry, self._shelf = registry, shelf

    async def keep(self, work: Work, photo: bytes, *, news: Sequence[News] = ()) -> Work:
        """A work with its photograph, both or neither; raises Unavailable("disk-full"), Refused."""
        kept = await self._laid_down(work.id, photo)
        return await self._registry.put_photographed(work, kept, news=news)

    async def path(self, work: Work) -> Path | None:
        """Where its photograph lies, brought here if need be; None where there is none."""
        if work.kind is not Kind.PHOTO:
            return None
        found = await self._registry.photograph(work.id)
        if found is None and await self._move_out(work.id):
            found = await self._registry.photograph(work.id)
        return await self._path(found) if found else None

    async def photo(self, work: Work) -> bytes | None:
        """What was kept, and nothing else."""
        path = await self.path(work)
        found = await self._registry.photograph(work.id) if path else None
        return await self._read(found) if found else None

    async def move_out(self) -> int:
        """Lay down those that lie in the registry, one by one; how many they were.

        Whatever comes between, each is in one of the two places.
        """
        moved = 0
        while inside := await self._registry.inside(limit=AT_ONCE):
            for work in inside:
                moved += await self._move_out(work)
        return moved

    async def move_back(self) -> int:
        """Put all into the registry again; raises Unavailable where one is not what was kept."""
        moved, after = 0, ""
        while some := await self._registry.photographs(after=after, limit=AT_ONCE):
            for one in some:
                photo = await self._read(one)
                if photo is None:
                    raise Unavailable("damaged", f"{one.name} is not what was kept")
                await self._registry.moved_back(one.work, one.name, photo)
                moved += 1
            after = some[-1].work
        return moved

    async def _move_out(self, work: str) -> bool:
        photo = await self._registry.inside_of(work)
        if photo is None:
            return False
        await self._registry.moved_out(await self._laid_down(work, photo))
        return True

    async def _laid_down(self, work: str, photo: bytes) -> Photograph:
        name = f"{token_hex(16)}.webp"
        await self._registry.expect(name, time.time() + WITHIN)
        await asyncio.to_thread(self._shelf.keep_photograph, name, photo)
        return Photograph(work, name, len(photo), sha256(photo).hexdigest())

    async def _path(self, one: Photograph) -> Path | None:
        return await asyncio.to_thread(self._shelf.photograph, one.name)

    async def _read(self, one: Photograph) -> bytes | None:
        path = await self._path(one)
        try:
            photo = await asyncio.to_thread(path.read_bytes) if path else b""
        except FileNotFoundError:  # it has gone meanwhile
            return None
        if len(photo) == one.size and sha256(photo).hexdigest() == one.sha256:
            return photo
        log.error("a photograph is not what was kept", name=one.name)
        return None


async def clear(registry: Registry, eraser: Eraser) -> None:
    """Remove the files that nobody needs; one that cannot be is tried again.

    Raises Unavailable where the registry does not answer.
    """
    while names := await registry.to_go(time.time(), limit=AT_ONCE):
        gone = [name for name in names if await _dropped(eraser, name)]
        await registry.gone(gone)
        if len(gone) < len(names):
            return


async def run(album: Album, registry: Registry, eraser: Eraser) -> None:
    """Move out what lies in the registry, and clear up, until cancelled."""
    while True:
        try:
            await clear(registry, eraser)
            if moved := await album.move_out():
                log.info("photographs moved out of the registry", photographs=moved)
        except Unavailable as error:
            log.error("photographs not looked after", code=error.code, why=str(error))
        await asyncio.sleep(EVERY)


async def _dropped(eraser: Eraser, name: str) -> bool:
    try:
        await asyncio.to_thread(eraser.drop_photograph, name)
    except Unavailable as error:
        log.error("a photograph is not gone yet", name=name, code=error.code)
        return False
    return True
