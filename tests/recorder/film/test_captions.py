"""The chat as captions: what every classroom could read, and nothing else."""

from recorder.film.captions import captions
from recorder.film.plan import read
from synclass.inclass.chat import RemoveWords, Say
from synclass.lesson import Entry
from synclass.postclass.questions import QuestionAsked
from synclass.words import SYSTEM

from .scenes import BELL, ROOM, TEACHER, Script, a_class, entries


def told(*more: tuple[float, Script]) -> str:
    log = entries([*a_class(), *(line for _, script in more for line in script)])
    return captions(log, read(log))


def test_words_to_all_are_in_it_at_their_time_and_words_to_teachers_are_not() -> None:
    assert told() == ("WEBVTT\n\n00:00:05.000 --> 00:00:11.000\n<v 溪口小学>我们看见了\n")


def test_words_that_were_taken_away_or_said_before_the_bell_are_not_in_it() -> None:
    before: Script = [(1.5, ROOM, Say("早上好"))]
    removed: Script = [(BELL + 9, TEACHER, Say("错了")), (BELL + 9.5, TEACHER, RemoveWords(4))]
    assert told((0, before), (0, removed)).count("-->") == 1


def test_what_was_asked_after_class_is_at_the_moment_it_is_about() -> None:
    asked = QuestionAsked("k1", BELL + 4.0, "小明", "为什么？")
    log = entries(a_class())
    words = captions([*log, Entry(log[-1].seq + 1, 90_000, SYSTEM.id, 0, asked)], read(log))
    first, second = words.split("\n\n")[1:]
    assert first == "00:00:04.000 --> 00:00:10.000\n<v 小明>为什么？" and "溪口小学" in second


def test_nothing_in_the_words_is_read_as_a_sign_of_the_format() -> None:
    said: Script = [(BELL + 11, ROOM, Say("1 --> 2\n\n<v 王老师> a & b"))]
    assert told((0, said)).endswith("1 --&gt; 2 &lt;v 王老师&gt; a &amp; b\n")
