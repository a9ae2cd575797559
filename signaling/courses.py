"""Courses over HTTP: planned, found by kind and words, and gone through lesson by lesson."""

import time

from aiohttp import web
from msgspec import Struct

from synclass.errors import Refused
from synclass.permissions import Scope
from synclass.ports import Account, Registry
from synclass.school.course import Course, Step, check_course, next_of
from synclass.school.people import Part
from synclass.school.places import Classroom
from synclass.school.timetable import Kind, Slot
from synclass.words import LessonId

from .api import body_of, json_of, seen_version
from .district import CHANGES, own_school
from .doors import Nothing, door
from .login import Logins, reach_of
from .sharing import circle

SAVING = (*CHANGES, "bad-course", "not-shared")


class CoursesFound(Struct):
    courses: list[Course]
    schools: dict[str, str]
    """Names."""
    teachers: dict[str, str]
    me: str
    """The id of the person who asks; "" where the district has none of this account."""
    school: str
    """Theirs."""


class Recorded(Struct):
    """A lesson of a course of the library."""

    lesson: LessonId
    title: str
    """"" of one that is gone, or not for whoever asks."""
    there: bool


class Progress(Struct):
    """How far a class or a pupil is."""

    learner: str
    name: str
    done: list[Step]
    next: str
    """The lesson that comes now; "" when all is done."""


class OneCourse(Struct):
    course: Course
    school: str
    """Its name."""
    teacher: str
    slots: list[Slot]
    recorded: list[Recorded]
    progress: list[Progress]
    classrooms: list[Classroom]
    """Of one's own school: those that may go through it."""
    mine: bool
    """Whether one may change it."""


class Taken(Struct):
    learner: str
    lesson: LessonId


