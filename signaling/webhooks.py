"""Webhooks over HTTP: made by an administrator, their secret shown once, tried again, removed."""

import secrets
import time
from collections.abc import Collection

from aiohttp import web
from msgspec import Struct, structs

from synclass.errors import Refused
from synclass.permissions import Scope
from synclass.ports import Account, Registry
from synclass.webhooks import CHOICES, Delivery, Event, Network, Webhook, checked_url, spelt
from synclass.words import LessonId

from .api import body_of, json_of
from .doors import Nothing, door
from .login import Logins
from .postman import body_of as message_body
from .vault import Vault

MOST = 20  # webhooks of a school, and of the district
SHOWN = 20  # messages of each on the page
BYTES = 24  # of a secret: the specification wants 24 to 64


class NewWebhook(Struct):
    url: str
    events: list[str]


class Sent(Struct):
    """A message as the page shows it; one with neither ``next_at`` nor ``done_at`` was given up."""

    id: str
    event: str
    lesson: str
    title: str
    """The lesson's."""
    made_at: float
    tries: int
    tried_at: float
    next_at: float
    done_at: float
    answer: str


class WebhookShown(Struct):
    id: str
    url: str
    events: list[str]
    school: str
    by: str
    made_at: float
    sent: list[Sent]
    """The newest first."""


class WebhookMade(Struct):
    """The only time that the secret is told."""

    secret: str
    shown: WebhookShown


class WebhooksHeld(Struct):
    webhooks: list[WebhookShown]
    events: list[str]
    """All that there are."""


class Webhooks:
    def __init__(
        self, registry: Registry, logins: Logins, allowed: Collection[Network], vault: Vault
    ) -> None:
        self._registry, self._logins, self._allowed = registry, logins, allowed
        self._vault = vault

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/api/webhooks", self.webhooks),
            web.post("/api/webhooks", self.make),
            web.delete("/api/webhooks/{webhook}", self.remove),
            web.post("/api/webhooks/{webhook}/ping", self.ping),
            web.post("/api/webhooks/{webhook}/deliveries/{delivery}", self.again),
        ]

    @door(login="webhook.list", gives=WebhooksHeld)
    async def webhooks(self, request: web.Request) -> web.Response:
        """The district's, or those of one's school, with what each was told last."""
        account, reach = await self._logins.require(request, "webhook.list")
        found = await self._registry.webhooks()
        held = [await self._shown(hook) for hook in found if _is_near(account, reach, hook)]
        return json_of(WebhooksHeld(held, [event.value for event in CHOICES]))

    @door(
        login="webhook.make",
        takes=NewWebhook,
        gives=WebhookMade,
        refuses=("bad-url", "address-refused", "bad-event", "too-many"),
    )
    async def make(self, request: web.Request) -> web.Response:
        """An address that is told of one's school's lessons, or the district's; signed."""
        account, _ = await self._logins.require(request, "webhook.make")
        asked = await body_of(request, NewWebhook)
        url = checked_url(asked.url, self._allowed)
        events: list[str] = [one.value for one in CHOICES if one.value in asked.events]
        if not events or len(events) < len(set(asked.events)):
            raise Refused("bad-event", f"events are some of: {', '.join(CHOICES)}")
        near = [one for one in await self._registry.webhooks() if one.school == account.school]
        if len(near) >= MOST:
            raise Refused("too-many", f"there are {MOST} webhooks: remove those not in use")
        secret, id_, now = spelt(secrets.token_bytes(BYTES)), secrets.token_hex(5), time.time()
        sealed = self._vault.seal(secret, id_)
        hook = Webhook(id_, url, events, account.school, sealed, account.name, now)
        await self._registry.save_webhook(hook)
        await self._registry.note(now, account.name, "webhook.make", f"{id_} {url}")
        return json_of(WebhookMade(secret, await self._shown(hook)))

    @door(login="webhook.remove", gives=Nothing, refuses=("not-there",))
    async def remove(self, request: web.Request) -> web.Response:
        """It is told nothing more, and what it was told is forgotten."""
        account, hook = await self._hook(request, "webhook.remove")
        await self._registry.remove_webhook(hook.id)
        what = f"{hook.id} {hook.url}"
        await self._registry.note(time.time(), account.name, "webhook.remove", what)
        return json_of(Nothing())

    @door(login="webhook.send", gives=Nothing, refuses=("not-there",))
    async def ping(self, request: web.Request) -> web.Response:
        """Send it a message that says nothing, to see whether it arrives."""
        account, hook = await self._hook(request, "webhook.send")
        now, id_ = time.time(), f"msg_{secrets.token_hex(12)}"
        body = message_body(Event.PING, now, {})
        ping = Delivery(id_, hook.id, Event.PING.value, "", body, now, next_at=now)
        await self._registry.pass_on("", [ping])
        await self._registry.note(now, account.name, "webhook.ping", hook.id)
        return json_of(Nothing())

    @door(login="webhook.send", gives=Nothing, refuses=("not-there",))
    async def again(self, request: web.Request) -> web.Response:
        """Send a message again, now; if it was given up, for days to come, too."""
        account, hook = await self._hook(request, "webhook.send")
        sent = await self._registry.delivery(request.match_info["delivery"])
        if sent is None or sent.hook != hook.id:
            raise Refused("not-there", "there is no such message")
        now, tries = time.time(), sent.tries if sent.next_at else 0
        await self._registry.save_delivery(
            structs.replace(sent, tries=tries, next_at=now, done_at=0.0)
        )
        await self._registry.note(now, account.name, "webhook.again", f"{hook.id} {sent.id}")
        return json_of(Nothing())

    async def _hook(self, request: web.Request, action: str) -> tuple[Account, Webhook]:
        account, reach = await self._logins.require(request, action)
        hook = await self._registry.webhook(request.match_info["webhook"])
        if hook is None or not _is_near(account, reach, hook):
            raise Refused("not-there", "there is no such webhook")
        return account, hook

    async def _shown(self, hook: Webhook) -> WebhookShown:
        """All but its secret."""
        found = await self._registry.deliveries(hook.id, limit=SHOWN)
        sent = [await self._sent(one) for one in found]
        told = hook.id, hook.url, hook.events, hook.school, hook.by, hook.made_at
        return WebhookShown(*told, sent)

    async def _sent(self, one: Delivery) -> Sent:
        card = await self._registry.lesson(LessonId(one.lesson)) if one.lesson else None
        fields = {n: getattr(one, n) for n in Sent.__struct_fields__ if n != "title"}
        return Sent(**fields, title=card.title if card else "")


def _is_near(account: Account, reach: Scope, hook: Webhook) -> bool:
    return reach is Scope.ALL or hook.school == account.school
