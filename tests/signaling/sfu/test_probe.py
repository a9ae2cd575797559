"""A line that grows gives the better picture soon; one that does not is left in peace."""

import random

import pytest

from signaling.sfu.budget import BOARD
from signaling.sfu.estimate import UNLIMITED, Estimate, Heard
from signaling.sfu.probe import DELAY, FIRST_WAIT, LONGEST_REST, LONGEST_WAIT, QUIET, Prober

from .river import LADDER, VOICE, Room

WISH = 2_000_000


def carried(bps: float) -> int:
    """The best level that a line of this capacity carries."""
    return max((n for n, c in enumerate(LADDER) if c + VOICE + BOARD <= bps), default=-1)


def test_a_good_line_has_full_quality_from_the_first_moment() -> None:
    room = Room(lambda now: 10e6)
    room.run(20.0)
    assert room.levels == [(0.0, len(LADDER) - 1)]
    assert room.estimate.bps == UNLIMITED


@pytest.mark.parametrize("capacity", [250e3, 500e3, 700e3, 1.3e6, 1.7e6])
@pytest.mark.parametrize("trip", [0.02, 0.06, 0.2])
def test_a_steady_line_finds_its_level_and_keeps_it(capacity: float, trip: float) -> None:
    room = Room(lambda now: capacity, trip=trip)
    room.run(120.0)
    assert carried(capacity / 1.2) <= room.level_at(25.0) <= carried(capacity)
    assert room.switches(25.0, 120.0) <= 1
    assert max(delay for at, delay in room.delays if at > 25) < 2.5 * DELAY


@pytest.mark.parametrize("capacity", [350e3, 500e3, 1e6])
@pytest.mark.parametrize("jitter", [0.02, 0.08])
def test_a_restless_line_switches_seldom(capacity: float, jitter: float) -> None:
    room = Room(lambda now: capacity, jitter=jitter)
    room.run(120.0)
    assert room.switches(15.0, 120.0) <= 16
    late = [delay > 0.25 for at, delay in room.delays if at > 15]
    assert sum(late) < 0.15 * len(late)


@pytest.mark.parametrize("grows_at", [30.0, 31.3, 33.1, 41.7, 52.9])
@pytest.mark.parametrize(
    ("before", "after"), [(200e3, 2e6), (300e3, 700e3), (500e3, 2e6), (700e3, 2e6)]
)
def test_a_line_that_grows_gives_the_better_layer_within_ten_seconds(
    before: float, after: float, grows_at: float
) -> None:
    room = Room(lambda now: before if now < grows_at else after, seed=int(10 * grows_at))
    room.run(grows_at + 10)
    assert room.level_at(grows_at + 10) == carried(after / 1.15)
    assert room.level_at(grows_at + 6) > room.level_at(grows_at)


def test_a_line_that_shrinks_is_followed_within_two_seconds() -> None:
    room = Room(lambda now: 2e6 if now < 20 else 200e3)
    room.run(60.0)
    assert room.level_at(22.0) <= carried(200e3)
    assert max(delay for at, delay in room.delays if at > 26) < 2 * DELAY


@pytest.mark.parametrize("falls_at", [20.0, 20.2, 20.4, 20.7, 20.9])
@pytest.mark.parametrize(("left", "most", "then"), [(200e3, 0.5, 0.02), (100e3, 1.0, 0.1)])
def test_a_line_that_falls_to_a_tenth_costs_the_voice_less_than_its_queue_is_long(
    left: float, most: float, then: float, falls_at: float
) -> None:
    """Until the first report about it is here, what comes into a full queue is lost.

    Then not even a picture that is tried disturbs it; on 100 kbit/s there is room for none.
    """
    room = Room(lambda now: 2e6 if now < falls_at else left, buffer=0.3, trip=0.1)
    room.run(falls_at + 10)
    assert room.voice_lost(falls_at, falls_at + 10) < most
    assert room.voice_lost(falls_at + 3, falls_at + 10) <= then


