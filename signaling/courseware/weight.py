"""How much a page makes a browser draw: what is used a thousand times counts a thousand times."""

from collections import Counter

from synclass.errors import Refused

HEAVIEST = (
    300_000  # elements drawn: a dense page of text has 5,000, an old PC draws 100,000 a second
)
DEEPEST = 40  # uses inside of uses: what programs write has three


class Weight:
    """Counts elements by the id they stand under, and who refers to whom."""

    def __init__(self) -> None:
        self._own: Counter[str] = Counter()
        self._uses: dict[str, Counter[str]] = {}
        self._open = [""]
        """Ids of the elements that are open, outermost first; "" is the page."""

    def enter(self, id_: str, parts: int = 1) -> None:
        """An element begins; what stands in it is counted under its id, if it has one."""
        self._own[self._open[-1]] += parts
        if id_:
            self.refer(id_)
        self._open.append(id_ or self._open[-1])

    def refer(self, id_: str, by: str | None = None) -> None:
        """What is open, or what has another id, draws this once more."""
        self._uses.setdefault(self._open[-1] if by is None else by, Counter())[id_] += 1

    def leave(self) -> None:
        self._open.pop()

    def check(self) -> None:
        """Raise Refused("too-heavy") for a page that would hold a browser up, or draw itself."""
        if self._weigh("", {}, frozenset()) > HEAVIEST:
            raise Refused("too-heavy", "this drawing has too many parts for a classroom's PC")

    def _weigh(self, id_: str, known: dict[str, int], above: frozenset[str]) -> int:
        if id_ in above or len(above) > DEEPEST:
            raise Refused("too-heavy", "this drawing draws itself")
        if id_ not in known:
            below = above | {id_}
            uses = self._uses.get(id_, Counter[str]())
            drawn = sum(n * self._weigh(used, known, below) for used, n in uses.items())
            known[id_] = self._own[id_] + drawn
        return known[id_]
