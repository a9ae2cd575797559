"""A lesson's log without the names of pupils who were erased: what is signed stays as it lies."""

from collections.abc import Collection, Iterable, Iterator

from msgspec import structs

from ..conduct import Joined
from ..inclass.roll import PupilPicked, PupilsListed
from ..lesson import Entry
from ..words import ParticipantId


def nameless(entries: Iterable[Entry], erased: Collection[str]) -> Iterator[Entry]:
    """Their facts in the same order; a pupil of these ids is a number from here on.

    ``erased`` has the ids of pupils in the district, and of devices that were theirs alone.
    """
    if not erased:
        yield from entries
        return
    gone: dict[ParticipantId, set[int]] = {}
    for entry in entries:
        match entry.fact:
            case PupilsListed(room, pupils=pupils):
                gone[room] = {n for n, pupil in enumerate(pupils, 1) if pupil in erased}
                yield structs.replace(entry, fact=_listed(entry.fact, gone[room]))
            case PupilPicked(room, pupil=number) if number in gone.get(room, ()):
                yield structs.replace(entry, fact=structs.replace(entry.fact, name=""))
            case Joined(who) if who.id in erased:
                somebody = structs.replace(who, name="…", school="")
                yield structs.replace(entry, fact=structs.replace(entry.fact, who=somebody))
            case _:
                yield entry


def _listed(fact: PupilsListed, gone: set[int]) -> PupilsListed:
    """Each of them somebody else's number: two of one class are still two."""
    if not gone:
        return fact
    names = ["" if n in gone else name for n, name in enumerate(fact.names, 1)]
    pupils = [
        f"gone-{fact.classroom}-{n}" if n in gone else id_ for n, id_ in enumerate(fact.pupils, 1)
    ]
    return structs.replace(fact, names=names, pupils=pupils)
