"""For whom a shared lesson is: its school, its alliance, the region, a studio, or judges."""

from msgspec import Struct

from synclass.ports import Account, LessonCard, Registry
from synclass.school.resources import Reach, Resource
from synclass.school.studio import people_of


class Circle(Struct, frozen=True):
    """The schools around an account, by every name that accounts call them."""

    own: frozenset[str]
    alliance: frozenset[str]
    everywhere: bool
    """Who looks after the whole district finds everything."""

    def finds(self, resource: Resource) -> bool:
        match resource.reach:
            case Reach.REGION:
                return True
            case Reach.ALLIANCE:
                return self.everywhere or resource.school in self.own | self.alliance
            case Reach.SCHOOL:
                return self.everywhere or resource.school in self.own


async def circle(registry: Registry, account: Account, *, everywhere: bool = False) -> Circle:
    """An account's school may be named by its id or by its name."""
    if not account.school:
        return Circle(frozenset(), frozenset(), everywhere)
    schools = await registry.schools()
    own = {account.school}
    mine = next((one for one in schools if account.school in (one.id, one.name)), None)
    if mine is None:
        return Circle(frozenset(own), frozenset(), everywhere)
    near = [one for one in schools if mine.alliance and one.alliance == mine.alliance]
    names = {name for one in near for name in (one.id, one.name)}
    return Circle(frozenset({mine.id, mine.name}), frozenset(names), everywhere)


async def is_judged(registry: Registry, account: Account, card: LessonCard) -> bool:
    """Whether this account is to judge the lesson, in a contest that goes on."""
    contests = await registry.contests_with(card.id)
    return any(account.name in one.judges and not one.closed_at for one in contests)


async def is_of_studio(registry: Registry, account: Account, card: LessonCard) -> bool:
    """Whether a studio opens a lesson of one of its people to this account as another of them."""
    studio = await registry.studio_opening(card.id)
    if studio is None:
        return False
    people = people_of(studio, await registry.apprentices(studio=studio.id))
    return {account.name, card.teacher} <= people
