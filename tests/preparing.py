"""What a teacher and a room might ask before the bell, for random lessons."""

import random

from synclass.channel import Command
from synclass.lesson import Lesson
from synclass.preclass.doorcheck import Finding, NoteCheck, Way
from synclass.preclass.reading import AssignReading, DropReading, Reading, TickReading
from synclass.preclass.warmup import DropWarmup, HideWarmup, SetWarmup, TallyWarmup, Warmup
from synclass.words import SYSTEM, Participant

from .conftest import CO_TEACHER, OTHER_VILLAGE, TEACHER, VILLAGE

WORDS = ("什么是一半？", "1/2 > 1/3", "<b>好</b>", "")
SHEET = "ab" * 32 + ".svg"


def before_bell(dice: random.Random, lesson: Lesson) -> tuple[Participant, Command]:
    return dice.choice((_check, _warmup, _warmup, _reading))(dice, lesson)


def _check(dice: random.Random, lesson: Lesson) -> tuple[Participant, Command]:
    ways: tuple[Way, ...] = ("udp", "relay", "tcp", "none")
    room = dice.choice((VILLAGE, OTHER_VILLAGE)).id
    heard, line = dice.choice((True, False, None)), (dice.randrange(3000), dice.randrange(900), 90)
    found = Finding(dice.random() < 0.8, dice.randrange(-1, 99), heard, dice.choice(ways), *line)
    return SYSTEM, NoteCheck(room, found)


def _warmup(dice: random.Random, lesson: Lesson) -> tuple[Participant, Command]:
    channel = lesson.channel("warmup")
    assert isinstance(channel, Warmup)
    if channel.shown is not None:
        return TEACHER, HideWarmup()
    if not channel.questions or dice.random() < 0.2:
        choices = [dice.choice(WORDS[:3]) for _ in range(dice.choice((2, 3, 4, 9)))]
        return TEACHER, SetWarmup(dice.choice(WORDS), choices)
    if dice.random() < 0.1:
        return TEACHER, DropWarmup(channel.last)
    number = dice.choice((*channel.questions, 99))
    wanted = len(channel.questions[number].choices) if number in channel.questions else 2
    room = dice.choice((VILLAGE, OTHER_VILLAGE))
    counts = [dice.randrange(-1, 20) if dice.random() < 0.1 else 7 for _ in range(wanted)]
    return dice.choice((room, CO_TEACHER)), TallyWarmup(number, room.id, counts)


def _reading(dice: random.Random, lesson: Lesson) -> tuple[Participant, Command]:
    channel = lesson.channel("reading")
    assert isinstance(channel, Reading)
    if not channel.tasks or dice.random() < 0.2:
        pages = [SHEET] * dice.randrange(3)
        return TEACHER, AssignReading(dice.choice(WORDS), dice.choice(WORDS), pages)
    if dice.random() < 0.1:
        return TEACHER, DropReading(channel.last)
    room, task = dice.choice((VILLAGE, OTHER_VILLAGE)), dice.choice((*channel.tasks, 99))
    return dice.choice((room, CO_TEACHER)), TickReading(task, room.id, dice.random() < 0.7)
