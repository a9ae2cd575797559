from hypothesis import given
from hypothesis import strategies as st

from signaling.spread import Spread
from synclass.words import LessonId

LESSONS = [LessonId(f"lesson {n}") for n in range(12)]


def spread(workers: int = 3, *, up: int = 3) -> Spread:
    made = Spread(workers)
    for place in range(up):
        assert made.rise(place, []) == []
    return made


def test_lessons_are_spread_evenly() -> None:
    here = spread()
    for lesson in LESSONS:
        here.place(lesson)
    assert [len(here.at(place)) for place in range(3)] == [4, 4, 4]


def test_a_lesson_stays_where_it_is() -> None:
    here = spread()
    places = [here.place(lesson) for lesson in LESSONS]
    for lesson in LESSONS[::2]:
        here.forget(lesson)
    assert [here.place(lesson) for lesson in LESSONS[1::2]] == places[1::2]


def test_lessons_of_a_worker_that_fell_go_to_the_others() -> None:
    here = spread()
    for lesson in LESSONS:
        here.place(lesson)
    lost = here.at(1)
    assert here.fall(1) == lost
    assert [len(here.at(place)) for place in range(3)] == [6, 0, 6]


def test_where_there_is_no_other_worker_they_wait_for_it() -> None:
    here = spread(1, up=1)
    here.place(LESSONS[0])
    assert here.fall(0) == [] and here.at(0) == [LESSONS[0]]


def test_after_our_own_restart_a_lesson_is_where_a_worker_says_it_is() -> None:
    here = spread(3, up=0)
    guess = here.place(LESSONS[0])
    there = (guess + 1) % 3
    assert here.rise(guess, []) == []
    assert here.rise(there, [LESSONS[0]]) == []
    assert here.place(LESSONS[0]) == there


def test_a_worker_that_kept_a_lesson_which_was_moved_is_to_close_it() -> None:
    here = spread()
    was = here.place(LESSONS[0])
    here.fall(was)
    now = here.place(LESSONS[0])
    assert now != was and here.rise(was, [LESSONS[0], "another node's"]) == [LESSONS[0]]
    assert here.place(LESSONS[0]) == now


def test_a_lesson_that_clients_have_found_is_not_moved_by_what_another_worker_says() -> None:
    here = spread(3, up=0)
    guess = here.place(LESSONS[0])
    here.rise(guess, [])
    here.settle(LESSONS[0])
    assert here.rise((guess + 1) % 3, [LESSONS[0]]) == [LESSONS[0]]


@given(st.lists(st.tuples(st.sampled_from(["open", "close", "rise", "fall"]), st.integers(0, 11))))
def test_whatever_happens_each_lesson_has_one_place_and_a_living_one(
    steps: list[tuple[str, int]],
) -> None:
    here, up, opened = Spread(3), set[int](), set[LessonId]()
    for step, n in steps:
        lesson, place = LESSONS[n], n % 3
        match step:
            case "open":
                here.place(lesson)
                opened.add(lesson)
            case "close":
                here.forget(lesson)
                opened.discard(lesson)
            case "rise":
                here.rise(place, here.at(place))
                up.add(place)
            case "fall":
                here.fall(place)
                up.discard(place)
        assert sorted(lesson for p in range(3) for lesson in here.at(p)) == sorted(opened)
