"""What a room's line loses, told from what its teacher's line has lost before."""

from struct import pack

from hypothesis import given
from hypothesis import strategies as st

from signaling.sfu.rtcp import receiver_report
from signaling.sfu.toll import Toll

from . import packets
from .planes import Ends

WORD = b"\x78" + bytes(30)


class Room:
    """It hears a voice of which some packets never come to us."""

    def __init__(self, ends: Ends, *, sound: bool = False) -> None:
        self.ends = ends
        self.teacher = packets.Publisher(ends.plane, "opus")
        self.stream = ends.stream("audio")
        self.stream.show(self.teacher.source.inlet, 111, 0)
        self.toll = Toll(self.stream, sound=sound)
        self.n = self.lost = 0

    def speak(self, words: int, *, missing: int = 0) -> None:
        """Of these words the first ``missing`` do not come."""
        for word in range(words + 1):
            if word == 0 or word > missing:
                self.come(self.n)
            self.n += 1

    def come(self, n: int) -> None:
        self.teacher.send(packets.rtp(n, n * 960, WORD), now=self.n / 50)

    def ask(self, words: int) -> None:
        """Of the newest, one in two, and each twice."""
        for back in [*range(0, 2 * words, 2)] * 2:
            seq = self.stream.top - back & 0xFFFF
            nack = pack("!BBHIIHH", 0x81, 205, 3, 1, self.stream.ssrc, seq, 0)
            self.ends.hear(nack, self.n / 50)

    def tell(self, lost: int, reached: int = 0) -> None:
        """So many more are missing in the room (or fewer: some came late)."""
        self.lost += lost
        block = pack("!IIIIII", self.stream.ssrc, self.lost & 0xFFFFFF, reached, 0, 0, 0)
        self.ends.hear(receiver_report([block]), self.n / 50)


def test_nothing_is_known_before_a_report(subscriber: Ends) -> None:
    room = Room(subscriber)
    room.speak(50)
    assert not room.toll.news
    room.tell(0)
    assert room.toll.news
    assert (room.toll.take().packets, room.toll.news) == (51, False)


def test_what_the_line_loses_is_told_as_it_is_reported(subscriber: Ends) -> None:
    room = Room(subscriber)
    room.speak(99)
    room.tell(25)
    assert room.toll.take() == (100, 100 * len(WORD), 0.25)
    room.speak(99)
    room.tell(0)
    assert room.toll.take().share == 0


def test_what_came_of_a_voice_only_when_asked_for_was_lost_all_the_same(subscriber: Ends) -> None:
    room = Room(subscriber, sound=True)
    room.speak(99)
    room.ask(25)
    room.tell(0)
    assert room.toll.take().share == 0.25
    room.speak(99)
    room.tell(10)
    assert room.toll.take().share == 0.1


def test_a_report_that_comes_late_is_about_what_it_says(subscriber: Ends) -> None:
    room = Room(subscriber)
    room.speak(99)
    room.tell(0, 65631)
    room.toll.take()
    room.speak(99)
    room.tell(0, 65631)
    room.toll.take()
    room.speak(4)
    room.tell(50, 65731)
    assert room.toll.take().share == 0.5, "of a hundred, though five were sent since"


def test_a_hole_that_the_teachers_line_made_is_no_fault_of_the_rooms(subscriber: Ends) -> None:
    room = Room(subscriber)
    room.speak(9)
    room.tell(0)
    room.toll.take()
    for lost in (20, 40):
        room.speak(99, missing=20)
        room.tell(lost)
        share = room.toll.take().share
    assert share == 20 / 80, "a quarter of what did come is lost"


def test_what_comes_late_was_no_loss_of_the_rooms_whenever_it_tells(subscriber: Ends) -> None:
    room = Room(subscriber)
    room.speak(9)
    room.tell(0)
    room.toll.take()
    shares = []
    for _ in range(10):
        room.speak(10, missing=3)
        for late in range(3):
            room.come(room.n - 10 + late)
        room.tell(3)
        shares.append(room.toll.take().share)
        room.tell(-3)
        shares.append(room.toll.take().share)
    assert shares[0] > 0, "the report is older than what came late"
    assert sum(shares[1:]) == 0, "which has told us once, and not again"


def test_numbers_given_out_before_the_handshake_hide_no_loss(subscriber: Ends) -> None:
    room = Room(subscriber)
    room.speak(9, missing=5)
    room.tell(5)
    assert room.toll.take().share == 0
    room.speak(99)
    room.tell(50)
    assert room.toll.take().share == 0.5


def test_what_we_dropped_ourselves_is_no_loss_of_the_line(subscriber: Ends) -> None:
    room = Room(subscriber)
    room.speak(9)
    room.tell(0)
    room.toll.take()
    room.toll.forgive()
    room.tell(0)
    assert room.toll.take().share == 0
    room.speak(99)
    room.tell(60)
    assert room.toll.take().share == 0, "seen only when it goes on"
    room.speak(99)
    room.tell(25)
    assert room.toll.take().share == 0.25


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40), st.integers(-99, 99))))
def test_whatever_comes_and_is_said_it_is_a_share(said: list[tuple[int, int, int]]) -> None:
    with Ends("python") as ends:
        room = Room(ends.connect())
        for words, missing, lost in said:
            room.speak(words, missing=missing)
            room.tell(lost)
            assert 0 <= room.toll.take().share <= 1
