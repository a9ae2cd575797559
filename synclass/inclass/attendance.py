"""Who was there, for how long, and how well each room hears and sees."""

from collections.abc import Iterable

from msgspec import Struct, field, structs

from ..channel import Channel, Command, Fact, Glimpse
from ..conduct import Ended, Joined, Left, Lost
from ..words import UNSEEN, Participant, ParticipantId, Role
from .hands import HandRaised
from .layers import LayerShown
from .roll import RoomPicked
from .stage import Enlarged, StageEntered, StageLeft


class LinkReport(Glimpse, tag="link"):
    """What a client says of itself every second, for the lights on the teacher's wall."""

    hears: bool
    sees: bool
    seq: int
    """The last fact it has folded: behind by much means the board is late."""
    loss: int
    """Percent of packets lost on the way down."""
    rtt: int
    """Milliseconds there and back, over the WebSocket."""
    behind: int = 0
    """Seconds behind the live lesson while catching up."""


class Attended(Struct, frozen=True, array_like=True):
    name: str
    school: str
    role: Role
    since: float | None
    """Here without a break since then; None while away."""
    seconds: float = 0.0
    """Before ``since``."""
    hands: int = 0
    on_stage_since: float | None = None
    on_stage: float = 0.0
    """Seconds on stage before ``on_stage_since``."""
    spoke_at: float | None = None
    """When they were last on stage."""
    came_at: float = 0.0
    """The first time."""
    looked_at: float | None = None
    """When one of them was last picked to answer, their picture made large, or their page shown."""


class Attendance(Channel):
    name = "attendance"
    glimpses = (LinkReport,)
    follows = (
        *(Joined, Lost, Left, HandRaised, StageEntered, StageLeft, Ended),
        *(RoomPicked, Enlarged, LayerShown),
    )

    people: dict[ParticipantId, Attended] = field(default_factory=dict)
    over: bool = False

    def decide(self, by: Participant, command: Command, now: float) -> Iterable[Fact]:
        return ()

    def apply(self, fact: Fact, at: float) -> None:
        if self.over:
            return  # who looks in after the bell has not attended
        match fact:
            case Joined(who) if who.role not in UNSEEN:
                self._came(who, at)
            case Lost(who):
                self._went(who, at)
            case Left(who):
                self._went(who, at)
                self._stepped_down(who, at)
            case HandRaised(who) if who in self.people:
                self._set(who, hands=self.people[who].hands + 1)
            case StageEntered(who) if who in self.people:
                self._set(who, on_stage_since=at, spoke_at=at)
            case StageLeft(who):
                self._stepped_down(who, at)
            case RoomPicked(who) | Enlarged(who) | LayerShown(who) if who in self.people:
                self._set(who, looked_at=at)
            case Ended():
                self.over = True
                for who in self.people:
                    self._went(who, at)
                    self._stepped_down(who, at)

    def _came(self, who: Participant, at: float) -> None:
        before = self.people.get(who.id) or Attended(
            *(who.name, who.school, who.role, None), came_at=at
        )
        since = at if before.since is None else before.since
        self.people[who.id] = structs.replace(
            before, name=who.name, school=who.school, role=who.role, since=since
        )

    def _went(self, who: ParticipantId, at: float) -> None:
        person = self.people.get(who)
        if person and person.since is not None:
            self._set(who, since=None, seconds=_add(person.seconds, at - person.since))

    def _stepped_down(self, who: ParticipantId, at: float) -> None:
        person = self.people.get(who)
        if person and person.on_stage_since is not None:
            spoken = _add(person.on_stage, at - person.on_stage_since)
            self._set(who, on_stage_since=None, on_stage=spoken, spoke_at=at)

    def _set(self, who: ParticipantId, **changes: object) -> None:
        self.people[who] = structs.replace(self.people[who], **changes)


def silent_since(attendance: Attendance, room: ParticipantId, bell: float | None) -> float | None:
    """Since when nobody of a room spoke or was looked at; None on stage, and before the bell."""
    person = attendance.people.get(room)
    if bell is None or person is None or person.on_stage_since is not None:
        return None
    return max(bell, person.came_at, person.spoke_at or 0.0, person.looked_at or 0.0)


def _add(seconds: float, more: float) -> float:
    """Times are whole milliseconds, so that every fold in every language agrees."""
    return round((seconds + more) * 1000) / 1000
