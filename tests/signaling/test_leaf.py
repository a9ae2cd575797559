"""The page of an export is read by people, in two languages, and no word of it is HTML."""

from signaling.leaf import page_of
from synclass.postclass.dossier import VERSION, Dossier, Handed, Heard, Kept, Listed, Said, Took
from synclass.words import LessonId, ParticipantId

from ..adapters.registry.villages import MING
from ..postclass.test_homework import WORK

LESSON = LessonId("m1")


def dossier(text: str) -> Dossier:
    track = Kept("room-2.voice.1.webm", 10, 3.0, erased=False, file="voices/0.webm")
    return Dossier(
        *(VERSION, 1.0, MING, text, text, 0, []),
        took=[Took(LESSON, text, text, 1.0, None, 2, [Said(1, text, True)])],
        listed=[Listed(LESSON, text, here=True)],
        handed=[Handed(LESSON, text, WORK, ["works/w1.ink.svg"])],
        heard=[Heard(LESSON, ParticipantId("room-2"), text, [track])],
        mentions=[],
    )


def test_the_page_tells_all_parts_and_shows_the_files() -> None:
    page = page_of(dossier("三年级"))
    assert '<img src="works/w1.ink.svg"' in page and '<a href="voices/0.webm">' in page
    for words in (
        "名单 · Roster",
        "未点名 · no roll",
        "1: 三年级 对 · right",
        "没有 · nothing",
        "很好",
    ):
        assert words in page


def test_no_name_and_no_answer_is_html() -> None:
    page = page_of(dossier("<script>alert(1)</script>&"))
    assert "<script" not in page and "&lt;script&gt;" in page
