"""A part of the registry: some tables, and what is asked of them."""

from .database import Database


class Part:
    """All parts of one registry share its database."""

    def __init__(self, database: Database) -> None:
        self._db = database
