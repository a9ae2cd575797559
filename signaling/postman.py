"""Tells programs of others what happened: from the outbox, again and again, then no more."""

import asyncio
import time
from collections.abc import Collection, Sequence
from datetime import UTC, datetime

import structlog
from msgspec import json, structs

from synclass.errors import Unavailable
from synclass.ports import Account, LessonCard, Registry, Shelf
from synclass.webhooks import (
    WAITS,
    Delivery,
    Event,
    Network,
    News,
    Webhook,
    message_id,
    signed,
)
from synclass.words import LessonId

from .outward import PATIENCE, Outward
from .vault import Vault, is_sealed

EVERY = 1.0  # seconds between looks
AT_ONCE = 8
"""Webhooks that are told at the same time; each hears one message after the other."""
IN_A_ROW = 20  # messages to one webhook between two looks
MOST_NEWS = 1000  # pieces that are looked at together; what waits to be signed is among them
APART = 0.001  # seconds from one piece to the next: what happened first is due first
LEASE = 2 * PATIENCE
"""Seconds until another node, or we after a fall, may send a message that one is sending."""
UNSIGNED = 7 * 86400.0
"""Seconds after the bell at which nobody waits any more for a recording to be signed."""
KEPT = 30 * 86400.0  # seconds that an administrator can look back
HOUR = 3600.0
GONE = "410"
log = structlog.get_logger()


class Postman:
    """``waits`` are the seconds between tries."""

    def __init__(
        self,
        registry: Registry,
        shelf: Shelf,
        vault: Vault,
        *,
        allowed: Collection[Network] = (),
        waits: Sequence[float] = WAITS,
    ) -> None:
        self.allowed = allowed
        self._registry, self._shelf, self._waits = registry, shelf, waits
        self.vault = vault
        self._busy = set[str]()
        self._tidied = 0.0

    async def run(self) -> None:
        """Tell until cancelled."""
        outward = Outward(self.allowed)
        try:
            async with asyncio.TaskGroup() as tasks:
                while True:
                    await self._look(outward, tasks)
                    await asyncio.sleep(EVERY)
        finally:
            await outward.close()

    async def _look(self, outward: Outward, tasks: asyncio.TaskGroup) -> None:
        now = time.time()
        try:
            await self.pass_on(now)
            for hook in await self._registry.due_webhooks(now):
                if hook not in self._busy and len(self._busy) < AT_ONCE:
                    self._busy.add(hook)
                    tasks.create_task(self._tell(outward, hook))
            if now - self._tidied > HOUR:
                await self.seal()
                await self._registry.forget_deliveries(now - KEPT)
                self._tidied = now
        except Unavailable as error:
            log.error("nobody told", code=error.code)

    async def seal(self) -> None:
        """Seal the secrets that lie open, as all did before; one that is removed stays so."""
        for hook in await self._registry.webhooks():
            if not is_sealed(hook.secret):
                sealed = self.vault.seal(hook.secret, hook.id)
                await self._registry.seal_webhook(hook.id, lies=hook.secret, sealed=sealed)

    async def pass_on(self, now: float) -> None:
        """Make messages of the news for those who want to hear them; raises Unavailable."""
        news = await self._registry.news(limit=MOST_NEWS)
        hooks = await self._registry.webhooks() if news else []
        for turn, one in enumerate(news):
            card = await self._registry.lesson(LessonId(one.lesson))
            if card is None or now - one.at > UNSIGNED:
                await self._registry.pass_on(one.id, [])
            elif one.event is not Event.RECORDED or await self._is_signed(card):
                teacher = await self._registry.account(card.teacher)
                told = [
                    message(hook, one, card, teacher, now + turn * APART)
                    for hook in hooks
                    if _hears(hook, one, teacher)
                ]
                await self._registry.pass_on(one.id, told)

    async def _is_signed(self, card: LessonCard) -> bool:
        return await asyncio.to_thread(self._shelf.manifest, card.id) is not None

    async def _tell(self, outward: Outward, id_: str) -> None:
        try:
            hook = await self._registry.webhook(id_)
            if hook is None:  # removed while its news were passed on
                await self._registry.remove_webhook(id_)
                return
            secret = self.vault.open(hook.secret, hook.id)
            if secret is None:  # another node's: it tells it; or its key is lost
                log.error("not told: this secret was sealed by another key", webhook=id_)
                return
            hook = structs.replace(hook, secret=secret)
            for delivery in await self._registry.due(id_, time.time(), limit=IN_A_ROW):
                await self._deliver(outward, hook, delivery)
        except Unavailable as error:
            log.error("not told", webhook=id_, code=error.code)
        finally:
            self._busy.discard(id_)

    async def _deliver(self, outward: Outward, hook: Webhook, delivery: Delivery) -> None:
        """At least once: what a fall interrupts is sent again under the same id."""
        now = time.time()
        if not await self._registry.claim_delivery(delivery, now + LEASE):
            return
        body = delivery.body.encode()
        headers = signed(hook.secret, delivery.id, int(now), body)
        headers["Content-Type"] = "application/json"
        answer = await outward.post(hook.url, body, headers)
        tried = structs.replace(
            delivery, tries=delivery.tries + 1, tried_at=now, answer=answer, next_at=0.0
        )
        if len(answer) == 3 and answer.startswith("2"):
            tried = structs.replace(tried, done_at=time.time())
        elif answer != GONE and tried.tries <= len(self._waits):
            tried = structs.replace(tried, next_at=time.time() + self._waits[delivery.tries])
        await self._registry.save_delivery(tried)


def message(
    hook: Webhook, news: News, card: LessonCard, teacher: Account | None, now: float
) -> Delivery:
    """Ids, and the names a timetable would show; whoever may know more asks for it with a token."""
    lesson = {
        **{"id": card.id, "title": card.title, "subject": card.subject},
        **{"began_at": _iso(card.began_at), "ended_at": _iso(card.ended_at)},
    }
    of = (teacher.name, teacher.shown, teacher.school) if teacher else (card.teacher, "", "")
    data: dict[str, object] = {
        "lesson": lesson,
        "teacher": dict(zip(("account", "name", "school"), of, strict=True)),
    }
    if news.event is Event.HANDED_IN:
        data |= {"homework": news.homework, "work": news.work}
    body = body_of(news.event, news.at, data)
    id_ = message_id(hook.id, news.id)
    return Delivery(id_, hook.id, news.event.value, news.lesson, body, now, next_at=now)


def body_of(event: Event, at: float, data: dict[str, object]) -> str:
    """Type, time and data, as the specification wants them."""
    return json.encode({"type": event.value, "timestamp": _iso(at), "data": data}).decode()


def _hears(hook: Webhook, news: News, teacher: Account | None) -> bool:
    near = not hook.school or (teacher is not None and teacher.school == hook.school)
    return near and news.event.value in hook.events


def _iso(at: float) -> str | None:
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="milliseconds") if at else None
