"""What a co-teacher and a teacher might ask about pupils without devices, for random lessons."""

import random

from synclass.channel import Command
from synclass.inclass.aside import Aside, CallHelp, EndHelp, Pause, Resume, SayAside
from synclass.inclass.groups import EndGroups, FormGroups, Groups, SayInGroup, VisitGroup
from synclass.inclass.quiz import (
    AnswerQuiz,
    AskQuiz,
    CloseQuiz,
    EndQuiz,
    QuizKind,
    Quizzes,
    ShowQuiz,
    TallyQuiz,
)
from synclass.inclass.roll import (
    EndPick,
    ListPupils,
    MarkPupil,
    PickPupil,
    Roll,
    SeatClass,
    TakeRoll,
)
from synclass.lesson import Lesson
from synclass.words import SYSTEM, Participant

from .conftest import CO_TEACHER, OTHER_VILLAGE, TEACHER, VILLAGE

WORDS = ("没有声音", "1/2 > 1/3", "<b>好</b>", "")


def on_roll(dice: random.Random, lesson: Lesson) -> tuple[Participant, Command]:
    channel = lesson.channel("roll")
    assert isinstance(channel, Roll)
    room = dice.choice((VILLAGE, OTHER_VILLAGE))
    by = dice.choice((room, room, CO_TEACHER))
    if dice.random() < 0.1:
        names, ids, seats = ["李小明", "王芳", "<b>"], ["p1", "p2", "p3"], [1, 6, 0]
        return SYSTEM, SeatClass(room.id, "c2", names, ids, seats, 4)
    if room.id not in channel.rosters or dice.random() < 0.1:
        names = ["李小明", "王芳", "<b>张伟</b>", ""][: dice.randrange(5)]
        return by, ListPupils(room.id, names, dice.choice((1, 6, 99)))
    if channel.pick is not None and dice.random() < 0.2:
        return TEACHER, EndPick()
    if dice.random() < 0.4:
        return TEACHER, PickPupil(dice.getrandbits(32), dice.choice((None, room.id)))
    if dice.random() < 0.4:
        return by, TakeRoll(room.id)
    return by, MarkPupil(room.id, dice.randrange(5), dice.random() < 0.4)


def on_quiz(dice: random.Random, lesson: Lesson) -> tuple[Participant, Command]:
    channel = lesson.channel("quiz")
    assert isinstance(channel, Quizzes)
    if channel.now is None or dice.random() < 0.1:
        kinds: tuple[QuizKind, ...] = ("choice", "choice", "number", "text", "drawn")
        kind = dice.choice(kinds)
        choices = [dice.choice(WORDS) for _ in range(dice.choice((2, 4, 7)))]
        return TEACHER, AskQuiz(kind, dice.choice(WORDS), choices if kind == "choice" else [], 1)
    room = dice.choice((VILLAGE, OTHER_VILLAGE))
    by = dice.choice((room, room, CO_TEACHER))
    number = channel.last - (dice.random() < 0.1)
    said = [dice.choice(("A", "B", "3/4", "done", "三分之一")) for _ in range(3)]
    if dice.random() < 0.25:
        commands = (CloseQuiz(), ShowQuiz(said[:1]), EndQuiz())
        return TEACHER, dice.choice(commands)
    if dice.random() < 0.3:
        return room, AnswerQuiz(number, said[0])
    if dice.random() < 0.3:
        return by, TallyQuiz(number, room.id, {}, [dice.choice((*said, "")) for _ in range(3)])
    return by, TallyQuiz(number, room.id, {one: dice.randrange(4) for one in said[:2]})


def on_aside(dice: random.Random, lesson: Lesson) -> tuple[Participant, Command]:
    by = dice.choice((VILLAGE, CO_TEACHER, OTHER_VILLAGE, TEACHER))
    to = dice.choice((CO_TEACHER.id, VILLAGE.id)) if by is TEACHER else None
    room, words = VILLAGE.id, dice.choice(WORDS)
    channel = lesson.channel("aside")
    assert isinstance(channel, Aside)
    if channel.paused and dice.random() < 0.4:
        return dice.choice((VILLAGE, CO_TEACHER)), dice.choice((EndHelp(room), Resume(room)))
    calls = (CallHelp(room, words), EndHelp(room), Pause(room), Resume(room))
    return by, dice.choice((*calls, SayAside(words, to)))


def on_groups(dice: random.Random, lesson: Lesson) -> tuple[Participant, Command]:
    channel = lesson.channel("groups")
    assert isinstance(channel, Groups)
    one, other = VILLAGE.id, OTHER_VILLAGE.id
    if not channel.groups or dice.random() < 0.2:
        groups = dice.choice(([[one], [other]], [[one, other]], [[one]], [[one], [one]]))
        tasks = dice.choice(([], ["量一量"], ["量一量", "<b>画</b>"]))
        return TEACHER, FormGroups(groups, tasks, dice.choice((0, 30, 300)))
    if dice.random() < 0.2:
        return TEACHER, EndGroups()
    if dice.random() < 0.4:
        return TEACHER, VisitGroup(dice.randrange(4))
    return dice.choice((VILLAGE, OTHER_VILLAGE, TEACHER)), SayInGroup(dice.choice(WORDS))
