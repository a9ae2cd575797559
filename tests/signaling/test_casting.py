import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import msgspec
import pytest

from signaling.casting import TRACK_NAMES, Casting
from signaling.room import Room
from signaling.sfu import orders
from synclass import wire
from synclass.adapters.memory import MemoryJournal
from synclass.conduct import Begin, End, Join, Joined, Leave, Lose, Lost, Open
from synclass.errors import Unavailable
from synclass.framing import Deframer, frame
from synclass.inclass.chat import Said, Say, To
from synclass.inclass.stage import Cast, InviteOnStage
from synclass.inclass.tracks import Missed, NoteTaping, NoteTrack, Tracks, Unseen, Watched
from synclass.ink import Chain, encode
from synclass.inklines import unpack
from synclass.marks import SEAT, Pen
from synclass.strokes import AddInk, BeginStroke, InkAdded
from synclass.words import SYSTEM, LessonId, Participant, ParticipantId

from ..conftest import PATROL, TEACHER, VILLAGE
from ..waiting import until

LESSON = LessonId("fractions")


class FarEnd:
    """The other end of the worker's socket: hears orders, tells events, and can be cut off."""

    def __init__(self, path: Path) -> None:
        self.path = str(path)
        self.heard: asyncio.Queue[orders.Order] = asyncio.Queue()
        self.present: dict[str, list[str]] | None = {}
        """What it answers to a survey; None: the test does."""
        self.writer: asyncio.StreamWriter

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.writer, deframer = writer, Deframer()
        with suppress(asyncio.CancelledError):
            while data := await reader.read(65536):
                for message in deframer.feed(data):
                    order = orders.read_order(message)
                    self.heard.put_nowait(order)
                    if order == orders.Survey() and self.present is not None:
                        self.tell(orders.Surveyed(self.present))

    async def start(self) -> None:
        self.server = await asyncio.start_unix_server(self._serve, self.path)

    async def until(self, *wanted: orders.Order) -> list[orders.Order]:
        """Read orders until all of these have come."""
        heard: list[orders.Order] = []
        async with asyncio.timeout(5):
            while not all(order in heard for order in wanted):
                heard.append(await self.heard.get())
        return heard

    def tell(self, event: orders.Event) -> None:
        self.writer.write(frame(orders.encode(event)))


@pytest.fixture
async def worker(tmp_path: Path) -> AsyncIterator[FarEnd]:
    end = FarEnd(tmp_path / "media.sock")
    await end.start()
    yield end
    end.server.close()


@pytest.fixture
async def casting(worker: FarEnd) -> AsyncIterator[Casting]:
    casting = Casting([worker.path])
    work = asyncio.create_task(casting.run())
    yield casting
    work.cancel()


def live(casting: Casting) -> Room:
    room = Room(
        MemoryJournal(),
        watch=lambda room, new: casting.watch(LESSON, new),
        rest=lambda room: casting.rest(LESSON),
    )
    room.open(Open(1, 1.7e9, "boot:0", "分数", "数学", "wang"), origin=5.0)
    casting.take(LESSON, room)
    for who in (TEACHER, VILLAGE, PATROL):
        room.ask(who, Join())
    return room


def plan(*casts: Cast, who: str = VILLAGE.id) -> orders.Arrange:
    return orders.Arrange(LESSON, who, list(casts))


MAIN = (
    Cast("audio", 0, TEACHER.id, "voice", True),
    Cast("video", 0, TEACHER.id, "camera", True),
    Cast("video", 1, TEACHER.id, "content", True),
)


async def test_every_room_is_shown_the_teacher(worker: FarEnd, casting: Casting) -> None:
    live(casting)
    await worker.until(orders.Open(LESSON, 5.0), plan(*MAIN), plan(*MAIN, who=PATROL.id))


async def test_the_tape_runs_from_bell_to_bell(worker: FarEnd, casting: Casting) -> None:
    room = live(casting)
    room.ask(TEACHER, Begin())
    room.ask(TEACHER, InviteOnStage(VILLAGE.id))
    tape = [*((TEACHER.id, name) for name in TRACK_NAMES), (VILLAGE.id, "voice")]
    await worker.until(orders.Tape(LESSON, tape, [TEACHER.id]))  # type: ignore[arg-type]
    room.ask(TEACHER, End())
    heard = await worker.until(orders.Close(LESSON))
    assert orders.Tape(LESSON, []) in heard
    worker.tell(orders.Missed(LESSON, TEACHER.id, "voice", 0.00049, 9.5))  # told at the bell
    missed = Missed(TEACHER.id, "voice", 0.0, 9.5)
    await until(lambda: wire.entries(list(room._journal.records())[-1])[0].fact == missed)


