"""How a room is sent voices, by what its line does to them."""

import random

import pytest

from signaling.sfu.voiceplan import HOLD, MOST, VOICE, Look, Plan, Planner


def settled(
    loss: float, bps: int = 0, *, red: bool = True, voices: int = 1, voice: int = VOICE
) -> Plan:
    """The plan after a minute of steady reports, as a receiver without RED would give them."""
    planner = Planner(red=red)
    for second in range(60):
        told = loss if red else loss ** (1 + planner.plan.copies)
        planner.look(Look(told, bps, voices, voice), float(second))
    return planner.plan


@pytest.mark.parametrize("red", [True, False])
@pytest.mark.parametrize(
    ("loss", "bps", "plan"),
    [
        (0.0, 2_000_000, Plan(20, 0)),
        (0.005, 2_000_000, Plan(20, 0)),
        (0.0, 0, Plan(20, 0)),
        (0.0, 150_000, Plan(60, 0)),
        (0.05, 300_000, Plan(60, 1)),
        (0.05, 0, Plan(60, 1)),
        (0.10, 200_000, Plan(60, 2)),
        (0.30, 400_000, Plan(60, 2)),
    ],
)
def test_each_line_has_its_plan(loss: float, bps: int, plan: Plan, *, red: bool) -> None:
    assert settled(loss, bps, red=red) == plan


def test_on_a_wide_line_with_loss_short_packets_are_copied_where_copies_are_cheap() -> None:
    assert settled(0.10, 2_000_000) == Plan(20, 2)
    assert settled(0.30, 2_000_000) == Plan(60, 2)
    assert settled(0.30, 2_000_000, red=False) == Plan(60, 2)


def test_a_line_that_cannot_carry_copies_gets_none() -> None:
    assert settled(0.3, 64_000) == Plan(60, 0)
    assert settled(0.3, 100_000).copies == 1
    assert settled(0.3, 500_000, voices=5).copies == 1


def test_copies_of_a_large_voice_are_not_sent_into_the_unknown() -> None:
    assert settled(0.3, voice=20_000) == Plan(60, 2)
    assert settled(0.3, voice=40_000) == Plan(60, 1)
    assert Plan(60, 2).cost() < MOST


def test_copies_are_not_given_up_for_a_line_that_is_only_thought_to_be_thin() -> None:
    planner = Planner(red=True)
    assert planner.look(Look(0.5, 50_000, sure=False), 0.0) == Plan(60, 2)
    assert planner.look(Look(0.5, 50_000), 1.0) == Plan(60, 0)


def test_loss_is_answered_at_the_second_report() -> None:
    planner = Planner(red=True)
    planner.look(Look(0.2), 0.0)
    assert planner.plan.copies == 2


def test_a_report_about_many_packets_is_sooner_believed() -> None:
    told = {}
    for packets in (25, 250):
        planner = Planner(red=True)
        planner.look(Look(0.4), 0.0)
        planner.look(Look(0.0, packets=packets), 5.0)
        told[packets] = planner.loss
    assert told[250] < 0.6 * told[25]


def test_copies_stay_until_the_line_has_been_calm_for_a_while() -> None:
    planner = Planner(red=True)
    planner.look(Look(0.3), 0.0)
    last, changes, now = planner.plan, 0, 0.0
    while planner.plan.copies and now < 100:
        now += 1.0
        plan = planner.look(Look(0.0), now)
        changes += plan != last
        last = plan
    assert planner.plan == Plan(20, 0) and changes == 2 and now > 2 * HOLD


@pytest.mark.parametrize("loss", [0.028, 0.05, 0.079])
def test_a_line_on_the_edge_does_not_flicker(loss: float) -> None:
    dice, planner, changes = random.Random(2), Planner(red=True), 0
    for second in range(600):
        before = planner.plan
        lost = sum(dice.random() < loss for _ in range(50)) / 50
        changes += planner.look(Look(lost, 1_000_000), float(second)) != before
    assert changes < 20  # of 600; each holds for ten seconds


def test_a_thin_line_that_grows_a_little_keeps_its_long_packets() -> None:
    planner = Planner(red=True)
    spans = [planner.look(Look(0.0, bps), 0.0).span for bps in (150_000, 250_000, 350_000, 250_000)]
    assert spans == [60, 60, 20, 20]


def test_a_room_that_says_nothing_is_left_as_it_was() -> None:
    planner = Planner(red=True)
    planner.look(Look(0.3), 0.0)
    plan = planner.plan
    for second in range(100):
        assert planner.look(Look(None), float(second)) == plan
