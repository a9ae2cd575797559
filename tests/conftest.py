"""The people of our tests, and what is only for the long proof."""

import asyncio
import io
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from signaling.limits import Limiter
from synclass.words import Participant, ParticipantId, Role

PROOF = os.environ.get("SYNCLASS_PROOF") == "1"
settings.register_profile("classroom", deadline=None, derandomize=True, max_examples=40)
settings.register_profile("proof", deadline=None)
settings.load_profile("proof" if PROOF else "classroom")
"""No test tells of the machine; `make test` tries the same few examples each time, for what it says
must be sure, and `make proof` tries others, and more."""


def person(id_: str, role: Role, school: str = "") -> Participant:
    return Participant(ParticipantId(id_), id_.title(), role, school)


TEACHER = person("wang", Role.TEACHER, "town")
VILLAGE = person("caoxing", Role.CLASSROOM, "caoxing")
OTHER_VILLAGE = person("shuangmiao", Role.CLASSROOM, "shuangmiao")
CO_TEACHER = person("li", Role.CO_TEACHER, "caoxing")
PATROL = person("zhao", Role.PATROL)
ADMIN = person("admin", Role.ADMIN)
PEOPLE = (TEACHER, VILLAGE, OTHER_VILLAGE, CO_TEACHER, PATROL, ADMIN)


@pytest.fixture
def no_refill(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tries come back with time, and a busy machine takes long enough for some: here none does."""

    def left(limiter: Any, key: str, now: float) -> float:
        return float(limiter._buckets.get(key, (limiter._burst, now))[0])

    monkeypatch.setattr(Limiter, "_left", left)


QUIET = {
    *("links/test_far.py", "links/test_ink.py", "links/test_board.py"),
    "links/test_rooms.py::test_a_line_that_shrinks_to_a_tenth_and_grows_again_has_its_picture_back",
}
"""Several browsers encode and decode in these at once: on a machine that others share they tell of
the machine, so they are for `make proof`."""


CANCELLED_WITHIN = 60.0  # seconds
PATIENT = {
    *("faults", "links/test_voice.py", "links/test_uplink.py", "links/test_pipe.py"),
    *("attacks/test_flood.py", "attacks/test_offpath.py", "attacks/test_greedy.py"),
    *("signaling/sfu/test_process.py", "signaling/sfu/test_uplink.py"),
}
"""Tests with a clock in them that mostly wait: two of these disturb each other no more than one
does itself."""
ALONE = {
    *("links", "journeys/test_lesson.py", "journeys/test_layers.py"),
    *("clients/test_gstreamer.py", "clients/test_browsers.py", "journeys/test_behind.py"),
    "journeys/test_drift_seen.py",
    *("recorder/test_twenty.py", "web/test_courier.py"),
    "journeys/test_codecs.py::test_a_room_sees_the_vp9_of_an_encoder_that_is_no_browser",
}
"""Tests with a clock in them that want both cores: one after the other."""


ORDINARY = "not alone and not patient"  # the tests of the Makefile's first stage
LONGEST_FIRST = ("journeys", "faults")
"""Folders whose files take longest: begun last, one of them alone would keep the others waiting."""


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """A stage of `make test` reads only files with tests of its own: to read all takes long."""
    if not collection_path.name.startswith("test_"):
        return None
    path = collection_path.relative_to(Path(__file__).parent).as_posix()
    stages = {"patient": PATIENT, "alone": ALONE}
    mine = stages.get(config.option.markexpr)
    if mine is not None:
        return (
            True
            if not {path.split("/")[0], path} & {name.split("::")[0] for name in mine}
            else None
        )
    others = PATIENT | ALONE if config.option.markexpr == ORDINARY else set[str]()
    return True if {path.split("/")[0], path} & others else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: not set(LONGEST_FIRST) & set(item.path.parts))
    for item in items:
        path = "/".join(item.path.parts[item.path.parts.index("tests") + 1 :])
        names = {path.split("/")[0], path, f"{path}::{item.name}"}
        if names & PATIENT:
            item.add_marker(pytest.mark.patient)
        elif names & ALONE:
            item.add_marker(pytest.mark.alone)
    if PROOF:
        return
    for item in items:
        file = "/".join(item.path.parts[-2:])
        if {file, f"{file}::{item.name}"} & QUIET:
            item.add_marker(pytest.mark.skip(reason="wants a quiet machine: make proof"))


def pytest_configure() -> None:
    setattr(asyncio.runners, "_cancel_all_tasks", _cancel_all)  # noqa: B010  (it has no public door)


def _cancel_all(loop: asyncio.AbstractEventLoop) -> None:
    """End what a test left, as asyncio does at a loop's end; but a task that takes no cancel fails
    the test by its name, where asyncio waits for it for ever."""
    left = asyncio.all_tasks(loop)
    for task in left:
        task.cancel()
    if left:
        waited = asyncio.wait(left, timeout=CANCELLED_WITHIN)
        _, left = loop.run_until_complete(waited)
    if left:
        said = io.StringIO()
        for task in left:
            task.print_stack(file=said)
        raise AssertionError(f"takes no cancel:\n{said.getvalue()}")
