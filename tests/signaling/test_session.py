"""One WebSocket against a real server: what a client may say, and what it is told."""

import asyncio
from pathlib import Path

import msgspec
import pytest
from aiohttp import WSServerHandshakeError
from msgspec import Raw

from recorder.journal import FileJournal
from recorder.shelf import FileShelf
from synclass import wire
from synclass.cli.robot.messages import Glimpsed, Welcome
from synclass.conduct import Began, Begin, Joined, Lost
from synclass.errors import Unavailable
from synclass.inclass.attendance import LinkReport
from synclass.inclass.board import Board
from synclass.inclass.chat import Said, Say
from synclass.inclass.gaze import Pointer
from synclass.inclass.hands import HandRaised, RaiseHand
from synclass.ink import Chain, encode
from synclass.marks import SEAT, Pen
from synclass.postclass.questions import Questions
from synclass.strokes import AddInk, BeginStroke, InkAdded, StrokeBegun
from synclass.words import LessonId

from ..conftest import OTHER_VILLAGE, PATROL, TEACHER, VILLAGE
from .wsclient import Desk, School, school, seqs, ticket

PEN = Pen("pen", 1, 12)


def stroke(desk: Desk, count: int) -> tuple[BeginStroke, AddInk]:
    """A stroke of two batches by whoever sits there."""
    number, chain = desk.welcome.seat * SEAT + count, Chain()
    begun = encode(chain, [(400, 400, 9), (420, 410, 10)], first=True)
    more = encode(chain, [(440, 430, 11), (460, 470, 9)], first=False)
    return BeginStroke(number, 1, PEN, begun), AddInk(number, more, last=True)


async def in_class(here: School) -> tuple[Desk, Desk]:
    """A teacher and a room in a lesson that has begun."""
    teacher, room = await here.enter(TEACHER), await here.enter(VILLAGE)
    await teacher.done(Begin())
    await room.hear_fact(Began)
    return teacher, room


async def test_a_newcomer_is_given_the_lesson_as_it_is(tmp_path: Path) -> None:
    async with school(tmp_path) as here:
        teacher, _ = await in_class(here)
        await teacher.done(Say("分数是什么？"))
        late = await here.enter(OTHER_VILLAGE)
        assert late.welcome.states is not None
        assert late.welcome.you == OTHER_VILLAGE and late.welcome.seat == 3
        assert late.lesson.conduct.title == "分数的意义"
        assert late.lesson.facing(OTHER_VILLAGE) == here.lesson().facing(OTHER_VILLAGE)


async def test_a_room_whose_line_was_cut_is_sent_what_it_missed(tmp_path: Path) -> None:
    async with school(tmp_path) as here:
        teacher, room = await in_class(here)
        epoch, seen = room.welcome.epoch, room.lesson.seq
        room.cut()
        await teacher.hear_fact(Lost)
        await teacher.done(Say("看这里"))
        back = await here.enter(VILLAGE, (epoch, seen))
        assert back.welcome.states is None
        assert await back.hear_fact(Said) == Said(1, TEACHER.id, "看这里")
        assert seqs(back.lines) == list(range(seen + 1, here.lesson().seq + 1))


async def test_who_asks_that_ink_ride_in_voice_is_told_that_it_does(tmp_path: Path) -> None:
    async with school(tmp_path) as here:
        _, room = await in_class(here)
        await room.say(wire.Ride(True))
        assert (await room.hear(wire.Rides)).on


async def test_an_ask_sent_again_after_a_cut_is_harmless(tmp_path: Path) -> None:
    async with school(tmp_path) as here:
        teacher, room = await in_class(here)
        n = await room.ask(Say("听到了"))
        await teacher.hear_fact(Said)
        room.cut()
        await teacher.hear_fact(Lost)
        back = await here.enter(VILLAGE, (room.welcome.epoch, room.lesson.seq))
        assert back.welcome.asked == n
        await back.ask(Say("听到了"), n=n)
        assert (await back.hear(wire.Done)).n == n
        assert len(back.facts(Said)) == 1


