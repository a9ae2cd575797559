"""How much a school may use at once and keep, and whether something more would be too much."""

from typing import Literal

from msgspec import Struct

from ..errors import Refused

MOST_LESSONS, MOST_ROOMS, MOST_KEPT = 10_000, 1_000, 1 << 50
"""No quota is larger; a petabyte is more than a region keeps."""
NEARLY = 0.8
"""Of what may be kept: from here on the school's admin is told."""

Level = Literal["enough", "low", "full"]


class Quota(Struct, frozen=True):
    """Of a school, or what holds for all; None sets nothing."""

    id: str
    """The school's; "" for all that have no other."""
    lessons: int | None = None
    """At once."""
    rooms: int | None = None
    """Classrooms in a lesson."""
    kept: int | None = None
    """Bytes of recordings and courseware."""
    version: int = 0


class Used(Struct, frozen=True):
    """What a school uses now."""

    lessons: int = 0
    rooms: int = 0
    """Of the lesson that has most."""
    recordings: int = 0
    """Bytes."""
    courseware: int = 0

    @property
    def kept(self) -> int:
        return self.recordings + self.courseware


def check_quota(quota: Quota) -> None:
    """Raise Refused("bad-quota")."""
    for of, most in ((quota.lessons, MOST_LESSONS), (quota.rooms, MOST_ROOMS)):
        if of is not None and not 1 <= of <= most:
            raise Refused("bad-quota", f"a quota of lessons or rooms is 1 to {most}")
    if quota.kept is not None and not 1 <= quota.kept <= MOST_KEPT:
        raise Refused("bad-quota", f"a quota of bytes is 1 to {MOST_KEPT}")


def allowed(quotas: dict[str, Quota], school: str) -> Quota:
    """What holds for a school: its own, and where that sets nothing what holds for all."""
    own, common = quotas.get(school, Quota(school)), quotas.get("", Quota(""))
    return Quota(
        school,
        own.lessons if own.lessons is not None else common.lessons,
        own.rooms if own.rooms is not None else common.rooms,
        own.kept if own.kept is not None else common.kept,
        own.version,
    )


def level(quota: Quota, used: Used) -> Level:
    """How full its part of the shelf is."""
    if quota.kept is None or used.kept < NEARLY * quota.kept:
        return "enough"
    return "low" if used.kept < quota.kept else "full"


def check_begin(quota: Quota, running: int) -> None:
    """Raise Refused("quota-lessons") where one more lesson would be too much."""
    if quota.lessons is not None and running >= quota.lessons:
        raise Refused("quota-lessons", f"the school may hold {quota.lessons} lessons at once")


def check_room(quota: Quota, rooms: int) -> None:
    """Raise Refused("quota-rooms") where one more classroom would be too much."""
    if quota.rooms is not None and rooms >= quota.rooms:
        raise Refused("quota-rooms", f"the school may have {quota.rooms} rooms in a lesson")


def check_kept(quota: Quota, used: Used) -> None:
    """Raise Refused("quota-kept") where nothing more may come in."""
    if level(quota, used) == "full":
        most = f"{(quota.kept or 0) / 1e9:.1f} GB"
        raise Refused("quota-kept", f"the school may keep {most} of recordings and courseware")
