"""The stage: who speaks to all, which slot shows whom, and what is recorded of them."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from msgspec import Struct, field, structs

from ..channel import Channel, Command, Fact, Glimpse
from ..conduct import Ended, Joined, Left
from ..errors import Refused
from ..groups import GroupsEnded, GroupsFormed, GroupVisited
from ..permissions import check_owner
from ..words import UNSEEN, Participant, ParticipantId, Role, TrackName

PLACES = 4  # classrooms on stage at once: each is one voice and one picture more for every room
WALL = 20  # pictures on the teacher's wall beside the stage


class InviteOnStage(Command, tag="stage.invite"):
    who: ParticipantId


class LeaveStage(Command, tag="stage.leave"):
    who: ParticipantId


class Enlarge(Command, tag="stage.enlarge"):
    """Whose picture is large for all: somebody's on stage, the teacher's, or nobody's."""

    who: ParticipantId | None


class StageEntered(Fact, tag="stage.entered"):
    who: ParticipantId
    place: int
    """1..PLACES: the slot that shows them, the same for everyone."""


class StageLeft(Fact, tag="stage.left"):
    who: ParticipantId


class Enlarged(Fact, tag="stage.enlarged"):
    who: ParticipantId | None


class Levels(Glimpse, tag="stage.levels"):
    """How loud each voice is now: 0 is the loudest, 127 silence (RFC 6464, -dBov)."""

    levels: dict[ParticipantId, int]


class Cast(Struct, frozen=True, array_like=True):
    """One slot of a subscriber, and the track it shows."""

    kind: Literal["audio", "video"]
    slot: int
    publisher: ParticipantId
    track: TrackName
    large: bool = False


class OnStage(Channel):
    name = "stage"
    commands = (InviteOnStage, LeaveStage, Enlarge)
    glimpses = (Levels,)
    follows = (
        *(StageEntered, StageLeft, Enlarged, Joined, Left, Ended),
        *(GroupsFormed, GroupsEnded, GroupVisited),
    )

    on: dict[ParticipantId, int] = field(default_factory=dict)
    wall: dict[ParticipantId, int] = field(default_factory=dict)
    """Each classroom's place on the teacher's wall, 0..; kept while its line is lost."""
    teachers: list[ParticipantId] = field(default_factory=list)
    large: ParticipantId | None = None
    """Whose picture is large for all; None where the board is."""
    groups: dict[ParticipantId, int] = field(default_factory=dict)
    """Of which group each room is, while they work apart: the stage is empty then."""
    visited: int = 0
    """The group where the teacher is; 0 where she speaks to all."""

    def decide(self, by: Participant, command: Command, now: float) -> Iterable[Fact]:
        match command:
            case InviteOnStage(who) if who not in self.on:
                if self.groups:
                    raise Refused("in-groups", "bring the groups back together first")
                if who not in self.wall:
                    raise Refused("no-room", "this classroom is not in the lesson")
                yield StageEntered(who, self._free_place())
            case LeaveStage(who) if who in self.on:
                check_owner(by.role, "stage.leave", own=who == by.id)
                yield StageLeft(who)
            case Enlarge(who) if who != self.large:
                if who is not None and who not in self.on and who not in self.teachers:
                    raise Refused("not-on-stage", "only a picture on stage can be large")
                yield Enlarged(who)

    def apply(self, fact: Fact, at: float) -> None:
        match fact:
            case StageEntered(who, place):
                self.on[who] = place
            case StageLeft(who):
                self._step_down(who)
            case Enlarged(who):
                self.large = who
            case Joined(who):
                self._seat(who)
            case GroupsFormed(groups):
                self.groups = {who: group.number for group in groups for who in group.rooms}
                self.visited = 0
            case GroupsEnded():
                self.groups, self.visited = {}, 0
            case GroupVisited(number):
                self.visited = number
            case Left(who):
                self._step_down(who)
                self.wall.pop(who, None)
                self.teachers = [teacher for teacher in self.teachers if teacher != who]
            case Ended():
                self.on.clear()
                self.large, self.groups, self.visited = None, {}, 0

    def _step_down(self, who: ParticipantId) -> None:
        self.on.pop(who, None)
        if self.large == who:
            self.large = None

    def _seat(self, who: Participant) -> None:
        if who.role is Role.TEACHER and who.id not in self.teachers:
            self.teachers.append(who.id)
        elif who.role is Role.CLASSROOM and who.id not in self.wall:
            self.wall[who.id] = _lowest_free(self.wall.values(), 0)

    def _free_place(self) -> int:
        place = _lowest_free(self.on.values(), 1)
        if place > PLACES:
            raise Refused("stage-full", f"there are {PLACES} classrooms on stage already")
        return place