def test_random_loss_alone_does_not_take_the_picture_away() -> None:
    room = Room(lambda now: 10e6, loss=0.3)
    room.run(30.0)
    assert room.level_at(30.0) == len(LADDER) - 1


class Probed:
    """A prober whose line is told by hand."""

    def __init__(self, bps: int = 400_000) -> None:
        self.estimate, self.prober = Estimate(), Prober()
        self.estimate.reduce(bps, 0.0)
        self.now, self.reported_at, self.octets = 0.0, -1.0, 0
        for self.now in (2.0, 3.0, 4.0):
            self.report(0.05)

    @property
    def told(self) -> dict[str, float]:
        """It is alive, whether it reports or not."""
        return {"reported_at": self.reported_at, "heard_at": self.now}

    def waits(self) -> None:
        """For a quarter of a second, in which it is alive."""
        self.now += 0.25
        self.prober.heed(self.estimate, self.now, **self.told)

    def breaks(self, seconds: float) -> None:
        """Nothing is heard of it any more."""
        broke, until = self.now, self.now + seconds
        while self.now < until:
            self.now += 0.05
            self.prober.heed(self.estimate, self.now, reported_at=self.reported_at, heard_at=broke)
            if self.prober.begin(self.estimate, WISH, self.now):
                self.train()

    def report(self, rtt: float, loss: float = 0.0) -> None:
        self.reported_at = self.now
        heard = Heard(self.octets, loss=loss, rtt=rtt, reported_at=self.now, packets=100)
        self.estimate.hear(heard, self.now)
        self.prober.heed(self.estimate, self.now, **self.told)

    def until_train(self, rtt: float = 0.05) -> float:
        """When the next train leaves; reports come every second meanwhile."""
        while not self.prober.begin(self.estimate, WISH, self.now):
            self.now += 0.25
            if self.now - self.reported_at >= 1.0:
                self.report(rtt)
            assert self.now < 100
        return self.now

    def train(self) -> int:
        """Send it; its octets."""
        sent = 0
        while owed := self.prober.owed(self.now, ahead=0.05):
            self.prober.sent(owed, self.estimate, self.now)
            sent += owed
            self.now += 0.05
        return sent


def test_nobody_is_probed_who_has_all_he_wants() -> None:
    line = Probed(WISH)
    line.now = 50.0
    assert not line.prober.begin(line.estimate, WISH, line.now)


def test_a_train_that_fails_is_waited_for_twice_as_long_each_time() -> None:
    line, waits = Probed(), []
    line.until_train()
    for _ in range(5):
        line.train()
        line.now += 0.6
        failed_at = line.now
        line.report(0.05 + 1.5 * DELAY)
        waits.append(round(line.until_train() - failed_at))
    assert waits == [FIRST_WAIT, 2 * FIRST_WAIT, LONGEST_WAIT, LONGEST_WAIT, LONGEST_WAIT]
    assert line.estimate.bps == 400_000


def test_a_train_adds_no_more_than_its_delay() -> None:
    line = Probed()
    line.until_train()
    assert 0 < line.train() <= 400_000 * 2.5 / 8 * DELAY


def test_where_there_is_nothing_to_copy_the_layer_itself_is_the_probe() -> None:
    line = Probed()
    line.until_train()
    assert line.prober.owed(line.now, ahead=0.05) > 0
    line.prober.sent(0, line.estimate, line.now)
    assert line.estimate.bps > 400_000


def test_where_no_picture_fits_at_all_it_is_tried_more_and_more_seldom() -> None:
    """Each that is tried fills the line, and voice and ink wait behind it."""
    line, waits = Probed(50_000), list[float]()
    for _ in range(8):
        began = line.now
        while not line.prober.begin(line.estimate, WISH, line.now):
            line.waits()
        waits.append(line.now - began)
        line.prober.sent(0, line.estimate, line.now)
        assert line.estimate.bps > 50_000
        line.now += 3.0
        line.estimate.reduce(50_000, line.now)
        line.prober.heed(line.estimate, line.now, **line.told)
    assert waits[1:] == [2.0, 2.0, 4.0, *[LONGEST_REST] * 4]


