"""A webhook's messages: made of news once, due until they arrived, one node's at a time."""

import asyncio

from msgspec import structs

from synclass.ports import Registry
from synclass.webhooks import Delivery, Event, News, Webhook

HOOK = Webhook("h1", "https://a.cn/", ["lesson.ended"], "", "whsec_", "admin", 10.0)
NEWS = News("fractions lesson.ended", Event.ENDED, "fractions", 20.0)
ONE = Delivery("m1", "h1", "lesson.ended", "fractions", "{}", 21.0, next_at=21.0)


async def test_webhooks_are_kept_until_they_are_removed_with_all_they_were_told(
    registry: Registry,
) -> None:
    other = structs.replace(HOOK, id="h2", made_at=5.0, school="草兴小学")
    for hook in (HOOK, other):
        await registry.save_webhook(hook)
    assert await registry.webhooks() == [other, HOOK]
    assert await registry.webhook("h1") == HOOK
    kept = structs.replace(ONE, id="m2", hook="h2")
    await registry.pass_on(NEWS.id, [ONE, kept])
    await registry.remove_webhook("h1")
    await registry.remove_webhook("h1")
    assert await registry.webhooks() == [other]
    assert [await registry.delivery(id_) for id_ in ("m1", "m2")] == [None, kept]


async def test_a_message_that_is_made_twice_is_there_once(registry: Registry) -> None:
    await registry.pass_on(NEWS.id, [ONE])
    arrived = structs.replace(ONE, tries=1, next_at=0.0, tried_at=22.0, done_at=23.0, answer="204")
    await registry.save_delivery(arrived)
    await registry.pass_on(NEWS.id, [ONE])
    assert await registry.deliveries("h1", limit=9) == [arrived]


async def test_the_longest_due_is_told_first_and_what_is_over_is_not(registry: Registry) -> None:
    later = structs.replace(ONE, id="m2", next_at=20.0, made_at=19.0)
    over = structs.replace(ONE, id="m3", next_at=0.0, made_at=1.0)
    future = structs.replace(ONE, id="m4", next_at=99.0, made_at=2.0)
    await registry.pass_on(NEWS.id, [ONE, later, over, future])
    assert await registry.due("h1", 50.0, limit=9) == [later, ONE]
    assert await registry.due("h1", 50.0, limit=1) == [later]
    assert [await registry.due_webhooks(at) for at in (10.0, 50.0)] == [[], ["h1"]]
    await registry.forget_deliveries(before=10.0)
    assert await registry.deliveries("h1", limit=9) == [ONE, later, future]


async def test_of_two_nodes_one_sends_a_message(registry: Registry) -> None:
    await registry.pass_on(NEWS.id, [ONE])
    claims = [registry.claim_delivery(ONE, 60.0 + n) for n in range(4)]
    assert sorted(await asyncio.gather(*claims)) == [False, False, False, True]
    assert await registry.due("h1", 50.0, limit=9) == []
    assert await registry.due("h1", 70.0, limit=9) != [], "after its sender fell"
