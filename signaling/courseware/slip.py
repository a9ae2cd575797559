"""What the workshop and its child say to each other, and where they leave it."""

from msgspec import Struct

MOST_BYTES = 100_000_000  # of all pages of a file: an hour on 256 kbit/s
SOURCE, RESULT = "source", "result.json"


class Made(Struct, frozen=True):
    """A page that was made; RESULT is a list of them."""

    file: str
    width: int
    height: int
    words: str = ""


class Word(Struct, frozen=True, omit_defaults=True):
    """A line from the child."""

    page: int = 0
    of: int = 0
    code: str = ""
    """Why it was refused; "" while all is well."""
    message: str = ""
    lacks: list[str] = []
    """What could not be given up: see jail.enter."""