async def test_own_ink_comes_back_as_its_number_only(tmp_path: Path) -> None:
    async with school(tmp_path) as here:
        teacher, room = await in_class(here)
        begin, more = stroke(teacher, 1)
        before = len(teacher.lines)
        asked = [await teacher.ask(begin), await teacher.ask(more)]
        assert await room.hear_fact(InkAdded) == InkAdded(more.stroke, more.ink, last=True)
        assert room.facts(StrokeBegun) == [StrokeBegun(begin.stroke, 1, PEN, begin.ink)]
        while len(teacher.lines) < before + 2:
            await teacher.hear(wire.Entries)
        assert [fact for _, fact in teacher.lines[before:]] == asked


async def test_a_second_window_takes_over_from_the_first(tmp_path: Path) -> None:
    async with school(tmp_path) as here:
        teacher, room = await in_class(here)
        again = await here.enter(VILLAGE)
        assert (await room.hear(wire.Goodbye)).code == "elsewhere"
        await room.closed()
        await again.done(RaiseHand())
        assert await teacher.hear_fact(HandRaised) == HandRaised(VILLAGE.id)
        assert not teacher.facts(Lost)


BAD = {
    "nonsense": b"\xc1\x00",
    "no array": b"\x01",
    "an unknown tag": wire.encode(["wish", 1]),
    "a second hello": wire.encode(wire.Hello(wire.SCHEMA, "again")),
    "an unknown command": wire.encode(wire.Ask(9, Raw(wire.encode(["lesson.explode"])))),
    "a command of wrong fields": wire.encode(wire.Ask(9, Raw(wire.encode(["page.turn", "one"])))),
    "arrays without end": b"\x93\xa3ask\x01" + b"\x91" * 60_000 + b"\xc0",
    "an offer that is not deflated": None,
}


@pytest.mark.parametrize("what", [name for name, data in BAD.items() if data])
async def test_malformed_words_are_answered_clearly_and_disturb_nobody(
    tmp_path: Path, what: str
) -> None:
    async with school(tmp_path) as here:
        teacher, room = await in_class(here)
        data = BAD[what]
        assert data is not None
        await room.ws.send_bytes(data)
        assert (await room.hear(wire.Goodbye)).code == "malformed"
        await room.closed()
        await teacher.done(Say("继续"))
        assert len((await here.enter(VILLAGE)).lesson.conduct.present) == 2


async def test_an_offer_that_is_nonsense_is_refused_and_the_lesson_goes_on(tmp_path: Path) -> None:
    async with school(tmp_path) as here:
        _, room = await in_class(here)
        await room.say(wire.Offer(1_000_000_000, b"not deflated"))
        assert (await room.hear(wire.Refusal)) == wire.Refusal(
            1_000_000_000, "malformed", "an offer is raw-deflated UTF-8"
        )
        await room.done(RaiseHand())


async def test_text_is_not_our_language(tmp_path: Path) -> None:
    async with school(tmp_path) as here:
        _, room = await in_class(here)
        await room.ws.send_str("hello")
        assert (await room.hear(wire.Goodbye)).code == "malformed"


async def test_a_message_over_the_limit_ends_the_connection(tmp_path: Path) -> None:
    async with school(tmp_path) as here:
        teacher, room = await in_class(here)
        await room.ws.send_bytes(bytes(wire.LONGEST_FRAME + 1))
        assert await room.closed() == 1009
        await teacher.done(Say("继续"))


async def test_a_forged_an_old_and_a_foreign_ticket_are_turned_away(tmp_path: Path) -> None:
    async with school(tmp_path) as here:
        good = ticket(VILLAGE)
        forged = good[:-4] + ("aaaa" if good[-4:] != "aaaa" else "bbbb")
        tickets = {
            forged: "bad-ticket",
            "": "bad-ticket",
            ticket(VILLAGE, lasts=-1.0): "ticket-expired",
            ticket(VILLAGE, lesson=LessonId("other")): "no-lesson",
        }
        for text, code in tickets.items():
            desk = await here.desk()
            await desk.say(wire.Hello(wire.SCHEMA, text))
            assert (await desk.hear(wire.Goodbye)).code == code
            await desk.closed()


async def test_a_page_of_another_version_is_told_to_load_again(tmp_path: Path) -> None:
    async with school(tmp_path) as here:
        desk = await here.desk()
        await desk.say(wire.Hello(wire.SCHEMA + 1, ticket(VILLAGE)))
        assert (await desk.hear(wire.Goodbye)).code == "schema"


