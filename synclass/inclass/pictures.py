"""Pictures that people bring to the board: who brought which, and that there are not too many."""

from collections.abc import Iterable
from typing import Self

from msgspec import field, structs

from ..channel import Channel, Command, Fact, Whose, sees
from ..errors import Refused
from ..permissions import Scope, scope
from ..preclass.handout import Sheet
from ..words import Participant, ParticipantId
from .board import Board
from .layers import Layers

MOST_OF_ONE = 40  # pictures of a person: one a minute of a lesson
MOST_IN_ALL = 400  # as many as a lesson may have pages of courseware


class KeepPicture(Command, tag="picture.keep"):
    """Said by the server when it has made a page of what somebody brought."""

    who: ParticipantId
    sheet: Sheet


class PictureKept(Fact, tag="picture.kept"):
    who: ParticipantId
    sheet: Sheet

    def whose(self) -> Whose:
        return Whose(frozenset({self.who}))


class Pictures(Channel):
    name = "pictures"
    commands = (KeepPicture,)
    follows = (PictureKept,)

    counts: dict[ParticipantId, int] = field(default_factory=dict)
    """How many each has brought."""

    def decide(self, by: Participant, command: Command, now: float) -> Iterable[Fact]:
        assert isinstance(command, KeepPicture)
        self.check_room(command.who)
        yield PictureKept(command.who, command.sheet)

    def apply(self, fact: Fact, at: float) -> None:
        assert isinstance(fact, PictureKept)
        self.counts[fact.who] = self.counts.get(fact.who, 0) + 1

    def facing(self, viewer: Participant) -> Self:
        seen = {
            who: count
            for who, count in self.counts.items()
            if sees(viewer, PictureKept, Whose(frozenset({who})))
        }
        return structs.replace(self, counts=seen)

    def check_room(self, who: ParticipantId) -> None:
        """Raise Refused("too-many-pictures")."""
        if self.counts.get(who, 0) >= MOST_OF_ONE or sum(self.counts.values()) >= MOST_IN_ALL:
            raise Refused("too-many-pictures", f"{MOST_OF_ONE} pictures a person are enough")


def check_may_bring(by: Participant, board: Board, layers: Layers) -> None:
    """Raise Refused("not-writing") where no page, box or layer is open to them."""
    on_layer = layers.open and scope(by.role, "layer.draw") is not Scope.NONE
    in_box = any(box.who == by.id for box in board.boxes.values())
    if by.id not in board.seats or not (on_layer or in_box or board.may_write(by)):
        raise Refused("not-writing", "the teacher has not opened the board to you")
