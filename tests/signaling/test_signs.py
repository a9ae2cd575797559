from signaling.signs import Signs
from synclass.inclass.attendance import LinkReport
from synclass.inclass.stage import Levels
from synclass.words import SYSTEM

from ..conftest import TEACHER, VILLAGE

REPORT = LinkReport(hears=True, sees=False, seq=7, loss=9, rtt=120)


def test_a_line_is_as_it_was_last_heard_until_nothing_is_heard() -> None:
    signs = Signs()
    assert signs.line(VILLAGE.id, 0) is None
    signs.note(VILLAGE, REPORT, 10)
    assert signs.line(VILLAGE.id, 16) == REPORT
    assert signs.line(VILLAGE.id, 16.1) is None
    signs.note(VILLAGE, REPORT, 20)
    signs.forget(VILLAGE.id)
    assert signs.line(VILLAGE.id, 20) is None


def test_whoever_is_loud_has_the_word_for_a_breath() -> None:
    signs = Signs()
    signs.note(SYSTEM, Levels({TEACHER.id: 40, VILLAGE.id: 90}), 10)
    assert signs.speaking(11) == [TEACHER.id]
    signs.note(SYSTEM, Levels({TEACHER.id: 127, VILLAGE.id: 20}), 11)
    assert signs.speaking(11) == [VILLAGE.id, TEACHER.id]
    assert signs.speaking(12.5) == [VILLAGE.id]
    assert signs.speaking(13.5) == []
