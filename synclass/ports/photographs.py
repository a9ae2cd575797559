"""Photographs of homework: the registry knows which there are, the shelf has what they show."""

from collections.abc import Sequence
from typing import Protocol

from msgspec import Struct

from synclass.postclass.homework import Work
from synclass.webhooks import News


class Photograph(Struct, frozen=True):
    """What is known of a file, whose name says nothing of whose it is."""

    work: str
    name: str
    """32 hexadecimal digits and ``.webp``; none is ever used again."""
    size: int
    sha256: str


class Photographs(Protocol):
    """Every file that is on the shelf, or may be, is known: it is a work's, or it is to go."""

    async def expect(self, name: str, until: float) -> None:
        """A file of this name is about to be written; unless it is kept by then it is to go."""

    async def put_photographed(
        self, work: Work, photograph: Photograph, *, news: Sequence[News] = ()
    ) -> Work:
        """As ``put``, and in the same step this is its photograph; one of before is to go.

        Raises Unavailable("too-slow") for one that was not expected any more.
        """

    async def photograph(self, work: str) -> Photograph | None: ...
    async def to_go(self, now: float, *, limit: int) -> list[str]:
        """Files that nobody needs; none of them is taken for a work any more."""

    async def gone(self, names: Sequence[str]) -> None:
        """They are no more."""

    async def photographs(self, *, after: str, limit: int) -> list[Photograph]:
        """By work, from the one of this id on."""

    async def inside(self, *, limit: int) -> list[str]:
        """Works whose photograph lies in the registry itself, as all did before."""

    async def inside_of(self, work: str) -> bytes | None: ...
    async def moved_out(self, photograph: Photograph) -> None:
        """From now on the file is it; nothing where the work is gone."""

    async def moved_back(self, work: str, name: str, data: bytes) -> None:
        """From now on the registry has it, unless another has taken its place; the file goes."""
