"""What is believed of a line, and what is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signaling.sfu.estimate import FLOOR, LEAST, UNLIMITED, Estimate, Heard


class Line:
    """Sends at a rate, and hears reports."""

    def __init__(self) -> None:
        self.estimate = Estimate()
        self.now = 0.0
        self.heard = Heard(0)

    def pass_time(self, seconds: float, bps: int) -> None:
        for _ in range(round(seconds / 0.25)):
            self.now += 0.25
            octets = self.heard.octets + int(bps * 0.25 / 8)
            self.hear(self.heard._replace(octets=octets))

    def hear(self, heard: Heard) -> None:
        self.heard = heard
        self.estimate.hear(heard, self.now)

    def remb(self, bps: int) -> None:
        self.now += 0.25
        self.hear(self.heard._replace(remb=bps, remb_at=self.now))

    def report(self, *, loss: float = 0.0, rtt: float = 0.05, packets: int = 100) -> None:
        new = self.heard._replace(loss=loss, packets=packets, rtt=rtt, reported_at=self.now)
        self.hear(new)


@pytest.fixture
def line() -> Line:
    return Line()


def test_a_line_nothing_speaks_against_has_no_bound(line: Line) -> None:
    line.pass_time(3.0, 1_500_000)
    line.report()
    line.remb(1_450_000)
    line.pass_time(2.0, 1_500_000)
    assert line.estimate.bps == UNLIMITED
    assert 1_400_000 < line.estimate.sent < 1_600_000


def test_a_falling_remb_is_believed_at_once(line: Line) -> None:
    line.pass_time(3.0, 1_500_000)
    line.remb(2_000_000)
    line.remb(400_000)
    assert line.estimate.bps == 400_000


def test_a_first_remb_is_a_beginners_guess_and_wants_a_witness(line: Line) -> None:
    line.pass_time(2.0, 1_500_000)
    line.report(rtt=0.002)
    line.remb(500_000)
    assert line.estimate.bps == UNLIMITED
    line.report(loss=0.08, rtt=0.002)
    assert line.estimate.bps == 500_000


def test_a_remb_that_falls_a_little_wants_a_witness(line: Line) -> None:
    for _ in range(3):
        line.pass_time(1.0, 1_000_000)
        line.report()
    line.remb(2_000_000)
    line.remb(900_000)
    line.pass_time(0.5, 1_000_000)
    line.report()
    assert line.estimate.bps == UNLIMITED, "a browser that was busy"
    line.remb(800_000)
    line.pass_time(0.5, 1_000_000)
    line.report(rtt=0.12)
    assert line.estimate.bps == 800_000, "a queue"


def test_a_remb_alone_does_not_take_the_last_picture_away(line: Line) -> None:
    line.pass_time(3.0, 400_000)
    line.remb(400_000)
    line.remb(20_000)
    assert line.estimate.bps == LEAST


def test_a_first_remb_of_a_good_line_that_shows_little_is_no_limit(line: Line) -> None:
    line.pass_time(2.0, 60_000)
    line.report(rtt=0.002)
    line.remb(46_000)
    line.pass_time(0.5, 60_000)
    line.report(rtt=0.002)
    assert line.estimate.bps == UNLIMITED


def test_a_rising_remb_is_not_believed(line: Line) -> None:
    line.pass_time(2.0, 1_500_000)
    for bps in (1_500_000, 300_000, 310_000, 900_000, 899_000):
        line.remb(bps)
    assert line.estimate.bps == 300_000


def test_loss_brings_it_down_to_what_arrives(line: Line) -> None:
    line.pass_time(3.0, 1_000_000)
    line.report(loss=0.4)
    assert 550_000 < line.estimate.bps < 650_000


def test_a_little_loss_changes_nothing(line: Line) -> None:
    line.pass_time(3.0, 1_000_000)
    line.report(loss=0.08)
    assert line.estimate.bps == UNLIMITED


def test_loss_that_a_cut_does_not_lessen_is_the_lines_own(line: Line) -> None:
    line.pass_time(3.0, 1_000_000)
    line.report(loss=0.3)
    line.pass_time(2.0, 600_000)
    line.report(loss=0.3)
    assert line.estimate.bps == UNLIMITED, "the cut is taken back"
    line.pass_time(3.0, 1_000_000)
    line.report(loss=0.31)
    assert line.estimate.bps == UNLIMITED, "and not made again"


def test_loss_that_a_cut_has_cured_stays_cured(line: Line) -> None:
    line.pass_time(3.0, 1_000_000)
    line.report(loss=0.3)
    line.pass_time(2.0, 600_000)
    line.report(loss=0.02)
    assert line.estimate.bps < 750_000


def calm(line: Line, bps: int) -> None:
    """Some seconds in which nothing waits on its way."""
    for _ in range(4):
        line.pass_time(1.0, bps)
        line.report()
    line.pass_time(0.5, bps)


def test_a_line_that_falls_to_a_tenth_is_followed_in_two_reports(line: Line) -> None:
    calm(line, 1_500_000)
    line.report(loss=0.5, rtt=0.35)
    assert line.estimate.bps < 400_000, "half of what the report tells of was before the fall"
    line.pass_time(0.25, 1_500_000)
    line.report(loss=0.85, rtt=0.35)
    assert 150_000 < line.estimate.bps < 200_000, "and all of this is about the time after it"


def test_loss_of_a_full_queue_is_not_taken_for_the_lines_own(line: Line) -> None:
    calm(line, 1_500_000)
    line.report(loss=0.5, rtt=0.35)
    fell = line.estimate.bps
    line.pass_time(2.0, 350_000)
    line.report(loss=0.5, rtt=0.35)
    assert line.estimate.bps < fell


def test_a_line_that_loses_nearly_all_is_full_even_where_no_queue_is_seen(line: Line) -> None:
    """A room whose way up is full as well: its reports are late for a reason of their own."""
    calm(line, 1_500_000)
    line.report(loss=0.3)
    line.pass_time(0.75, 1_500_000)
    line.report(loss=0.94)
    assert line.estimate.bps < 150_000
    line.pass_time(2.0, 100_000)
    line.report(loss=0.02)
    assert line.estimate.bps < 150_000, "and it was not the line's own"


def test_where_packets_queue_even_a_small_remb_is_believed(line: Line) -> None:
    calm(line, 400_000)
    line.report(rtt=0.35)
    line.remb(400_000)
    line.remb(80_000)
    assert line.estimate.bps == 80_000


def test_it_is_remembered_when_packets_queued(line: Line) -> None:
    calm(line, 400_000)
    line.report(rtt=0.35)
    assert line.estimate.trips.full and line.estimate.trips.full_at == line.now
    line.pass_time(1.0, 400_000)
    line.report()
    assert not line.estimate.trips.full and line.now - line.estimate.trips.full_at == 1.0


def test_what_a_line_loses_of_a_mere_voice_is_its_own(line: Line) -> None:
    for _ in range(4):
        line.pass_time(2.0, 60_000)
        line.report(loss=0.3)
    assert line.estimate.bps == UNLIMITED


def test_a_queue_that_stays_brings_it_down(line: Line) -> None:
    for rtt in (0.05, 0.06, 0.05, 0.06, 0.3, 0.4):
        line.pass_time(1.0, 1_000_000)
        line.report(rtt=rtt)
    assert 800_000 < line.estimate.bps < 900_000


def test_one_late_report_is_no_queue(line: Line) -> None:
    for rtt in (0.05, 0.06, 0.4, 0.06, 0.4, 0.05):
        line.pass_time(1.0, 1_000_000)
        line.report(rtt=rtt)
    assert line.estimate.bps == UNLIMITED


def test_a_restless_line_is_not_taken_for_a_full_one(line: Line) -> None:
    for rtt in (0.1, 0.22, 0.15, 0.2, 0.11, 0.19, 0.21, 0.2, 0.1, 0.21):
        line.pass_time(1.0, 1_000_000)
        line.report(rtt=rtt)
    assert line.estimate.bps == UNLIMITED


def test_a_way_that_has_become_longer_is_got_used_to(line: Line) -> None:
    for rtt in [0.05] * 6 + [0.3] * 30:
        line.pass_time(1.0, 1_000_000)
        line.report(rtt=rtt)
    assert line.estimate.bps > 650_000
    assert line.estimate.trips.ordinary == pytest.approx(0.3)


def test_what_was_proved_is_believed(line: Line) -> None:
    line.estimate.reduce(300_000, 1.0)
    line.estimate.prove(200_000)
    assert line.estimate.bps == 300_000
    line.estimate.prove(400_000)
    assert line.estimate.bps == 400_000


remarks = st.lists(
    st.tuples(
        st.sampled_from(("remb", "report")),
        st.integers(0, 3_000_000),
        st.floats(0.0, 1.0),
        st.floats(0.0, 2.0),
    ),
    max_size=40,
)


@given(remarks, st.integers(0, 2_000_000))
def test_whatever_is_heard_a_voice_still_fits(
    said: list[tuple[str, int, float, float]], bps: int
) -> None:
    line = Line()
    for what, remb, loss, rtt in said:
        line.pass_time(0.5, bps)
        if what == "remb":
            line.remb(remb)
        else:
            line.report(loss=loss, rtt=rtt)
        assert FLOOR <= line.estimate.bps <= UNLIMITED


def test_half_of_a_few_packets_may_be_lost_by_chance(line: Line) -> None:
    """A line that loses 30 % has its picture back when it is plain that a cut did not help."""
    line.pass_time(2.0, 90_000)
    for loss in (0.3, 0.3, 0.5, 0.6, 0.3):
        line.report(loss=loss, packets=8)
        line.pass_time(2.0, 90_000)
    assert line.estimate.bps == UNLIMITED
    line.report(loss=0.9, packets=100)
    assert line.estimate.bps < 90_000 and not line.estimate.guessed


def test_what_only_loss_speaks_for_is_a_guess(line: Line) -> None:
    calm(line, 400_000)
    line.report(loss=0.3)
    assert line.estimate.bps < 400_000 and line.estimate.guessed
    for _ in range(2):
        line.pass_time(2.0, 200_000)
        line.report(rtt=0.4)
    assert line.estimate.bps < 200_000 and not line.estimate.guessed
