"""The library over HTTP: shared lessons, found by tag and words, forked and compared."""

import asyncio
import time

from aiohttp import web
from msgspec import Struct

from synclass.errors import Refused
from synclass.ports import Account, LessonCard, Registry, Shelf
from synclass.postclass.evaluation import averages
from synclass.postclass.homework import plain
from synclass.school.resources import LONGEST_ABOUT, Reach, Resource, bars, tags_of
from synclass.words import Role

from .api import body_of, json_of, seen_version
from .doors import Nothing, door
from .forks import Forks
from .login import Logins
from .outcome import outcome
from .sharing import circle

MOST = 200
SHARING = ("not-now", "bad-tags", "bad-text", "changed-meanwhile", "taken", "not-there")
FORKING = ("not-shared", "nothing", "busy", "too-slow", "no-recording", "held-elsewhere")


class Share(Struct):
    reach: Reach
    tags: list[str]
    about: str = ""
    version: int = 0
    """0 for a lesson that is not shared yet."""


class Shared(Struct):
    resource: Resource | None


class Found(Struct):
    resource: Resource
    title: str
    subject: str
    by: str
    mine: bool


class Shelved(Struct):
    found: list[Found]
    tags: list[str]
    """Of what was found, the most frequent first."""


class Forked(Struct):
    lesson: str
    """The new one, of whoever asked."""


class Summary(Struct):
    """What a lesson came to, without any room's or pupil's name."""

    title: str
    subject: str
    by: str
    minutes: float
    rooms: int
    hands: int
    on_stage: float
    words: int
    answers: int
    right: int
    quizzes: int
    points: float
    """The average of its evaluations."""
    most: float
    evaluators: int


class Resources:
    def __init__(self, registry: Registry, shelf: Shelf, logins: Logins, forks: Forks) -> None:
        self._registry, self._shelf, self._logins = registry, shelf, logins
        self._forks = forks

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/api/library", self.library),
            web.get("/api/lessons/{lesson}/resource", self.shared),
            web.post("/api/lessons/{lesson}/resource", self.share),
            web.delete("/api/lessons/{lesson}/resource", self.unshare),
            web.post("/api/lessons/{lesson}/fork", self.fork),
            web.get("/api/lessons/{lesson}/summary", self.summary),
        ]

    @door(login="library.read", gives=Shelved, asks={"text": str, "tag": str})
    async def library(self, request: web.Request) -> web.Response:
        """Shared lessons of one's school, alliance and region that have the tag and the words."""
        account, _ = await self._logins.require(request, "library.read")
        around = await circle(self._registry, account, everywhere=_everywhere(account))
        names = None if around.everywhere else around.own | around.alliance
        text, tag = request.query.get("text", "")[:100], request.query.get("tag", "")[:40]
        found = await self._registry.resources(text=text, tag=tag, schools=names, limit=MOST)
        people = await self._registry.accounts_named({teacher for *_, teacher in found})
        shown = [
            Found(one, title, subject, _by(people.get(teacher)), teacher == account.name)
            for one, title, subject, teacher in found
            if around.finds(one) or teacher == account.name
        ]
        return json_of(Shelved(shown, _often(shown)))

    @door(login="library.share", gives=Shared)
    async def shared(self, request: web.Request) -> web.Response:
        """For whom a lesson is now; null where it is for nobody."""
        _, card = await self._logins.for_lesson(request, "library.share")
        return json_of(Shared(await self._registry.resource(card.id)))

    @door(login="library.share", takes=Share, gives=Resource, refuses=SHARING)
    async def share(self, request: web.Request) -> web.Response:
        """Put an ended lesson into the library, or change for whom it is."""
        account, card = await self._logins.for_lesson(request, "library.share")
        asked = await body_of(request, Share)
        if not card.ended_at:
            raise Refused("not-now", "a lesson is shared when it is over")
        tags, about = tags_of(asked.tags), plain(asked.about)
        if len(about) > LONGEST_ABOUT:
            raise Refused("bad-text", f"about has at most {LONGEST_ABOUT} characters")
        teacher = await self._registry.account(card.teacher)
        of = teacher.school if teacher else ""
        resource = Resource(
            *(card.id, card.id, of, asked.reach, account.name, about, tags, bars(tags)),
            made_at=time.time(),
            version=asked.version,
        )
        kept = await self._registry.put(resource)
        what = f"{card.id} {asked.reach}"
        await self._registry.note(time.time(), account.name, "library.share", what)
        return json_of(kept)

    @door(
        login="library.share", gives=Nothing, asks={"version": int}, refuses=(*SHARING, "malformed")
    )
    async def unshare(self, request: web.Request) -> web.Response:
        """Take it out of the library; what was forked of it stays."""
        account, card = await self._logins.for_lesson(request, "library.share")
        version = seen_version(request)
        await self._registry.remove(Resource, card.id, version)
        await self._registry.note(time.time(), account.name, "library.unshare", card.id)
        return json_of(Nothing())

    @door(login="library.fork", gives=Forked, refuses=FORKING)
    async def fork(self, request: web.Request) -> web.Response:
        """A new lesson of one's own, with the courseware and the board of this one's pages."""
        account, card = await self._logins.for_lesson(request, "library.fork")
        own = card.teacher == account.name
        if not own and not await self._logins.is_shared(account, card):
            raise Refused("not-shared", "this lesson is not shared with you")
        lesson = await self._forks.make(account, card)
        what = f"{card.id} {lesson}"
        await self._registry.note(time.time(), account.name, "library.fork", what)
        return json_of(Forked(lesson))

    @door(login="recording.watch", gives=Summary)
    async def summary(self, request: web.Request) -> web.Response:
        """What a lesson came to, to be compared: of a shared one too, and without a name."""
        _, card = await self._logins.for_lesson(request, "recording.watch")
        return json_of(await self._summary(card))

    async def _summary(self, card: LessonCard) -> Summary:
        report, _ = await asyncio.to_thread(outcome, self._shelf, card.id)
        said = await self._registry.evaluations(card.id)
        points, rooms = averages(said), report.rooms
        return Summary(
            *(card.title, card.subject, _by(await self._registry.account(card.teacher))),
            *(report.minutes, len(rooms), sum(one.hands for one in rooms)),
            on_stage=round(sum(one.on_stage for one in rooms), 2),
            words=sum(one.words for one in rooms),
            answers=sum(one.answers for one in rooms),
            right=sum(one.right for one in rooms),
            quizzes=len(report.quizzes),
            points=round(sum(one.points for one in points), 1),
            most=sum(one.most for one in points),
            evaluators=len(said),
        )


def _everywhere(account: Account) -> bool:
    """Who looks after the district does; a teacher of no school finds what is for the region."""
    return not account.school and account.role is not Role.TEACHER


def _by(account: Account | None) -> str:
    return account.shown if account else ""


def _often(found: list[Found]) -> list[str]:
    counts: dict[str, int] = {}
    for one in found:
        for tag in one.resource.tags:
            counts[tag] = counts.get(tag, 0) + 1
    return sorted(counts, key=lambda tag: (-counts[tag], tag))[:40]