async def test_whoever_does_not_begin_with_a_hello_is_let_go(tmp_path: Path) -> None:
    async with school(tmp_path) as here:
        desk = await here.desk()
        await desk.say(wire.Beat(1))
        assert (await desk.hear(wire.Goodbye)).code == "malformed"


async def test_a_page_of_another_site_cannot_open_the_socket(tmp_path: Path) -> None:
    async with school(tmp_path) as here:
        with pytest.raises(WSServerHandshakeError) as refused:
            await here.desk(origin="https://elsewhere.example")
        assert refused.value.status == 403
        desk = await here.desk(origin=here.url)
        await desk.hello(ticket(VILLAGE))


async def test_a_room_that_reads_nothing_slows_nobody_and_gets_all_anew(tmp_path: Path) -> None:
    async with school(tmp_path) as here:
        teacher, room = await in_class(here)
        stuck = await here.enter(OTHER_VILLAGE, narrow=True)
        stuck.look_away()
        loop = asyncio.get_running_loop()
        took = []
        for n in range(250):  # half a megabyte: more than its buffers here and there can hold
            asked_at = loop.time()
            await teacher.done(Say(chr(0x20000 + n) * 500))
            while len(room.facts(Said)) <= n:
                await room.hear(wire.Entries)
            took.append(loop.time() - asked_at)
        assert sorted(took)[-10] < 1.0, "a machine that others share stands still at times"
        stuck.look_again()
        while stuck.welcome.seq != here.lesson().seq:
            await stuck.hear(Welcome)
        assert stuck.lesson.facing(OTHER_VILLAGE) == here.lesson().facing(OTHER_VILLAGE)
        assert len(stuck.facts(Said)) < 250


async def test_a_patrol_is_seen_by_the_teacher_and_by_no_room(tmp_path: Path) -> None:
    async with school(tmp_path) as here:
        teacher, room = await in_class(here)
        patrol = await here.enter(PATROL)
        while Joined(PATROL, patrol.welcome.seat) not in teacher.facts(Joined):
            await teacher.hear(wire.Entries)
        await teacher.done(Say("有人来看我们吗？"))
        await room.hear_fact(Said)
        assert not [fact for fact in room.facts(Joined) if fact == Joined(PATROL, 3)]
        late = await here.enter(OTHER_VILLAGE)
        for desk in (room, late):
            assert PATROL.id not in desk.lesson.conduct.present
            assert PATROL.id.encode() not in wire.snapshot(desk.lesson)
        assert PATROL.id in patrol.lesson.conduct.present


class ShortShelf(FileShelf):
    """A disk that can be filled up."""

    def __init__(self, data: Path) -> None:
        super().__init__(data)
        self.full = False

    def journal(self, lesson: LessonId) -> FileJournal:
        shelf, opened = self, super().journal(lesson)

        class Short(FileJournal):
            def append(self, record: bytes) -> None:
                if shelf.full:
                    raise Unavailable("disk-full", "no space left on device")
                super().append(record)

        opened.__class__ = Short
        return opened


async def test_a_full_disk_refuses_the_ask_and_nothing_has_happened(tmp_path: Path) -> None:
    shelf = ShortShelf(tmp_path)
    async with school(tmp_path, shelf=shelf) as here:
        _, room = await in_class(here)
        before = wire.snapshot(here.lesson())
        shelf.full = True
        n = await room.ask(RaiseHand())
        refusal = await room.hear(wire.Refusal)
        assert (refusal.n, refusal.code) == (n, "disk-full")
        assert wire.snapshot(here.lesson()) == before
        shelf.full = False
        await room.ask(RaiseHand(), n=n)
        assert await room.hear_fact(HandRaised) == HandRaised(VILLAGE.id)


