"""Chat and questions as captions for a player, WebVTT: what all classrooms could read."""

from collections.abc import Iterable
from html import escape

from synclass.channel import EVERYONE, Fact
from synclass.conduct import Joined
from synclass.inclass.chat import Said, WordsRemoved
from synclass.lesson import Entry
from synclass.postclass.questions import QuestionAsked
from synclass.words import ParticipantId

from .plan import Plan

SHOWN = 6.0  # seconds that words are to be read


def captions(entries: Iterable[Entry], plan: Plan) -> str:
    """Words that were taken away are not in it, nor those to the teachers alone."""
    names: dict[ParticipantId, str] = {}
    said: dict[int | str, tuple[float, str, str]] = {}
    for entry in entries:
        if not isinstance(entry.fact, Fact) or entry.fact.audience() != EVERYONE:
            continue
        match entry.fact:
            case Joined(who):
                names[who.id] = who.name
            case Said(message, who_id, text):
                said[message] = entry.ms / 1000 - plan.begins, names.get(who_id, ""), text
            case QuestionAsked(key, at, name, text):
                said[key] = at - plan.begins, name, text
            case WordsRemoved(message):
                said.pop(message, None)
    inside = sorted(line for line in said.values() if 0 <= line[0] < plan.lasts)
    cues = [_cue(at, name, text) for at, name, text in inside]
    return "\n".join(["WEBVTT\n", *cues])


def _cue(at: float, name: str, text: str) -> str:
    """One line of text: an empty one would end the cue."""
    words = escape(" ".join(text.split()), quote=False)
    voice = f"<v {escape(' '.join(name.split()), quote=False)}>" if name else ""
    return f"{_time(at)} --> {_time(at + SHOWN)}\n{voice}{words}\n"


def _time(at: float) -> str:
    ms = round(at * 1000)
    return f"{ms // 3_600_000:02}:{ms // 60_000 % 60:02}:{ms // 1000 % 60:02}.{ms % 1000:03}"
