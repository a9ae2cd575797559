"""Who is heard where not all can be."""

from signaling.sfu.loudest import HEARD, STAYS, Loudest

QUIET, SOFT, LOUD = 90, 40, 20


def test_the_loudest_are_heard() -> None:
    assert Loudest[str]().choose({"a": SOFT, "b": QUIET, "c": LOUD}, 2, 0.0) == ["c", "a"]


def test_whoever_speaks_up_is_heard_and_the_silent_give_way() -> None:
    loudest = Loudest[str]()
    loudest.choose({"a": SOFT, "b": QUIET}, 1, 0.0)
    now = STAYS + HEARD
    assert loudest.choose({"a": QUIET, "b": SOFT}, 1, now) == ["b"]


def test_nobody_loses_their_place_for_taking_breath() -> None:
    loudest = Loudest[str]()
    loudest.choose({"a": LOUD, "b": SOFT}, 1, 0.0)
    assert loudest.choose({"a": QUIET, "b": SOFT}, 1, HEARD * 0.9) == ["a"]


def test_two_who_speak_alike_do_not_flicker() -> None:
    loudest = Loudest[str]()
    loudest.choose({"a": SOFT, "b": SOFT + 1}, 1, 0.0)
    for n in range(1, 100):
        levels = {"a": SOFT + n % 5, "b": SOFT + (n + 2) % 5}
        assert loudest.choose(levels, 1, n * 0.2) == ["a"]


def test_a_cough_beside_the_microphone_does_not_turn_all_heads_at_once() -> None:
    loudest = Loudest[str]()
    loudest.choose({"a": SOFT, "b": QUIET}, 1, 0.0)
    assert loudest.choose({"a": SOFT, "b": 0}, 1, STAYS / 2) == ["a"]


def test_noise_takes_nobodys_place() -> None:
    loudest = Loudest[str]()
    loudest.choose({"a": 127, "b": 127}, 1, 0.0)
    assert loudest.choose({"a": 127, "b": 70}, 1, 60.0) == ["a"]


def test_who_leaves_makes_room_and_fewer_places_keep_the_louder() -> None:
    loudest = Loudest[str]()
    loudest.choose({"a": SOFT, "b": LOUD, "c": QUIET}, 2, 0.0)
    assert loudest.choose({"a": SOFT, "b": LOUD, "c": QUIET}, 1, 0.1) == ["b"]
    assert loudest.choose({"a": SOFT, "c": QUIET}, 1, 0.2) == ["a"]


def test_where_all_can_be_heard_all_are() -> None:
    assert set(Loudest[int]().choose({1: QUIET, 2: QUIET, 3: LOUD}, 5, 0.0)) == {1, 2, 3}
    assert Loudest[int]().choose({1: LOUD}, 0, 0.0) == []
