"""What is on file of consent."""

from typing import Protocol

from synclass.school.consent import Consent


class Consents(Protocol):
    """What is on file of consent."""

    async def consents(self, ids: list[str] | None = None) -> list[Consent]:
        """By kind and id: of all, or of those with these ids."""

    async def set_consents(self, consents: list[Consent]) -> None:
        """Put each on file in the place of what was there; all of them or none."""
