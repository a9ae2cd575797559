"""Courses: lessons of one kind, subject and teacher; those of the library are gone through."""

from collections.abc import Collection, Sequence

from msgspec import Struct

from ..errors import Refused
from ..words import LessonId
from .places import LONGEST_NAME, check_name
from .timetable import Kind

MOST_LESSONS = 100
"""Of a course of the library: a year of two a week."""


class Course(Struct, frozen=True):
    """Lessons of the timetable that belong together, or recorded ones in their order."""

    id: str
    school: str
    title: str
    subject: str
    grade: str
    teacher: str
    """A person's id."""
    kind: Kind
    term: str = ""
    """"" of a course that may be taken at any time."""
    lessons: list[LessonId] = []
    """Of the library: ended lessons, in the order in which they are taken."""
    version: int = 0
    archived: bool = False
    """Laid by: it is not among the others, and nobody goes on with it."""


class Step(Struct, frozen=True):
    """A lesson of a course that a class or a pupil has been through."""

    course: str
    learner: str
    """The id of a classroom or of a pupil."""
    lesson: LessonId
    school: str
    """The learner's."""
    at: float
    by: str
    """The account of whoever was with them."""


def check_course(course: Course) -> None:
    """Raise Refused("bad-id"), ("bad-text") or ("bad-course")."""
    check_name(course.id, course.title)
    if max(len(course.subject), len(course.grade)) > LONGEST_NAME:
        raise Refused("bad-text", f"subject and grade have at most {LONGEST_NAME} characters")
    recorded = course.kind is Kind.LIBRARY
    if recorded is not bool(course.lessons) or len(course.lessons) > MOST_LESSONS:
        raise Refused("bad-course", f"only one of the library has lessons: 1 to {MOST_LESSONS}")
    if len(set(course.lessons)) < len(course.lessons):
        raise Refused("bad-course", "a lesson stands in a course only once")
    if not recorded and not course.term:
        raise Refused("bad-course", "a course of the timetable is of a term")


def next_of(
    lessons: Sequence[LessonId], done: Collection[LessonId], there: Collection[LessonId]
) -> LessonId | None:
    """The first that was not taken; what is gone from the library holds nobody up."""
    return next((one for one in lessons if one in there and one not in done), None)
