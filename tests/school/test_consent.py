"""A pupil's picture wants a yes on file, and one no outweighs every yes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from synclass.school.consent import Answer, Consent, May, Of, may

ANSWERS = st.sampled_from(Answer)
FILES = st.lists(st.builds(Consent, st.sampled_from(Of), st.just("x"), ANSWERS, ANSWERS))
SCHOOL, ROOM, PUPIL = (Consent(kind, kind) for kind in Of)
GRANTED, REFUSED = Answer.GRANTED, Answer.REFUSED


@pytest.mark.parametrize(
    ("on_file", "allowed"),
    [
        ([], May(False, True)),
        ([ROOM], May(False, True)),
        ([replace(ROOM, picture=GRANTED)], May(True, True)),
        ([replace(SCHOOL, picture=GRANTED), ROOM, PUPIL], May(True, True)),
        ([replace(ROOM, picture=GRANTED), replace(PUPIL, picture=REFUSED)], May(False, True)),
        ([replace(PUPIL, picture=GRANTED)], May(False, True)),
        ([replace(SCHOOL, picture=REFUSED), replace(ROOM, picture=GRANTED)], May(False, True)),
        ([replace(SCHOOL, voice=REFUSED), replace(ROOM, voice=GRANTED)], May(False, False)),
        ([replace(ROOM, picture=GRANTED), replace(PUPIL, voice=REFUSED)], May(True, False)),
    ],
)
def test_what_is_on_file_says_what_may_be_recorded(on_file: list[Consent], allowed: May) -> None:
    assert may(on_file) == allowed


@given(FILES)
def test_no_picture_is_recorded_without_a_yes_of_the_classroom_or_its_school(
    on_file: list[Consent],
) -> None:
    yes = [c for c in on_file if c.picture is GRANTED and c.kind is not Of.PUPIL]
    assert yes or not may(on_file).picture


@given(FILES, st.sampled_from(Of))
def test_a_no_outweighs_whatever_others_said(on_file: list[Consent], kind: Of) -> None:
    assert not may([*on_file, Consent(kind, "y", picture=REFUSED)]).picture
    assert not may([*on_file, Consent(kind, "y", voice=REFUSED)]).voice


@given(FILES, st.integers(0, 7))
def test_who_takes_a_yes_back_never_has_more_recorded(on_file: list[Consent], which: int) -> None:
    if which >= len(on_file):
        return
    before = may(on_file)
    for answer in (Answer.NONE, REFUSED):
        back = replace(on_file[which], picture=answer)
        if on_file[which].picture is GRANTED:
            after = may([*on_file[:which], back, *on_file[which + 1 :]])
            assert after.picture <= before.picture and after.voice == before.voice


@given(FILES)
def test_the_order_of_what_is_on_file_means_nothing(on_file: list[Consent]) -> None:
    assert may(on_file) == may(reversed(on_file))