async def test_a_restarted_server_knows_everything_that_was_answered(tmp_path: Path) -> None:
    async with school(tmp_path) as here:
        teacher, room = await in_class(here)
        await teacher.done(Say("一半是多少？"))
        await room.hear_fact(Said)
        epoch, seen = room.welcome.epoch, room.lesson.seq
    async with school(tmp_path) as here:
        back = await here.enter(VILLAGE, (epoch, seen))
        assert back.welcome.epoch > epoch and back.welcome.states is None
        back.lesson = room.lesson
        await back.done(RaiseHand())
        assert back.lesson.facing(VILLAGE) == here.lesson().facing(VILLAGE)
        fresh = await here.enter(TEACHER)
        assert [m.text for m in fresh.lesson.facing(TEACHER)["chat"].messages] == ["一半是多少？"]  # type: ignore[attr-defined]


async def test_what_was_never_kept_cannot_be_resumed(tmp_path: Path) -> None:
    async with school(tmp_path) as here:
        _, room = await in_class(here)
        ahead = await here.enter(VILLAGE, (room.welcome.epoch, here.lesson().seq + 50))
        assert ahead.welcome.states is not None
        later = await here.enter(VILLAGE, (room.welcome.epoch + 1, room.lesson.seq))
        assert later.welcome.states is not None


async def test_a_beat_is_echoed_with_the_lesson_time(tmp_path: Path) -> None:
    async with school(tmp_path) as here:
        _, room = await in_class(here)
        await room.say(wire.Beat(7))
        echo = await room.hear(wire.Echo)
        assert echo.stamp == 7 and echo.ms >= room.welcome.ms


async def test_how_a_room_hears_is_shown_to_the_teacher_only(tmp_path: Path) -> None:
    async with school(tmp_path) as here:
        teacher, room = await in_class(here)
        other = await here.enter(OTHER_VILLAGE)
        report = LinkReport(hears=True, sees=False, seq=1, loss=0, rtt=30)
        await room.say(wire.Show(Raw(wire.encode(report))))
        shown = await teacher.hear(Glimpsed)
        assert (shown.who, wire.glimpse(shown.glimpse)) == (VILLAGE.id, report)
        await other.done(RaiseHand())


async def test_a_page_that_was_left_out_is_fetched(tmp_path: Path) -> None:
    async with school(tmp_path) as here:
        teacher, room = await in_class(here)
        begin, more = stroke(teacher, 1)
        await teacher.ask(begin)
        await teacher.ask(more)
        await room.hear_fact(InkAdded)
        await room.say(wire.Fetch("board", 1))
        part = await room.hear(wire.Fetched)
        assert (part.channel, part.key) == ("board", 1)
        await room.say(wire.Fetch("board", 7))
        assert (await room.hear(wire.Refusal)).code == "no-part"


async def test_all_of_a_late_channel_is_fetched_by_a_page_that_has_just_learned_of_it(
    tmp_path: Path,
) -> None:
    async with school(tmp_path) as here:
        _, room = await in_class(here)
        await room.say(wire.Fetch("questions", 0))
        part = await room.hear(wire.Fetched)
        assert msgspec.msgpack.decode(part.part, type=Questions) == Questions()


async def test_what_was_written_while_the_line_was_broken_is_taken_to_the_last_stroke(
    tmp_path: Path,
) -> None:
    """A minute of writing comes at once, far above any hand's rate."""
    async with school(tmp_path) as here:
        teacher, room = await in_class(here)
        for count in range(300):
            begin, more = stroke(teacher, count)
            await teacher.ask(begin)
            await teacher.ask(more)
        await teacher.done(Say("好"))
        board = here.lesson().channel("board")
        assert isinstance(board, Board) and len(board.pages[1].marks) == 300
        await room.hear_fact(Said)
        assert len(room.facts(StrokeBegun)) == 300


async def test_a_flood_waits_and_who_goes_on_with_it_is_let_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("signaling.session.MOST_HELD", 50)
    async with school(tmp_path) as here:
        teacher, room = await in_class(here)
        for _ in range(500):
            await room.say(wire.Show(Raw(wire.encode(Pointer(1, 1)))))
        await teacher.done(Say("继续"))
        assert (await room.hear(wire.Goodbye)).code == "malformed"


async def test_a_welcome_names_the_turn_server_for_whoever_has_no_udp(tmp_path: Path) -> None:
    async with school(tmp_path) as here:
        (server,) = (await here.enter(VILLAGE)).welcome.ice
        assert server.urls == ["turn:turn.example:443?transport=tcp"]
        assert server.username.endswith(f":{VILLAGE.id}") and server.credential
