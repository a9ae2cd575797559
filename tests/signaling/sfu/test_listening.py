"""What one room hears, on both planes: its plan follows its line, and what it asks for."""

from struct import pack

import pytest

from signaling.sfu.listening import Listening, Speakers
from signaling.sfu.packet import build_rtp, parse_rtp
from signaling.sfu.plane import Event
from signaling.sfu.red import unwrap
from signaling.sfu.rider import read
from signaling.sfu.rtcp import receiver_report
from signaling.sfu.slots import Format, Slot
from signaling.sfu.voiceplan import Plan
from synclass import opus
from synclass.inclass.stage import Cast
from synclass.words import ParticipantId

from . import packets
from .planes import START, Ends

OPUS, RED, TOC = 111, 63, 0x78
WORD = opus.pack(TOC, [b"word"])


class Room:
    """A room with two voices, and the teacher who speaks to it."""

    def __init__(self, ends: Ends, *, red: int = RED) -> None:
        self.ends = ends
        self.speakers: Speakers = {}
        form = Format("3", "audio", {"opus": (OPUS, 0)}, mid_id=4, red=red)
        self.slots = [
            Slot(form, ends.line, ends.plane, ssrc=50 + n, rtx_ssrc=60 + n, start=START)
            for n in range(2)
        ]
        self.listening = Listening(self.slots, ends.line, self.speakers)
        self.source = ends.plane.source(ends.line, 7, "opus")
        self.teacher = packets.Publisher(ends.plane, "opus", ssrc=8)
        self.slots[0].show(self.teacher.source, 0.0)
        self.n = self.lost = self.told = 0

    @property
    def now(self) -> float:
        return self.n / 50

    def speak(self, words: int) -> None:
        """So many packets of 20 ms, with the room's ticks between them."""
        for _ in range(words):
            packet = packets.rtp(self.n, self.n * 960, WORD, ssrc=8)
            self.n += 1
            told = self.ends.plane.inject(self.teacher.line, build_rtp(packet), self.now)
            self.hear(told)
            if self.n % 3 == 0:
                self.listening.tick(self.now)

    def rest(self, seconds: float) -> None:
        for _ in range(int(seconds * 50)):
            self.n += 1
            if self.n % 3 == 0:
                self.listening.tick(self.now)

    def hear(self, told: list[Event]) -> None:
        for event in told:
            if event[0] == "voice":
                self.speakers[event[1]](event)

    def lose(self, share: float) -> None:
        """The room says so, and is looked after."""
        stream = self.slots[0].stream
        self.lost += round(share * (stream.packets - self.told))
        self.told = stream.packets
        self.ends.hear(report(50, self.lost), self.now)
        self.listening.look(self.now, 0)

    def came(self) -> list[bytes]:
        """The newest payload of every packet that came since the last time."""
        sent = [parse_rtp(data) for data in self.ends.receive()]
        self.ends.sent.clear()
        for one in sent:
            assert one.pt in (OPUS, RED)
        return [
            unwrap(one.ts, one.payload)[-1].payload if one.pt == RED else one.payload
            for one in sent
        ]


def report(ssrc: int, lost: int) -> bytes:
    """A receiver's report that so many were lost in all."""
    return receiver_report([pack("!IIIIII", ssrc, lost, 0, 0, 0, 0)])


def nack(ssrc: int, *seqs: int) -> bytes:
    head = pack("!BBHII", 0x81, 205, 2 + len(seqs), 1, ssrc)
    return head + b"".join(pack("!HH", seq & 0xFFFF, 0) for seq in seqs)


@pytest.fixture
def room(subscriber: Ends) -> Room:
    return Room(subscriber)


def frames(payloads: list[bytes]) -> int:
    return sum(len(opus.parse(payload).frames) for payload in payloads)


def test_on_a_good_line_a_voice_passes_by_the_plane_alone(room: Room) -> None:
    room.speak(50)
    room.lose(0.0)
    room.speak(50)
    assert room.listening.plan == Plan() and not room.speakers
    assert len(room.came()) == 100


def test_loss_brings_copies_and_calm_takes_them_away_and_nothing_is_missed(room: Room) -> None:
    room.speak(50)
    room.lose(0.2)
    assert room.listening.plan == Plan(60, 2)
    room.speak(51)
    assert frames(room.came()) == 101
    for _ in range(40):
        room.lose(0.0)
        room.speak(50)
    assert room.listening.plan == Plan() and not room.speakers
    assert frames(room.came()) == 2000


