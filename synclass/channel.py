"""The contract every part of a lesson follows: ask, decide, apply.

A *command* is what a participant asks for; a *fact* is what happened.  A channel turns
commands into facts, and folds facts into its own fields.  It owns no clock and no socket.
A *glimpse* is what is not worth keeping: unnumbered, the latest wins.  Where a replay should show
its traces the channel witnesses some of them as facts.
"""

from collections.abc import Iterable, Mapping
from typing import ClassVar, Self, dataclass_transform

from msgspec import Struct, field

from .permissions import CLASS, TABLE, UNKNOWN, Scope, covers, see
from .words import Participant, ParticipantId, Role


class Whose(Struct, frozen=True):
    """Whose something is."""

    who: frozenset[ParticipantId] = frozenset()
    school: str = ""
    """Its co-teachers': they have accounts.  A room says its name at the door, and may say any."""


class Audience(Struct, frozen=True):
    """Who may see a fact or a glimpse: the table of permissions says it, and it is the boundary."""

    may: Mapping[Role, Scope]
    whose: Whose = Whose()

    def admits(self, viewer: Participant) -> bool:
        school = self.whose.school
        near = viewer.role is Role.CO_TEACHER and school == viewer.school != ""
        reach = self.may.get(viewer.role, Scope.NONE)
        return covers(reach, own=viewer.id in self.whose.who, near=near)


NOBODYS = Whose()
EVERYONE = Audience(CLASS)
NOT_KNOWN = Audience(TABLE[see(UNKNOWN)].may)
"""Of what only a later version can judge."""


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
class Command(Struct, frozen=True, array_like=True):
    """Something a participant asks for."""


class Chance(Command, frozen=True, array_like=True):
    """A command with something left to chance: the server throws the dice, whatever was sent."""

    dice: int = 0


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
class Fact(Struct, frozen=True, array_like=True):
    """Something that happened.  Kept for ever: new fields go last and have defaults."""

    def whose(self) -> Whose:
        return NOBODYS

    def aspect(self) -> str:
        """Which of its rows in the table of permissions it asks, where it has more than one."""
        return ""

    def audience(self) -> Audience:
        return audience_of(type(self), self.whose(), self.aspect())


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
class Glimpse(Struct, frozen=True, array_like=True):
    """Something worth seeing now and not worth keeping."""

    def whose(self) -> Whose:
        return NOBODYS

    def audience(self) -> Audience:
        return audience_of(type(self), self.whose())


class Channel(Struct):
    """One part of a lesson.  Its fields are its state, and its snapshot."""

    name: ClassVar[str] = ""
    commands: ClassVar[tuple[type[Command], ...]] = ()
    glimpses: ClassVar[tuple[type[Glimpse], ...]] = ()
    follows: ClassVar[tuple[type[Fact], ...]] = ()
    """The facts apply() wants to hear of, this channel's own and others'."""
    late: ClassVar[bool] = False
    """A classroom's page learns of it when it is wanted: nothing of it is in the first load."""

    def decide(self, by: Participant, command: Command, now: float) -> Iterable[Fact]:
        """Answer a command with facts, or raise Refused.  Must not change self."""
        raise NotImplementedError

    def witness(self, by: Participant, glimpse: Glimpse, now: float) -> Iterable[Fact]:
        """What to keep of a glimpse of mine: asked of the latest of each, at a low rate."""
        return ()

    def apply(self, fact: Fact, at: float) -> None:
        """Fold a fact in, mine or another's.  Must not fail: it has happened."""

    def wake_at(self) -> float | None:
        """When wake() is next due, or None."""
        return None

    def wake(self, now: float) -> Iterable[Fact]:
        """Say what the passing of time has brought about; a fact that moves wake_at()."""
        return ()

    def facing(self, viewer: Participant) -> Self:
        """This state as the viewer may see it: the fold of the facts whose audience admits them."""
        return self

    def brief(self, states: "Mapping[str, Channel]") -> Self:
        """What somebody who comes late needs at once; the rest is fetched by more().

        ``states`` are all channels, this one too, as that viewer may see them.
        """
        return self

    def more(self, key: int) -> Struct | None:
        """A part that brief() left out, or None where there is none of that key.

        Of a late channel 0 is all of it, for a page that has just learned of it.
        """
        return self if self.late and key == 0 else None


def tag_of(thing: type[Struct] | Struct) -> str:
    """The name a command, fact or glimpse has on the wire."""
    return str(thing.__struct_config__.tag)


def audience_of(
    kind: type[Fact] | type[Glimpse], whose: Whose = NOBODYS, aspect: str = ""
) -> Audience:
    """Who may see what is of this kind and somebody's; nobody, where the table does not know it."""
    rule = TABLE.get(see(tag_of(kind), aspect))
    if rule is not None and rule.may is CLASS:
        return EVERYONE
    return Audience(rule.may if rule else {}, whose)


def sees(
    viewer: Participant, kind: type[Fact] | type[Glimpse], whose: Whose = NOBODYS, aspect: str = ""
) -> bool:
    return audience_of(kind, whose, aspect).admits(viewer)
