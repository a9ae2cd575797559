from synclass.conduct import Conduct
from synclass.toolbox import TOOLS, new_lesson


def test_every_file_of_a_stage_is_a_channel() -> None:
    names = sorted(tool.name for tool in TOOLS)
    assert names == [
        *("again", "aside", "attendance", "board", "bookmarks", "chat", "doorcheck", "gaze"),
        *("groups", "handout", "hands", "layers", "light", "pages", "pictures", "questions"),
        *("quiz", "reading", "roll", "stage", "timer", "tracks", "warmup"),
    ]


def test_two_lessons_share_nothing() -> None:
    one, other = new_lesson(), new_lesson()
    assert all(a is not b for a, b in zip(one.channels, other.channels, strict=True))


def test_a_lesson_goes_on_from_the_states_it_is_given() -> None:
    lesson = new_lesson({"conduct": Conduct(epoch=4)})
    assert lesson.conduct.epoch == 4