def casts(stage: OnStage, viewer: Participant) -> list[Cast]:
    """The whole slot plan of one subscriber.

    A teacher hears the stage in audio slots 0..3 and sees it, large, in video slots 0..3 and the
    wall from slot 4 on.  Everyone else hears and sees the teacher in slot 0, what the teacher
    shows in video slot 1, and the stage from audio slot 1 and video slot 2 on.  While there are
    groups one's own takes the place of the stage; that of the teacher is the group she visits.
    """
    if viewer.role is Role.TEACHER:
        return [*_stage_casts(stage, viewer, audio=0, video=0, large=True), *_wall_casts(stage)]
    main = [cast for teacher in stage.teachers[:1] for cast in _main_casts(teacher)]
    if viewer.role not in UNSEEN and stage.groups.get(viewer.id, 0) != stage.visited != 0:
        main = [cast for cast in main if cast.kind != "audio"]  # she talks with another group
    if stage.groups and viewer.role is Role.CO_TEACHER:
        return main  # of which village, the stage does not know
    return [*main, *_stage_casts(stage, viewer, audio=1, video=2, large=False)]


def watched(stage: OnStage, *, first: TrackName = "camera") -> list[Cast]:
    """What a player outside is shown: the teacher, and never a classroom.

    ``first`` is the picture of a player that has but one slot for pictures.
    """
    main = [cast for teacher in stage.teachers[:1] for cast in _main_casts(teacher)]
    turn = first == "content"
    return [structs.replace(c, slot=1 - c.slot) if turn and c.kind == "video" else c for c in main]


def _main_casts(teacher: ParticipantId) -> Sequence[Cast]:
    return (
        Cast("audio", 0, teacher, "voice", large=True),
        Cast("video", 0, teacher, "camera", large=True),
        Cast("video", 1, teacher, "content", large=True),
    )


def _stage_casts(
    stage: OnStage, viewer: Participant, *, audio: int, video: int, large: bool
) -> Iterator[Cast]:
    for who, place in shown(stage, viewer.id).items():
        if who != viewer.id:
            yield Cast("audio", audio + place - 1, who, "voice", large)
            yield Cast("video", video + place - 1, who, "camera", large or who == stage.large)


def shown(stage: OnStage, viewer: ParticipantId) -> dict[ParticipantId, int]:
    """Who is heard and seen by this one, and at which place: the stage, or a group."""
    if not stage.groups:
        return stage.on
    group = stage.groups.get(viewer, stage.visited)
    mine = [who for who, number in stage.groups.items() if number == group and who in stage.wall]
    members = [who for who in mine if who != viewer]
    return {who: place for place, who in enumerate(members[:PLACES], 1)}


def _wall_casts(stage: OnStage) -> Iterator[Cast]:
    near = shown(stage, ParticipantId(""))
    for who, place in stage.wall.items():
        if place < WALL and who not in near:
            yield Cast("video", PLACES + place, who, "camera", large=False)


def _lowest_free(taken: Iterable[int], first: int) -> int:
    used = set(taken)
    return next(place for place in range(first, first + len(used) + 1) if place not in used)
