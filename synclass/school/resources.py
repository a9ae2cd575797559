"""An ended lesson as a resource: what it is about, its tags, and who may find it."""

from enum import StrEnum

from msgspec import Struct

from ..errors import Refused
from ..words import LessonId

MOST_TAGS = 12
LONGEST_TAG = 20
LONGEST_ABOUT = 500


class Reach(StrEnum):
    """Who finds it."""

    SCHOOL = "school"
    ALLIANCE = "alliance"
    REGION = "region"


class Resource(Struct, frozen=True):
    """Its id is that of the lesson."""

    id: str
    lesson: LessonId
    school: str
    """As the teacher's account names it."""
    reach: Reach
    shared_by: str
    about: str
    tags: list[str]
    tagged: str
    """All tags, each between bars: what a search looks through."""
    made_at: float
    version: int = 0


def tags_of(texts: list[str]) -> list[str]:
    """Tags as they are kept: each once, in order; raises Refused("bad-tags")."""
    tags = list(dict.fromkeys(" ".join(text.replace("|", " ").split()) for text in texts))
    tags = [tag for tag in tags if tag]
    if len(tags) > MOST_TAGS or any(len(tag) > LONGEST_TAG for tag in tags):
        raise Refused("bad-tags", f"at most {MOST_TAGS} tags of {LONGEST_TAG} characters")
    return tags


def bars(tags: list[str]) -> str:
    """``|fractions|grade 5|``: a tag is found whole, between its bars."""
    return "".join(f"|{tag}" for tag in tags) + "|" * bool(tags)