async def test_what_does_not_concern_the_stage_says_nothing_twice(
    worker: FarEnd, casting: Casting
) -> None:
    room = live(casting)
    await worker.until(plan(*MAIN), plan(*MAIN, who=PATROL.id))
    room.ask(TEACHER, Begin())
    room.ask(VILLAGE, Leave())
    heard = await worker.until(orders.Dismiss(LESSON, VILLAGE.id))
    assert not any(isinstance(order, orders.Arrange) and order.who == PATROL.id for order in heard)


async def test_a_worker_that_starts_anew_is_told_everything_again(
    worker: FarEnd, casting: Casting
) -> None:
    room = live(casting)
    await worker.until(plan(*MAIN))
    room.ask(TEACHER, Begin())
    room.tell(NoteTaping(True))
    tracks = room.lesson.channel("tracks")
    assert isinstance(tracks, Tracks) and tracks.taping
    casting.ride(LESSON, VILLAGE.id, on=True)
    await worker.until(riding := orders.Ride(LESSON, VILLAGE.id, True))
    worker.writer.close()
    await worker.until(orders.Open(LESSON, 5.0), plan(*MAIN), riding)
    assert not tracks.taping, "the recording light goes out while nothing is taped"


async def test_ink_rides_to_those_who_asked_but_not_to_who_drew_it(
    worker: FarEnd, casting: Casting
) -> None:
    room = live(casting)
    await worker.until(plan(*MAIN))
    room.ask(TEACHER, Begin())
    chain = Chain()
    drawn = BeginStroke(SEAT, 1, Pen("pen", 1, 12), encode(chain, [(4, 4, 9)], first=True))
    casting.ride(LESSON, TEACHER.id, on=True)
    room.ask(TEACHER, drawn, 1)
    casting.ride(LESSON, VILLAGE.id, on=True)
    room.ask(TEACHER, AddInk(SEAT, encode(chain, [(9, 9, 9)], first=False), last=True), 2)
    seq, ms = room.lesson.seq, room.lesson.ms
    casting.ride(LESSON, TEACHER.id, on=False)
    heard = await worker.until(orders.Ride(LESSON, TEACHER.id, False))
    [ink] = [order for order in heard if isinstance(order, orders.Ink)]
    assert (ink.number, ink.to) == (seq, [VILLAGE.id])
    message = msgspec.msgpack.decode(ink.batch, type=wire.Inks)
    [(its_seq, its_ms, fact)] = unpack(message.lines)
    assert (its_seq, its_ms) == (seq, ms) and isinstance(fact, InkAdded)


async def test_what_is_said_between_two_strokes_rides_too_or_the_second_would_wait(
    worker: FarEnd, casting: Casting
) -> None:
    """Also that a room is back.  Of what it may not see it is told that it was, and no more."""
    room = live(casting)
    await worker.until(plan(*MAIN))
    room.ask(TEACHER, Begin())
    casting.ride(LESSON, VILLAGE.id, on=True)
    room.ask(TEACHER, Say("看这里"))
    room.ask(TEACHER, Say("only for teachers", To.TEACHERS))
    room.tell(Lose(VILLAGE.id))
    room.ask(VILLAGE, Join())
    casting.ride(LESSON, VILLAGE.id, on=False)
    heard = await worker.until(orders.Ride(LESSON, VILLAGE.id, False))
    lines = [
        msgspec.msgpack.decode(order.batch, type=wire.Line)
        for order in heard
        if isinstance(order, orders.Ink)
    ]
    assert [line.seq for line in lines] == [room.lesson.seq - n for n in (3, 2, 1, 0)]
    seen = [type(wire.fact(line.fact)) for line in lines if line.fact != wire.NOTHING]
    assert seen == [Said, Lost, Joined] and lines[1].fact == wire.NOTHING


