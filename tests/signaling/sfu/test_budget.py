"""One line, many pictures: who is shown what, and who gives way."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from signaling.sfu.budget import MARGIN, REST, Want, pace, rested, share
from signaling.sfu.estimate import UNLIMITED

CONTENT, TEACHER, VILLAGE = 0, 1, 2
LADDER = (60_000, 90_000, 150_000, 300_000, 500_000, 900_000, 1_500_000)
SMALL = LADDER[:3]


@st.composite
def wants(draw: st.DrawFn) -> list[Want]:
    """A room's or a wall's pictures, each with costs that rise, and what they show already."""
    found = []
    for _ in range(draw(st.integers(1, 8))):
        costs = sorted(draw(st.sets(st.integers(1, 2_000_000), min_size=0, max_size=7)))
        has = draw(st.integers(-1, len(costs) - 1))
        found.append(Want(draw(st.integers(0, 2)), costs, has))
    return found


def cost(want: Want, level: int) -> int:
    return want.costs[level] if level >= 0 else 0


def spent(asked: Sequence[Want], gets: Sequence[int]) -> int:
    return sum(cost(want, level) for want, level in zip(asked, gets, strict=True))


@given(wants(), st.integers(0, 12_000_000))
def test_never_more_is_shown_than_the_line_carries(asked: list[Want], bps: int) -> None:
    assert spent(asked, share(bps, asked)) <= bps


@given(wants(), st.integers(0, 4_000_000))
def test_nobody_gives_way_to_somebody_lower_in_the_order(asked: list[Want], bps: int) -> None:
    """What those below were given could not have been a step up for anybody above."""
    gets = share(bps, asked)
    for want, level in zip(asked, gets, strict=True):
        above = [(w, g) for w, g in zip(asked, gets, strict=True) if w.order <= want.order]
        left = bps - spent([w for w, _ in above], [g for _, g in above])
        if level + 1 < len(want.costs):
            step = want.costs[level + 1] - cost(want, level)
            spare = (MARGIN - 1) * want.costs[level + 1] if level + 1 > want.has else 0
            assert step + spare > left


@given(wants(), st.integers(0, 4_000_000), st.integers(0, 4_000_000))
def test_a_better_line_never_costs_the_first_in_the_order(
    asked: list[Want], bps: int, more: int
) -> None:
    first = [want for want in asked if want.order == min(w.order for w in asked)]
    if len(first) == 1:
        assert share(bps, first)[0] <= share(bps + more, first)[0]


@given(wants(), st.integers(0, 4_000_000))
def test_what_was_given_is_given_again(asked: list[Want], bps: int) -> None:
    gets = share(bps, asked)
    again = [Want(w.order, w.costs, has) for w, has in zip(asked, gets, strict=True)]
    assert share(bps, again) == gets


@given(st.floats(0.94, 1.06), st.floats(0.94, 1.06))
def test_rates_that_swing_do_not_make_a_picture_flap(first: float, second: float) -> None:
    """What fits with its margin still fits when it costs a twentieth more."""
    level = share(700_000, [Want(TEACHER, [int(c * first) for c in LADDER], -1)])[0]
    swung = [int(c * second) for c in LADDER]
    assert share(700_000, [Want(TEACHER, swung, level)])[0] == level


def test_village_pictures_go_first_then_the_teacher_then_the_content() -> None:
    asked = [
        Want(VILLAGE, SMALL, 2),
        Want(TEACHER, LADDER, 6),
        Want(CONTENT, (100_000, 400_000), 1),
    ]
    assert share(2_050_000, asked) == [2, 6, 1]
    assert share(1_900_000, asked) == [-1, 6, 1]
    assert share(1_000_000, asked) == [1, 4, 1]
    assert share(450_000, asked) == [-1, -1, 1]
    assert share(350_000, asked) == [1, 2, 0]
    assert share(90_000, asked) == [-1, 1, -1]


def test_a_wall_is_shared_evenly() -> None:
    wall = [Want(VILLAGE, SMALL, -1) for _ in range(20)]
    assert set(share(1_700_000, wall)) == {0, 1}
    assert set(share(5_000_000, wall)) == {2}
    assert sorted(share(1_000_000, wall)) == [-1] * 4 + [0] * 16


def test_a_slot_that_was_given_less_rests_before_it_wants_more() -> None:
    assert rested(LADDER, 1, since=REST - 0.1) == LADDER[:2]
    assert rested(LADDER, -1, since=0.0) == ()
    assert rested(LADDER, 1, since=REST) == LADDER


def test_a_line_nothing_was_said_against_is_not_paced() -> None:
    assert pace(UNLIMITED, train=0) == 0
    assert 500_000 < pace(500_000, train=0) < 1_000_000
    assert pace(500_000, train=1_250_000) > 1_250_000, "a train goes out as fast as it should"
    assert 100_000 < pace(100_000, train=0) < 120_000, "a voice waits behind all that is too much"
