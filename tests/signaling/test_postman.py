"""Whoever wants to hear of lessons hears of each, however often it was away."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from msgspec import structs

from recorder.shelf import FileShelf
from signaling import postman
from signaling.postman import Postman
from signaling.vault import Vault, is_sealed
from synclass.adapters.registry import SqlRegistry
from synclass.ports import Account, LessonCard
from synclass.webhooks import Delivery, Event, News, Webhook, bell_rang, message_id, networks, spelt
from synclass.words import LessonId, Role

from ..receiver import Receiver
from ..waiting import until

ID = LessonId("fractions")
WANG = Account("wang", "王老师", Role.TEACHER, "草兴小学", "$argon2id$")
CARD = LessonCard(ID, "分数的意义", "数学", "wang", "", 1.0, 2.0)
ALL = [event.value for event in Event]
VAULT = Vault(b"k" * 32)
NEVER = (0.01,) * 3
"""Tries that come quickly, and end."""


class Office:
    """A registry, whoever sends from it, and a program that hears."""

    def __init__(self, registry: SqlRegistry, data: Path, receiver: Receiver) -> None:
        self.registry, self.data, self.receiver = registry, data, receiver

    async def hook(self, id_: str = "h1", events: list[str] = ALL, **fields: str) -> Webhook:
        self.receiver.secret = spelt(b"secret" * 4)
        hook = Webhook(id_, self.receiver.url, events, "", self.receiver.secret, "admin", 1.0)
        hook = structs.replace(hook, **fields)
        await self.registry.save_webhook(hook)
        return hook

    async def ring(self, event: Event = Event.STARTED) -> None:
        now = time.time()
        await self.registry.save_lesson(CARD, news=bell_rang(event, ID, now))

    @asynccontextmanager
    async def open(self, waits: tuple[float, ...] = NEVER) -> AsyncIterator[None]:
        allowed = networks(["127.0.0.0/8"])
        sender = Postman(self.registry, FileShelf(self.data), VAULT, allowed=allowed, waits=waits)
        running = asyncio.create_task(sender.run())
        try:
            yield
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)

    async def sealed(self) -> bool:
        return all(is_sealed(hook.secret) for hook in await self.registry.webhooks())

    async def sent(self) -> Delivery:
        [one] = await self.registry.deliveries("h1", limit=9)
        return one

    def is_so(self, fact: Callable[[Delivery], bool]) -> Callable[[], "asyncio.Future[bool]"]:
        async def looked() -> bool:
            found = await self.registry.deliveries("h1", limit=9)
            return len(found) == 1 and fact(found[0])

        return lambda: asyncio.ensure_future(looked())


@pytest.fixture
async def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Office]:
    monkeypatch.setattr(postman, "EVERY", 0.02)
    registry = await SqlRegistry.open(tmp_path / "synclass.sqlite")
    await registry.save_account(WANG)
    async with Receiver() as receiver:
        yield Office(registry, tmp_path, receiver)
    await registry.close()


async def test_a_lesson_that_starts_is_told_once_signed_and_without_a_code(office: Office) -> None:
    await office.hook()
    await office.ring()
    async with office.open():
        await until(office.is_so(lambda one: one.done_at > 0))
    [told] = office.receiver.told
    assert told["type"] == "lesson.started" and told["timestamp"].endswith("+00:00")
    assert told["data"]["lesson"]["title"] == "分数的意义" and "code" not in told["data"]["lesson"]
    assert told["data"]["teacher"] == {"account": "wang", "name": "王老师", "school": "草兴小学"}
    assert office.receiver.forged == 0


async def test_who_was_away_is_told_when_it_is_back_under_the_same_id(office: Office) -> None:
    await office.hook()
    await office.ring()
    await office.receiver.__aexit__()
    async with office.open(waits=(0.01,) * 500):
        await until(office.is_so(lambda one: one.answer == "no-connection"))
        office.receiver.status = 500
        await office.receiver.__aenter__()
        await until(office.is_so(lambda one: one.answer == "500"))
        office.receiver.status = 200
        await until(office.is_so(lambda one: one.done_at > 0))
    assert set(office.receiver.ids) == {(await office.sent()).id}
    assert len(office.receiver.told) > 1


async def test_a_secret_that_lay_open_is_sealed_and_signs_as_before(office: Office) -> None:
    hook = await office.hook()
    async with office.open():
        await until(office.sealed)
        await office.ring()
        await until(office.is_so(lambda one: one.done_at > 0))
    kept = await office.registry.webhook("h1")
    assert kept and VAULT.open(kept.secret, "h1") == hook.secret
    assert office.receiver.forged == 0 and len(office.receiver.told) == 1


async def test_nothing_is_sent_under_a_secret_of_another_key(office: Office) -> None:
    await office.hook(
        "h1", secret=Vault(b"another server's key, of 32 bytes").seal("whsec_eA", "h1")
    )
    await office.hook("h2")
    await office.ring()
    async with office.open():
        await until(lambda: len(office.receiver.told) == 1)
        await until(office.is_so(lambda one: not one.done_at))
    assert office.receiver.forged == 0, "the other is told, under its own"


async def test_in_the_end_it_is_given_up_and_that_is_seen(office: Office) -> None:
    await office.hook()
    await office.ring()
    office.receiver.status = 302
    async with office.open():
        await until(office.is_so(lambda one: one.tries == 4))
        sent = await office.sent()
        assert (sent.next_at, sent.done_at, sent.answer) == (0.0, 0.0, "302")
        await office.registry.save_delivery(structs.replace(sent, next_at=time.time(), tries=0))
        office.receiver.status = 200
        await until(office.is_so(lambda one: one.done_at > 0))


async def test_whoever_says_it_is_gone_is_not_asked_again(office: Office) -> None:
    await office.hook()
    await office.ring()
    office.receiver.status = 410
    async with office.open():
        await until(office.is_so(lambda one: one.tries == 1 and one.next_at == 0))
    assert len(office.receiver.told) == 1


async def test_what_was_being_sent_at_a_fall_is_sent_after_it(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postman, "LEASE", 0.3)
    await office.hook()
    await office.ring()
    sender = Postman(office.registry, FileShelf(office.data), VAULT)
    await sender.pass_on(time.time())
    await office.registry.claim_delivery(await office.sent(), time.time() + 0.3)  # and fell
    async with office.open(), office.open():  # two nodes of one registry
        await until(office.is_so(lambda one: one.done_at > 0))
    assert len(office.receiver.told) == 1


async def test_a_recording_is_told_of_when_it_is_signed(office: Office) -> None:
    await office.hook(events=["lesson.recorded"])
    await office.ring(Event.ENDED)
    sender = Postman(office.registry, FileShelf(office.data), VAULT)
    await sender.pass_on(time.time())
    assert [one.event for one in await office.registry.news(limit=9)] == [Event.RECORDED]
    folder = office.data / "lessons" / ID
    folder.mkdir(parents=True)
    (folder / "manifest.jsonl").write_bytes(b"{}\n")
    async with office.open():
        await until(office.is_so(lambda one: one.done_at > 0))
    assert office.receiver.told[0]["type"] == "lesson.recorded"


async def test_what_happened_first_is_due_first_though_both_were_found_at_one_look(
    office: Office,
) -> None:
    await office.hook()
    now = time.time()
    for lesson in range(12):
        told = News(f"{lesson:02}", Event.ENDED, ID, now - 12 + lesson)
        await office.registry.save_lesson(CARD, news=[told])
    await Postman(office.registry, FileShelf(office.data), VAULT).pass_on(now)
    due = await office.registry.due("h1", now + 1.0, limit=20)
    assert [one.id for one in due] == [message_id("h1", f"{lesson:02}") for lesson in range(12)]


async def test_a_recording_that_is_never_signed_is_no_news_for_ever(office: Office) -> None:
    await office.ring(Event.ENDED)
    sender = Postman(office.registry, FileShelf(office.data), VAULT)
    await sender.pass_on(time.time() + postman.UNSIGNED + 1)
    assert await office.registry.news(limit=9) == []


async def test_a_school_hears_of_its_own_teachers_lessons_only(office: Office) -> None:
    await office.hook("h1", school="双庙中心校")
    await office.hook("h2", school="草兴小学")
    await office.hook("h3", events=["lesson.ended"])
    await office.ring()
    sender = Postman(office.registry, FileShelf(office.data), VAULT)
    await sender.pass_on(time.time())
    heard = {id_: len(await office.registry.deliveries(id_, limit=9)) for id_ in ("h1", "h2", "h3")}
    assert heard == {"h1": 0, "h2": 1, "h3": 0}


async def test_a_work_is_told_of_by_ids_and_without_a_pupils_name(office: Office) -> None:
    await office.hook()
    news = News("w1 1", Event.HANDED_IN, ID, time.time(), homework="t1", work="w1")
    await office.registry.save_lesson(CARD, news=[news])
    async with office.open():
        await until(office.is_so(lambda one: one.done_at > 0))
    data = office.receiver.told[0]["data"]
    assert set(data) == {"lesson", "teacher", "homework", "work"}
    assert (data["homework"], data["work"]) == ("t1", "w1")


async def test_one_that_does_not_answer_holds_up_no_other(office: Office) -> None:
    async def deaf(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(-1)

    server = await asyncio.start_server(deaf, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    await office.hook("h0", url=f"http://127.0.0.1:{port}/")
    await office.hook()
    await office.ring()
    async with server, office.open():
        await until(office.is_so(lambda one: one.done_at > 0))


async def test_messages_of_a_webhook_that_is_gone_go_with_it(office: Office) -> None:
    late = Delivery("m1", "h1", "lesson.started", ID, "{}", 1.0, next_at=1.0)
    await office.registry.pass_on("", [late])
    async with office.open():
        await until(lambda: gone(office))


async def gone(office: Office) -> bool:
    return await office.registry.delivery("m1") is None