class Courses:
    def __init__(self, registry: Registry, logins: Logins) -> None:
        self._registry, self._logins = registry, logins

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/api/courses", self.courses),
            web.post("/api/courses", self.save),
            web.get("/api/courses/{course}", self.course),
            web.delete("/api/courses/{course}", self.remove),
            web.post("/api/courses/{course}/steps", self.take),
        ]

    @door(
        login="course.read",
        gives=CoursesFound,
        asks={"kind": str, "school": str, "text": str, "archived": int},
    )
    async def courses(self, request: web.Request) -> web.Response:
        """Of a kind, of a school, with words; with ``?archived=1`` those that are laid by."""
        account, _ = await self._logins.require(request, "course.read")
        kind, asked = request.query.get("kind", ""), request.query
        text, school = asked.get("text", "")[:100], asked.get("school", "")
        of = Kind(kind) if kind in set(Kind) else None
        archived = asked.get("archived") == "1"
        found = await self._registry.courses(kind=of, school=school, text=text, archived=archived)
        schools = await self._registry.schools(ids=sorted({one.school for one in found}))
        names = await self._registry.names({one.teacher for one in found})
        person = await self._registry.person_of(account.name)
        who = (person.id, person.school) if person else ("", "")
        shown = CoursesFound(found, {one.id: one.name for one in schools}, names, *who)
        return json_of(shown)

    @door(login="course.read", gives=OneCourse, refuses=("no-course",))
    async def course(self, request: web.Request) -> web.Response:
        """Its lessons of the week, or those that are recorded, and how far one's classes are."""
        account, _ = await self._logins.require(request, "course.read")
        return json_of(await self._shown(account, await self._named(request)))

    @door(login="course.save", takes=Course, gives=Course, refuses=SAVING)
    async def save(self, request: web.Request) -> web.Response:
        """A teacher makes her own; lessons of the library are ended, and shared with her."""
        account, reach = await self._logins.require(request, "course.save")
        course = await body_of(request, Course)
        check_course(course)
        before = await self._registry.course(course.id)
        for one in filter(None, (before, course)):
            await self._only_own(account, reach, one)
        kept = set(before.lessons) if before else set()
        around = await circle(self._registry, account, everywhere=reach is Scope.ALL)
        shared = await self._registry.resources_of(course.lessons)
        for lesson in course.lessons:
            resource = shared.get(lesson)
            if lesson not in kept and (resource is None or not around.finds(resource)):
                raise Refused("not-shared", "a lesson of a course is one of the library: share it")
        now = await self._registry.put(course)
        await self._registry.note(time.time(), account.name, "course.save", course.id)
        return json_of(now)

    @door(
        login="course.save",
        gives=Nothing,
        asks={"version": int},
        refuses=(*CHANGES, "no-course", "in-use", "malformed"),
    )
    async def remove(self, request: web.Request) -> web.Response:
        """One that no lesson of the timetable belongs to."""
        account, reach = await self._logins.require(request, "course.save")
        version, course = seen_version(request), await self._named(request)
        await self._only_own(account, reach, course)
        if await self._registry.slots_of(course.id):
            raise Refused("in-use", "lessons of the timetable belong to it: change them first")
        await self._registry.remove(Course, course.id, version)
        await self._registry.note(time.time(), account.name, "course.remove", course.id)
        return json_of(Nothing())

    @door(
        login="course.take",
        takes=Taken,
        gives=OneCourse,
        refuses=(
            *("no-course", "no-school", "not-there", "not-yours", "not-yet"),
            *("not-watched", "archived"),
        ),
    )
    async def take(self, request: web.Request) -> web.Response:
        """A class or a pupil of one's own school has been through the lesson that comes next."""
        account, reach = await self._logins.require(request, "course.take")
        own, course = await own_school(self._registry, account, reach), await self._named(request)
        asked = await body_of(request, Taken)
        if await self._school_of(asked.learner) != own:
            raise Refused("not-yours", "only classes and pupils of one's own school")
        steps = await self._registry.steps(course.id, school=own)
        done = {step.lesson for step in steps if step.learner == asked.learner}
        there = {one.lesson for one in await self._recorded(account, course) if one.there}
        if asked.lesson not in done:
            if asked.lesson != next_of(course.lessons, done, there):
                raise Refused("not-yet", "lessons of a course are taken in their order")
            await self._take(account, course, asked, own)
        return json_of(await self._shown(account, course))

    async def _take(self, account: Account, course: Course, asked: Taken, own: str) -> None:
        """Raises Refused("archived"), or ("not-watched") where they never opened the recording."""
        if course.archived:
            raise Refused("archived", "this course is archived")
        if not await self._registry.watched(account.name, asked.lesson):
            raise Refused("not-watched", "open the recording first")
        now, by = time.time(), account.name
        step = Step(course.id, asked.learner, asked.lesson, own, now, by)
        await self._registry.note_step(step)
        what = f"{course.id} {asked.lesson} {asked.learner}"
        await self._registry.note(now, by, "course.take", what)

    async def _named(self, request: web.Request) -> Course:
        course = await self._registry.course(request.match_info["course"])
        if course is None:
            raise Refused("no-course", "there is no such course")
        return course

    async def _only_own(self, account: Account, reach: Scope, course: Course) -> None:
        """Raise Refused("not-yours"), ("not-there") where it has no such teacher."""
        teacher = await self._registry.person(course.teacher)
        if teacher is None or teacher.part is not Part.TEACHER:
            raise Refused("not-there", "the district has no such teacher")
        if reach is Scope.OWN and teacher.account != account.name:
            raise Refused("not-yours", "this is another teacher's course")
        own = await own_school(self._registry, account, reach)
        if own and own != course.school:
            raise Refused("not-yours", "this belongs to another school")

    async def _school_of(self, learner: str) -> str:
        """Of a classroom or a pupil; "" where there is none."""
        for room in await self._registry.classrooms(ids=[learner]):
            return room.school
        person = await self._registry.person(learner)
        return person.school if person and person.part is Part.PUPIL else ""

    async def _shown(self, account: Account, course: Course) -> OneCourse:
        registry = self._registry
        mine, own = True, ""
        try:
            await self._only_own(account, reach_of(account, "course.save"), course)
        except Refused:
            mine = False
        if account.school:
            own = await own_school(registry, account, Scope.SCHOOL)
        recorded = await self._recorded(account, course)
        names = await registry.names({course.teacher})
        rooms = await registry.classrooms(school=own) if own else []
        schools = await registry.schools(ids=[course.school])
        return OneCourse(
            *(course, schools[0].name if schools else "", names.get(course.teacher, "")),
            *(await registry.slots_of(course.id), recorded),
            await self._progress(course, recorded, "" if mine else own or "-"),
            *(rooms, mine),
        )

    async def _recorded(self, account: Account, course: Course) -> list[Recorded]:
        around = await circle(self._registry, account, everywhere=not account.school)
        shared = await self._registry.resources_of(course.lessons)
        cards = await self._registry.lessons_named(course.lessons)
        found = []
        for lesson in course.lessons:
            resource, card = shared.get(lesson), cards.get(lesson)
            there = bool(card and resource and around.finds(resource))
            found.append(Recorded(lesson, card.title if card and there else "", there))
        return found

    async def _progress(
        self, course: Course, recorded: list[Recorded], school: str
    ) -> list[Progress]:
        """Of those of one school, or of all."""
        by_learner: dict[str, list[Step]] = {}
        for step in await self._registry.steps(course.id, school=school):
            by_learner.setdefault(step.learner, []).append(step)
        rooms = {r.id: r for r in await self._registry.classrooms(ids=sorted(by_learner))}
        schools = {s.id: s.name for s in await self._registry.schools()}
        people = await self._registry.names(by_learner.keys() - rooms.keys())
        there = {one.lesson for one in recorded if one.there}
        return [
            Progress(
                *(learner, _name(learner, rooms, schools, people), done),
                next_of(course.lessons, {step.lesson for step in done}, there) or "",
            )
            for learner, done in by_learner.items()
        ]


def _name(
    learner: str, rooms: dict[str, Classroom], schools: dict[str, str], people: dict[str, str]
) -> str:
    room = rooms.get(learner)
    if room is None:
        return people.get(learner, learner)
    return f"{schools.get(room.school, room.school)} {room.name}"
