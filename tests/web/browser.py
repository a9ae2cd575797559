"""The browser's code, built for Node, to be asked what it makes of what it is given."""

import base64
import json
import os
import shutil
import subprocess
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import msgspec
import pytest

from synclass.channel import Channel
from synclass.framing import frame
from synclass.lesson import Lesson

WEB = Path(__file__).parents[2] / "web"
Question = tuple[object, ...]


@cache
def bundle() -> Path:
    """The bundle, built now; skips (in CI: fails) where the browser's half is not installed."""
    if not (WEB / "node_modules").is_dir() or not (npm := shutil.which("npm")):
        if os.environ.get("CI"):
            pytest.fail("the browser's half is not installed: run npm ci in web/")
        pytest.skip("the browser's half is not installed: run npm ci in web/")
    out = WEB / "build" / os.environ.get("PYTEST_XDIST_WORKER", "main")
    build = [npm, "run", "--silent", "build:fold", "--", "--outDir", str(out)]
    subprocess.run(build, cwd=WEB, check=True, capture_output=True)
    return out / "fold.js"


def browser(questions: Sequence[Question]) -> list[Any]:
    """What the browser's code answers, in one Node process."""
    asked = b"".join(frame(msgspec.msgpack.encode(question)) for question in questions)
    done = subprocess.run(["node", bundle()], input=asked, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return [json.loads(line) for line in done.stdout.splitlines()]


class Page:
    """One page that is open: it remembers what was said before."""

    def __init__(self) -> None:
        self._node = subprocess.Popen(
            ["node", bundle()], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )

    def ask(self, *question: object) -> Any:
        assert self._node.stdin and self._node.stdout
        self._node.stdin.write(frame(msgspec.msgpack.encode(question)))
        self._node.stdin.flush()
        return json.loads(self._node.stdout.readline())

    def says(self, *question: object) -> list[bytes]:
        """The messages the page sends after a step."""
        return [base64.b64decode(message) for message in self.ask(*question)]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._node.communicate()


def everything(lesson: Lesson) -> dict[str, Channel]:
    return {channel.name: channel for channel in lesson.channels}


def shown(states: dict[str, Channel]) -> Any:
    """States as the browser's dump has them: maps as lists of pairs, so that their order shows."""
    return {
        name: [[f, _pairs(getattr(state, f))] for f in state.__struct_fields__]
        for name, state in states.items()
    }


def _pairs(value: object) -> object:
    if isinstance(value, dict):
        return [[str(key), _pairs(item)] for key, item in value.items()]
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if isinstance(value, msgspec.Struct):
        tag = value.__struct_config__.tag
        fields = [_pairs(getattr(value, f)) for f in value.__struct_fields__]
        return [tag, *fields] if tag else fields
    if isinstance(value, list | tuple):
        return [_pairs(item) for item in value]
    return value
