"""What guardians and schools have allowed: whose picture and voice may be recorded."""

from collections.abc import Iterable
from enum import StrEnum

from msgspec import Struct


class Answer(StrEnum):
    NONE = "none"
    GRANTED = "granted"
    REFUSED = "refused"


class Of(StrEnum):
    """Whose consent it is."""

    SCHOOL = "school"
    CLASSROOM = "classroom"
    PUPIL = "pupil"


class Consent(Struct, frozen=True):
    """What is on file of one of them."""

    kind: Of
    id: str
    picture: Answer = Answer.NONE
    voice: Answer = Answer.NONE
    who: str = ""
    """The account that put it on file."""
    at: float = 0.0
    """Wall time."""


class May(Struct, frozen=True, array_like=True):
    """What may be recorded of a classroom."""

    picture: bool = False
    voice: bool = True


def may(consents: Iterable[Consent]) -> May:
    """What all that is on file of one classroom allows: of its school, itself and its pupils.

    A picture wants a yes, of the classroom or its school; a voice is recorded where nobody said
    no.  A no outweighs whatever others said, be it of a single pupil.
    """
    on_file = list(consents)
    pictures = {one.picture for one in on_file}
    voices = {one.voice for one in on_file}
    agreed = any(one.picture is Answer.GRANTED for one in on_file if one.kind is not Of.PUPIL)
    return May(agreed and Answer.REFUSED not in pictures, Answer.REFUSED not in voices)