class Seat:
    """A member whose line we hold ourselves."""

    def __init__(self, me: Participant) -> None:
        self.me, self.seen, self.tick, self.recalls = me, 0, 0.05, 0
        self.glimpses: list[bytes] = []

    def wake(self) -> None: ...
    def glimpse(self, key: str, data: bytes) -> None:
        self.glimpses.append(data)

    def dismiss(self, code: str, message: str) -> None: ...
    def recall(self) -> None:
        self.recalls += 1


async def test_who_is_missing_from_a_worker_that_is_back_is_asked_to_offer_anew(
    worker: FarEnd, casting: Casting
) -> None:
    worker.present = None
    room = live(casting)
    teacher, village = Seat(TEACHER), Seat(VILLAGE)
    for member in (teacher, village):
        room.enter(member, None)
    await worker.until(orders.Survey())
    for who in (TEACHER.id, VILLAGE.id):
        room.tell(NoteTrack(who, "voice", "opus"))
    worker.tell(orders.Surveyed({LESSON: [VILLAGE.id]}))
    tracks = room.lesson.channel("tracks")
    assert isinstance(tracks, Tracks)
    await until(lambda: teacher.recalls == 1)
    assert village.recalls == 0 and tracks.live == {"caoxing/voice": "opus"}


async def test_a_publisher_alone_is_told_which_of_its_layers_are_shown(
    worker: FarEnd, casting: Casting
) -> None:
    room = live(casting)
    teacher, village = Seat(TEACHER), Seat(VILLAGE)
    for member in (teacher, village):
        room.enter(member, None)
    await worker.until(plan(*MAIN))
    worker.tell(orders.Watched(LESSON, TEACHER.id, {"camera": ["q"], "content": []}))
    await until(lambda: bool(teacher.glimpses))
    shown = wire.Glimpsed(SYSTEM.id, Watched(TEACHER.id, {"camera": ["q"], "content": []}))
    assert teacher.glimpses == [wire.encode(shown)]
    assert village.glimpses == []


async def test_a_publisher_alone_is_told_who_lacks_its_codec(
    worker: FarEnd, casting: Casting
) -> None:
    room = live(casting)
    teacher, village = Seat(TEACHER), Seat(VILLAGE)
    for member in (teacher, village):
        room.enter(member, None)
    await worker.until(plan(*MAIN))
    worker.tell(orders.Unseen(LESSON, TEACHER.id, "camera", "H264", [VILLAGE.id]))
    await until(lambda: bool(teacher.glimpses))
    said = wire.Glimpsed(SYSTEM.id, Unseen(TEACHER.id, "camera", "H264", [VILLAGE.id]))
    assert teacher.glimpses == [wire.encode(said)]
    assert village.glimpses == []


async def test_what_the_worker_hears_becomes_fact(worker: FarEnd, casting: Casting) -> None:
    room = live(casting)
    await worker.until(plan(*MAIN))
    worker.tell(orders.Published(LESSON, TEACHER.id, "voice", "opus"))
    worker.tell(orders.Clock(LESSON, TEACHER.id, "voice", 48_000, 1.00049))
    worker.tell(orders.Taping(LESSON, True))
    tracks = room.lesson.channel("tracks")
    assert isinstance(tracks, Tracks)
    await until(lambda: tracks.taping)
    assert tracks.live == {"wang/voice": "opus"} and tracks.clocks["wang/voice"].at == 1.0


async def test_an_offer_for_a_lesson_that_is_not_live_is_refused(casting: Casting) -> None:
    with pytest.raises(Unavailable, match="not live"):
        await casting.invite(LESSON, TEACHER.id, "v=0")


@pytest.fixture
async def workers(tmp_path: Path) -> AsyncIterator[tuple[Casting, list[FarEnd]]]:
    ends = [FarEnd(tmp_path / f"media-{n}.sock") for n in range(2)]
    for end in ends:
        await end.start()
    yield Casting([end.path for end in ends]), ends
    for end in ends:
        end.server.close()


@asynccontextmanager
async def working(casting: Casting) -> AsyncIterator[None]:
    work = asyncio.create_task(casting.run())
    yield
    work.cancel()


