"""A client in Python is as good a participant as a browser, and as patient."""

import asyncio
from pathlib import Path

import pytest

from synclass import wire
from synclass.cli.robot import client as module
from synclass.cli.robot.client import MOST_PENDING, Client
from synclass.cli.robot.messages import Glimpsed
from synclass.conduct import Begin
from synclass.errors import Refused, Unavailable
from synclass.inclass.chat import Chat, Say
from synclass.inclass.gaze import Pointer
from synclass.inclass.hands import Hands, RaiseHand

from ...conftest import TEACHER, VILLAGE
from ...signaling.wsclient import LESSON, School, school, ticket
from .presence import client, present


def cut(here: School) -> None:
    """The server's side of every line goes without a word."""
    for member in here.app.rooms.live[LESSON].members.values():
        member._line.abort()  # type: ignore[attr-defined]


async def test_nobody_asks_before_the_door_is_open(tmp_path: Path) -> None:
    async with school(tmp_path) as here:
        with pytest.raises(Unavailable) as unavailable:
            client(here, TEACHER).put(Begin())
        assert unavailable.value.code == "offline"


async def test_a_ticket_that_is_none_is_not_tried_for_ever(tmp_path: Path) -> None:
    async with school(tmp_path) as here:
        with pytest.raises(Refused) as refused:
            await asyncio.wait_for(Client(here.http, here.url, "a-forgery").run(), 10)
        assert refused.value.code == "bad-ticket"


async def test_a_ticket_of_yesterday_is_not_tried_for_ever(tmp_path: Path) -> None:
    async with school(tmp_path) as here:
        old = Client(here.http, here.url, ticket(TEACHER, lasts=-1.0))
        with pytest.raises(Refused) as refused:
            await asyncio.wait_for(old.run(), 10)
        assert refused.value.code == "ticket-expired"


async def test_a_client_knows_the_time_of_the_lesson(tmp_path: Path) -> None:
    async with school(tmp_path) as here, present(here, TEACHER) as teacher:
        await teacher.ask(Begin())
        before, said, after = here.app.rooms.live[LESSON].now(), teacher.now(), teacher.now()
        assert before - 1.0 < said <= after <= here.app.rooms.live[LESSON].now() + 0.001


async def test_the_way_to_the_server_and_back_is_measured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "BEAT", 0.02)
    async with school(tmp_path) as here, present(here, TEACHER) as teacher:
        began = asyncio.get_running_loop().time()
        teacher.rtt = -1
        await asyncio.wait_for(teacher.until(lambda: teacher.rtt >= 0), 10)
        assert teacher.rtt <= 1000 * (asyncio.get_running_loop().time() - began) + 1


async def test_where_the_pointer_is_others_see(tmp_path: Path) -> None:
    async with school(tmp_path) as here, present(here, TEACHER) as teacher:
        room = await here.enter(VILLAGE)
        await teacher.ask(Begin())
        teacher.show(Pointer(30, 40))
        seen = await room.hear(Glimpsed)
        assert (seen.who, wire.glimpse(seen.glimpse)) == (TEACHER.id, Pointer(30, 40))


async def test_what_is_asked_while_the_line_is_down_is_carried_out_after(tmp_path: Path) -> None:
    async with school(tmp_path) as here, present(here, VILLAGE) as room:
        teacher = await here.enter(TEACHER)
        await teacher.done(Begin())
        cut(here)
        await asyncio.wait_for(room.until(lambda: not room.online), 10)
        await asyncio.wait_for(room.ask(RaiseHand()), 10)
        hands = here.lesson().channel(Hands.name)
        assert isinstance(hands, Hands) and VILLAGE.id in hands.raised
        assert room.welcomes == 2


async def test_a_line_that_stays_down_does_not_fill_the_machine(tmp_path: Path) -> None:
    async with school(tmp_path) as here, present(here, TEACHER) as teacher:
        cut(here)
        await asyncio.wait_for(teacher.until(lambda: not teacher.online), 10)
        for n in range(MOST_PENDING):
            teacher.put(Say(str(n)))
        with pytest.raises(Unavailable):
            teacher.put(Say("one too many"))


async def test_an_offer_is_refused_where_there_is_no_media_server(tmp_path: Path) -> None:
    async with school(tmp_path) as here, present(here, TEACHER) as teacher:
        with pytest.raises(Refused) as refused:
            await teacher.offer("v=0")
        assert refused.value.code == "media-down"


async def test_no_offer_is_made_over_a_line_that_is_down(tmp_path: Path) -> None:
    async with school(tmp_path) as here, present(here, TEACHER) as teacher:
        cut(here)
        await asyncio.wait_for(teacher.until(lambda: not teacher.online), 10)
        with pytest.raises(Unavailable) as unavailable:
            await teacher.offer("v=0")
        assert unavailable.value.code == "offline"


async def test_what_was_said_before_one_came_is_known(tmp_path: Path) -> None:
    async with school(tmp_path) as here:
        teacher = await here.enter(TEACHER)
        await teacher.done(Begin())
        await teacher.done(Say("看黑板"))
        async with present(here, VILLAGE) as room:
            chat = room.lesson.channel(Chat.name)
            assert isinstance(chat, Chat) and [m.text for m in chat.messages] == ["看黑板"]
            assert room.lesson.facing(VILLAGE) == here.lesson().facing(VILLAGE)


async def test_a_media_server_that_started_anew_ends_no_robot(tmp_path: Path) -> None:
    async with school(tmp_path) as here:
        teacher = client(here, TEACHER)
        running = asyncio.create_task(teacher.run())
        await teacher.entered()
        here.app.rooms.live[LESSON].members[TEACHER.id].recall()
        asking = asyncio.create_task(teacher.ask(Begin()))
        await asyncio.wait({running, asking}, timeout=10, return_when=asyncio.FIRST_COMPLETED)
        await (asking if asking.done() else running)
        running.cancel()