def test_what_a_full_line_loses_is_not_answered_with_copies(room: Room) -> None:
    room.speak(50)
    room.ends.hear(report(50, 20), room.now)
    room.listening.look(room.now, 150_000, full=True)
    assert room.listening.plan == Plan(60)
    room.speak(50)
    room.ends.hear(report(50, 40), room.now)
    room.listening.look(room.now, 150_000)
    assert room.listening.plan.copies > 0


def test_a_thin_line_gets_long_packets(room: Room) -> None:
    room.listening.look(0.0, 150_000)
    room.speak(30)
    assert room.listening.plan == Plan(60) and len(room.came()) == 10


def test_what_is_asked_for_again_counts_as_lost(room: Room) -> None:
    room.speak(50)
    first = parse_rtp(room.ends.receive()[0]).seq
    room.ends.hear(nack(50, *range(first + 40, first + 50)), room.now)
    room.listening.look(room.now, 0)
    assert room.listening.plan.copies == 2


def test_a_browser_without_red_gets_the_same_packets_again(subscriber: Ends) -> None:
    room = Room(subscriber, red=0)
    room.speak(50)
    room.lose(0.3)
    subscriber.receive()
    subscriber.raw.clear()
    room.speak(60)
    subscriber.receive()
    times = [subscriber.raw.count(data) for data in dict.fromkeys(subscriber.raw)]
    assert times == [3] * 18 + [2, 1]


def test_ink_rides_where_it_is_asked_for_and_every_voice_is_led_aside_then(room: Room) -> None:
    room.listening.add(1, b"nobody asked")
    room.listening.ride(0.0, on=True)
    assert len(room.speakers) == 2
    room.speak(10)
    room.listening.add(2, b"stroke")
    room.speak(10)
    carried = [read(opus.parse(payload).padding) for payload in room.came()]
    assert [ink for ink in carried if ink] == [[(2, b"stroke")]] * 4
    room.listening.ride(room.now, on=False)
    assert not room.speakers


def test_on_a_worse_line_ink_rides_in_more_packets(room: Room) -> None:
    room.listening.ride(0.0, on=True)
    room.speak(50)
    room.lose(0.3)
    room.lose(0.3)
    room.came()
    room.listening.add(2, b"stroke")
    room.speak(60)
    assert sum(bool(read(opus.parse(payload).padding)) for payload in room.came()) > 4


def test_ink_that_rides_has_its_share_of_a_thin_line_before_copies_have(room: Room) -> None:
    room.speak(50)
    room.lose(0.3)
    room.listening.look(room.now, 80_000)
    assert room.listening.plan == Plan(60, 1)
    room.listening.ride(room.now, on=True)
    room.listening.look(room.now, 80_000)
    assert room.listening.plan == Plan(60)


def test_in_silence_only_the_last_voice_carries_ink_on(room: Room) -> None:
    room.listening.ride(0.0, on=True)
    room.speak(10)
    room.slots[1].show(room.teacher.source, room.now)
    room.speak(1)
    room.came()
    room.listening.add(2, b"stroke")
    room.rest(2.0)
    assert len(room.came()) == 4


def test_on_a_line_for_two_voices_the_loudest_is_heard_beside_the_teacher(room: Room) -> None:
    teacher, a, b = casts = [
        Cast("audio", n, ParticipantId(who), "voice", large=n == 0)
        for n, who in enumerate(("teacher", "a", "b"))
    ]
    levels = {"a": 30, "b": 20}
    assert not room.listening.choose(casts, levels, 0.0)
    assert all(map(room.listening.hears, casts))
    room.listening.look(0.0, 100_000)
    assert room.listening.choose(casts, levels, 1.0)
    assert [cast for cast in casts if room.listening.hears(cast)] == [teacher, b]
    room.listening.look(2.0, 64_000)
    assert room.listening.choose(casts, levels, 2.0)
    assert [cast for cast in casts if room.listening.hears(cast)] == [teacher]
    room.listening.look(3.0, 2_000_000)
    assert room.listening.choose(casts, levels, 3.0)
    assert room.listening.hears(a)


def test_nobody_is_spoken_to_who_has_left(room: Room) -> None:
    room.listening.ride(0.0, on=True)
    room.listening.close()
    assert not room.speakers
