from signaling.witness import APART, Witness
from synclass.inclass.gaze import Pointer

from ..conftest import TEACHER


def test_the_first_is_kept_at_once_and_the_last_of_many_soon() -> None:
    witness = Witness()
    taken = [witness.take("pointer", TEACHER, Pointer(n, 0), now=n * 0.05) for n in range(9)]
    assert taken == [True] + [False] * 8
    assert witness.due_at() == APART
    assert witness.due(0.4) == []
    assert witness.due(APART) == [(TEACHER, Pointer(8, 0))]
    assert witness.due(9) == [] and witness.due_at() is None, "each is said once"


def test_two_a_second_are_kept_of_a_pointer_that_never_rests() -> None:
    witness, kept = Witness(), 0
    for tick in range(201):
        now = tick * 0.05
        kept += witness.take("pointer", TEACHER, Pointer(tick, 0), now)
        kept += len(witness.due(now))
    assert kept == 21


def test_kinds_and_people_do_not_wait_for_one_another() -> None:
    witness = Witness()
    assert witness.take("pointer wang", TEACHER, Pointer(1, 1), now=0)
    assert witness.take("pointer li", TEACHER, Pointer(1, 1), now=0.1)
    assert not witness.take("pointer wang", TEACHER, Pointer(2, 1), now=0.1)