def test_a_first_picture_is_not_taken_back_for_a_report_that_is_older() -> None:
    line = Probed(50_000)
    line.estimate.trips.late = 1
    while not line.prober.begin(line.estimate, WISH, line.now):
        line.waits()
    line.prober.sent(0, line.estimate, line.now)
    line.now += 0.5
    line.prober.heed(line.estimate, line.now, **line.told)
    assert line.estimate.bps > 50_000
    line.report(2.0)
    line.prober.heed(line.estimate, line.now, **line.told)
    assert line.estimate.bps == 50_000


def test_a_first_picture_that_fits_is_soon_followed_by_a_better_one() -> None:
    room = Room(lambda now: 90e3 if now < 60 else 2e6, trip=0.1)
    room.run(60.0)
    alone = [level < 0 for at, level in room.levels if at > 20]
    assert any(alone)
    room.run(100.0)
    first = next(at for at, level in room.levels if at > 60 and level >= 0)
    assert first < 60 + 10, "a line that has grown is not left without a picture"
    assert room.level_at(first + 10.0) >= len(LADDER) - 2


def test_nothing_is_tried_blindly_but_the_poorest_picture() -> None:
    line = Probed(50_000)
    while not line.prober.begin(line.estimate, WISH, line.now, blind=90_000):
        line.waits()
    assert line.prober.target > 120_000
    line.prober.sent(0, line.estimate, line.now)
    assert line.estimate.bps == pytest.approx(90_000, rel=0.01)


def test_a_better_layer_that_fails_is_taken_back() -> None:
    line = Probed()
    line.until_train()
    line.train()
    line.now += 0.5
    line.report(0.05)
    assert line.estimate.bps > 900_000
    line.now += 2.0
    line.report(0.5)
    assert line.estimate.bps <= 400_000


def test_a_report_that_comes_after_the_trial_stops_no_later_one() -> None:
    """Voice alone is reported on every five seconds."""
    line = Probed()
    line.until_train()
    line.train()
    line.now += 2.5
    line.prober.heed(line.estimate, line.now, **line.told)
    assert line.estimate.bps > 900_000
    line.now += 5.0
    line.report(0.5)
    assert line.estimate.bps <= 400_000
    cut_at = line.estimate.cut_at
    for _ in range(8):
        line.now += 0.25
        line.prober.heed(line.estimate, line.now, **line.told)
    assert line.estimate.cut_at == cut_at
    assert line.until_train() < cut_at + 5.0


def test_the_silence_of_a_broken_line_is_no_consent() -> None:
    line = Probed()
    line.breaks(30.0)
    assert line.estimate.bps == line.prober.proved(line.estimate) == 400_000
    assert not line.prober.target
    line.report(0.05)
    assert line.until_train() < line.now + LONGEST_WAIT + 1


def test_what_is_on_trial_when_a_line_breaks_is_not_proved() -> None:
    line = Probed()
    line.until_train()
    line.train()
    line.now += 0.5
    line.report(0.05)
    assert line.estimate.bps > 900_000
    line.breaks(30.0)
    assert line.prober.proved(line.estimate) <= 400_000


def test_a_line_that_is_left_in_peace_is_not_probed_meanwhile() -> None:
    line = Probed()
    line.prober.rest(line.now)
    assert line.until_train() >= 4.0 + QUIET


def test_the_same_dice_make_the_same_line() -> None:
    seed = random.Random(3).getrandbits(16)
    first, second = [Room(lambda now: 5e5, jitter=0.05, seed=seed) for _ in range(2)]
    for room in (first, second):
        room.run(30.0)
    assert first.levels == second.levels
