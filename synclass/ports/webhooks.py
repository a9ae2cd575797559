"""Webhooks, what there is to tell, and what was told."""

from collections.abc import Sequence
from typing import Protocol

from synclass.webhooks import Delivery, News, Webhook


class Webhooks(Protocol):
    """Webhooks, what there is to tell, and what was told.

    News come in with what they tell of, in one transaction: ``save_lesson`` and ``put`` take them.
    """

    async def webhook(self, id_: str) -> Webhook | None: ...
    async def webhooks(self) -> list[Webhook]:
        """The oldest first."""

    async def save_webhook(self, hook: Webhook) -> None:
        """Add or replace by id."""

    async def seal_webhook(self, id_: str, *, lies: str, sealed: str) -> None:
        """Keep its secret so from now on, if it still lies as it was seen."""

    async def remove_webhook(self, id_: str) -> None:
        """Forget it and all of its messages, if there is one."""

    async def news(self, *, limit: int) -> list[News]:
        """What nobody has been told of, the oldest first."""

    async def pass_on(self, news: str, deliveries: Sequence[Delivery]) -> None:
        """These messages are made of it, and it is no news any more; all at once."""

    async def due_webhooks(self, now: float) -> list[str]:
        """The ids of those that have a message due."""

    async def due(self, hook: str, now: float, *, limit: int) -> list[Delivery]:
        """Its messages whose next try is due, the longest due first."""

    async def claim_delivery(self, delivery: Delivery, until: float) -> bool:
        """Whether it is ours until then: false where another node was faster, or it has changed."""

    async def save_delivery(self, delivery: Delivery) -> None:
        """How it stands now, if it is still there."""

    async def delivery(self, id_: str) -> Delivery | None: ...
    async def deliveries(self, hook: str, *, limit: int) -> list[Delivery]:
        """The newest first."""

    async def forget_deliveries(self, before: float) -> None:
        """Those made before that wall time that are not tried any more."""
