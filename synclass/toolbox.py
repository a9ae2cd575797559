"""Finds the tools: a file put in preclass/, inclass/ or postclass/ is a channel."""

import importlib
import pkgutil
from collections.abc import Iterator
from types import ModuleType

from . import inclass, postclass, preclass
from .channel import Channel
from .conduct import Conduct
from .lesson import Lesson


def _modules() -> Iterator[ModuleType]:
    for package in (preclass, inclass, postclass):
        for found in pkgutil.iter_modules(package.__path__):
            yield importlib.import_module(f"{package.__name__}.{found.name}")


TOOLS: tuple[type[Channel], ...] = tuple(
    thing
    for module in _modules()
    for thing in vars(module).values()
    if isinstance(thing, type)
    and issubclass(thing, Channel)
    and thing.__module__ == module.__name__
)
"""Every channel but the conduct, in the order of the stages and then by name."""


def new_lesson(states: dict[str, Channel] | None = None) -> Lesson:
    """A lesson with every channel, fresh or with the states of a snapshot."""
    states = states or {}
    conduct = states.get(Conduct.name, Conduct())
    assert isinstance(conduct, Conduct)
    return Lesson([states.get(tool.name) or tool() for tool in TOOLS], conduct=conduct)
