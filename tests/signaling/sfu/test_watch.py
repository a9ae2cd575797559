"""A layer nobody is shown is not sent; one that is wanted is there at once."""

from hypothesis import given
from hypothesis import strategies as st

from signaling.sfu.watch import LINGER, REPEAT, WAKING, Watch

RIDS = ["q", "h", "f"]


def test_a_layer_nobody_is_shown_is_left_out_after_a_while() -> None:
    watch = Watch(RIDS, 0.0)
    assert not watch.look(["q"], LINGER)
    assert watch.look(["q"], LINGER + 0.1)
    assert watch.awake == ["q"] and watch.restricts


def test_a_layer_that_is_wanted_is_asked_for_at_once() -> None:
    watch = Watch(RIDS, 0.0)
    watch.look(["q"], 10.0)
    assert watch.look(["q", "f"], 10.1)
    assert watch.awake == ["q", "f"]


def test_where_the_voice_needs_the_whole_line_all_layers_are_left_out_at_once() -> None:
    watch = Watch(RIDS, 0.0)
    watch.look(RIDS, 1.0)
    assert watch.look((), 1.5, linger=0.0)
    assert watch.awake == [] and watch.excuses(1.5)


def test_what_holds_is_said_again_now_and_then() -> None:
    watch = Watch(RIDS, 0.0)
    said = [0.1 * n for n in range(300) if watch.look(["q"], 0.1 * n)]
    assert len(said) == 1 + int((30 - LINGER) / REPEAT)


def test_nothing_is_said_where_all_is_shown() -> None:
    watch = Watch(RIDS, 0.0)
    assert not any(watch.look(RIDS, 0.1 * n) for n in range(300))


def test_that_all_is_shown_again_is_said_once() -> None:
    watch = Watch(RIDS, 0.0)
    watch.look([], 10.0)
    said = [n for n in range(100) if watch.look(RIDS, 10.1 + 0.1 * n)]
    assert said == [0] and watch.awake == RIDS


def test_a_sleeping_layer_may_come_and_one_that_did_not_wake_may_not() -> None:
    watch = Watch(RIDS, 0.0)
    assert not watch.may_come("f", 1.0), "the camera itself gave it up"
    watch.look(["q"], 10.0)
    assert watch.may_come("f", 10.0)
    watch.look(RIDS, 11.0)
    assert watch.may_come("f", 11.0 + WAKING - 0.1)
    assert not watch.may_come("f", 11.0 + WAKING + 0.1)


def test_a_layer_that_was_never_offered_is_no_matter() -> None:
    watch = Watch([""], 0.0)
    watch.look(["x"], 10.0)
    assert watch.awake == [] and not watch.asleep("x")


@given(st.lists(st.tuples(st.sets(st.sampled_from(RIDS)), st.floats(0.05, 3.0)), max_size=40))
def test_what_is_wanted_is_never_asleep(story: list[tuple[set[str], float]]) -> None:
    watch, now = Watch(RIDS, 0.0), 0.0
    for wanted, passed in story:
        now += passed
        watch.look(wanted, now)
        assert wanted <= set(watch.awake)