async def test_a_lesson_whose_worker_died_goes_on_in_another(
    workers: tuple[Casting, list[FarEnd]],
) -> None:
    casting, ends = workers
    async with working(casting):
        await until(lambda: all(known.is_set() for known in casting._known))
        room, village = live(casting), Seat(VILLAGE)
        room.enter(village, None)
        place = casting._spread.place(LESSON)
        await ends[place].until(plan(*MAIN))
        room.tell(NoteTrack(VILLAGE.id, "voice", "opus"))
        ends[place].server.close()
        ends[place].writer.close()
        await ends[1 - place].until(orders.Open(LESSON, 5.0), plan(*MAIN))
        tracks = room.lesson.channel("tracks")
        assert isinstance(tracks, Tracks)
        await until(lambda: village.recalls == 1 and not tracks.live)


async def test_an_offer_does_not_wait_for_ever_for_a_worker_that_says_nothing(
    worker: FarEnd, casting: Casting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("signaling.casting.ANSWER", 0.05)
    worker.present = None
    live(casting)
    await until(lambda: casting.workers[0].up)
    with pytest.raises(Unavailable, match="does not answer"):
        await casting.invite(LESSON, VILLAGE.id, "v=0")


async def test_a_lesson_that_is_over_keeps_no_place(worker: FarEnd, casting: Casting) -> None:
    live(casting)
    await worker.until(orders.Open(LESSON, 5.0))
    casting.drop(LESSON)
    await worker.until(orders.Close(LESSON))
    casting.dismiss(LESSON, VILLAGE.id)
    assert casting._spread.at(0) == []


async def test_after_a_restart_a_lesson_is_where_its_worker_says(
    workers: tuple[Casting, list[FarEnd]],
) -> None:
    casting, ends = workers
    live(casting)
    there = 1 - casting._spread.place(LESSON)
    ends[there].present = {LESSON: [VILLAGE.id]}
    async with working(casting):
        await ends[there].until(orders.Open(LESSON, 5.0), plan(*MAIN))
        assert casting._spread.place(LESSON) == there


class Porter:
    """A doorkeeper that remembers what it was told."""

    def __init__(self) -> None:
        self.told: list[tuple[str, object]] = []

    def gone(self, lesson: LessonId, peer: str) -> None:
        self.told.append(("gone", peer))

    def left(self, lesson: LessonId, who: ParticipantId) -> None:
        self.told.append(("left", who))

    def census(self, lesson: LessonId, there: frozenset[str]) -> None:
        self.told.append(("census", there))

    def found(self, lesson: LessonId, there: frozenset[str]) -> None:
        self.told.append(("found", there))


async def test_a_player_is_shown_the_teacher_and_the_doorkeeper_hears_of_its_end(
    worker: FarEnd, casting: Casting
) -> None:
    room, porter = live(casting), Porter()
    casting.doorkeeper = porter
    room.ask(TEACHER, InviteOnStage(VILLAGE.id))
    await until(lambda: porter.told == [("census", frozenset())])
    porter.told.clear()
    casting.play(LESSON, "x#content-1", "content")
    first = [MAIN[0], Cast("video", 1, TEACHER.id, "camera", True)]
    first += [Cast("video", 0, TEACHER.id, "content", True)]
    await worker.until(plan(*first, who="x#content-1"))
    worker.tell(orders.Gone(LESSON, "x#content-1", "consent-lost"))
    await until(lambda: porter.told == [("gone", "x#content-1")])
    room.ask(VILLAGE, Leave())
    assert porter.told[1:] == [("left", VILLAGE.id)]
    room.ask(TEACHER, Begin())
    room.ask(TEACHER, End())
    assert porter.told[2:] == [("census", frozenset())]


async def test_a_lesson_taken_up_again_is_told_who_is_there_already(
    worker: FarEnd, casting: Casting
) -> None:
    porter = Porter()
    casting.doorkeeper = porter
    worker.present = {LESSON: ["wang#whip-1", "wang#whip-2"]}
    await until(casting._known[0].is_set)
    worker.tell(orders.Gone(LESSON, "wang#whip-2", "left"))
    worker.tell(orders.Gone("other", "x#whip-3", "left"))
    await until(lambda: ("gone", "x#whip-3") in porter.told)
    porter.told.clear()
    live(casting)
    assert porter.told == [("found", frozenset({"wang#whip-1"}))]
