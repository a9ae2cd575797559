import pytest
from msgspec.structs import replace

from synclass.errors import Refused
from synclass.school.studio import Apprentice, Standing, Studio, check_studio, id_of, people_of

MATHS = Studio("s1", "王老师数学工作室", "数学", "wang")


@pytest.mark.parametrize(
    ("studio", "code"),
    [
        (replace(MATHS, name=""), "bad-text"),
        (replace(MATHS, name="王\n老师"), "bad-text"),
        (replace(MATHS, subject="数" * 81), "bad-text"),
        (replace(MATHS, about="数" * 1001), "bad-text"),
        (replace(MATHS, id=""), "bad-id"),
    ],
)
def test_a_studio_that_cannot_be_is_refused(studio: Studio, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        check_studio(studio)
    assert refusal.value.code == code


def test_only_who_was_taken_in_is_in() -> None:
    came = [Apprentice(id_of("s1", one), "s1", one, one, 1.0) for one in Standing]
    check_studio(MATHS)
    assert people_of(MATHS, came) == {"wang", "in"}
