"""The door check: what a room found of its camera, microphone, speaker, ports and line."""

from collections.abc import Iterable
from typing import Literal, Self, TypeAlias

from msgspec import Struct, field, structs

from ..channel import Channel, Command, Fact, Glimpse, Whose
from ..conduct import Joined, Left
from ..errors import Refused
from ..village import seen_of, theirs
from ..words import Participant, ParticipantId, Role

Way: TypeAlias = Literal["udp", "relay", "tcp", "none"]
"""How media get through: straight, by a TURN server over UDP, by one over TCP, or not."""
Grade: TypeAlias = Literal["A", "B", "C", "D"]
PARTS = ("camera", "microphone", "speaker", "ports", "line")
"""What is graded, in this order."""
QUIET = 8  # of 100: a voice before the microphone is well above it
LINES = ((1500, 600, 200), (400, 150, 500), (64, 24, 1500))
"""Least kbit/s down and up and most ms there and back of an A, a B and a C: all pictures; one
small one; voice and board, which need 64 kbit/s."""
MOST = 10_000_000  # kbit/s or ms: beyond it nobody has measured


class Finding(Struct, frozen=True, array_like=True):
    camera: bool
    level: int
    """The loudest heard of the microphone, 0 (-56 dBFS) to 100 (-10 dBFS); -1 without one."""
    heard: bool | None
    """Whether somebody in the room heard the tone; None where nobody said so."""
    way: Way
    down: int
    """Measured kbit/s."""
    up: int
    rtt: int
    """Milliseconds there and back."""


class NoteCheck(Command, tag="check.note"):
    """Said by the server, which has kept it beside the room's earlier ones."""

    room: ParticipantId
    finding: Finding


class RoomChecked(Fact, tag="check.noted"):
    room: ParticipantId
    school: str
    finding: Finding
    grades: list[Grade]
    """Of each of PARTS."""

    def whose(self) -> Whose:
        return theirs(self.room, self.school)


class MicLevel(Glimpse, tag="check.level"):
    """How loud it is before the microphone now, as in Finding; twice a second before the bell."""

    level: int


class Checked(Struct, frozen=True, array_like=True):
    school: str
    finding: Finding
    grades: list[Grade]
    at: float


class DoorChecks(Channel):
    name = "doorcheck"
    late = True
    commands = (NoteCheck,)
    glimpses = (MicLevel,)
    follows = (RoomChecked, Joined, Left)

    checks: dict[ParticipantId, Checked] = field(default_factory=dict)
    """The latest of each room."""
    schools: dict[ParticipantId, str] = field(default_factory=dict)

    def decide(self, by: Participant, command: Command, now: float) -> Iterable[Fact]:
        match command:
            case NoteCheck(room, finding):
                if room not in self.schools:
                    raise Refused("no-room", "this classroom is not in the lesson")
                yield RoomChecked(room, self.schools[room], finding, grades_of(finding))

    def apply(self, fact: Fact, at: float) -> None:
        match fact:
            case RoomChecked(room, school, finding, grades):
                self.checks[room] = Checked(school, finding, grades, at)
            case Joined(who) if who.role is Role.CLASSROOM:
                self.schools[who.id] = who.school
            case Left(who_id):
                self.checks.pop(who_id, None)

    def facing(self, viewer: Participant) -> Self:
        seen = seen_of(viewer, RoomChecked, self.checks)
        return structs.replace(self, checks=seen)


def check_finding(finding: Finding) -> None:
    """Raise Refused("bad-check") where nobody can have measured this."""
    numbers = (finding.level + 1, finding.down, finding.up, finding.rtt)
    if not all(0 <= number <= MOST for number in numbers) or finding.level > 100:
        raise Refused("bad-check", "levels are 0 to 100 or -1, kbit/s and ms are not negative")


def grades_of(finding: Finding) -> list[Grade]:
    """Of each of PARTS: A is well, B will do, C is a room that misses something, D is deaf."""
    microphone: Grade = "A" if finding.level >= QUIET else "C"
    ways: dict[Way, Grade] = {"udp": "A", "relay": "B", "tcp": "B", "none": "D"}
    speakers: dict[bool | None, Grade] = {True: "A", None: "B", False: "D"}
    camera: Grade = "A" if finding.camera else "C"
    return [camera, microphone, speakers[finding.heard], ways[finding.way], _line(finding)]


def grade_of(grades: list[Grade]) -> Grade:
    """A room is as good as the worst of it."""
    return max(grades)


def _line(finding: Finding) -> Grade:
    grades: tuple[Grade, ...] = ("A", "B", "C")
    for grade, (down, up, rtt) in zip(grades, LINES, strict=True):
        if finding.down >= down and finding.up >= up and finding.rtt <= rtt:
            return grade
    return "D"
