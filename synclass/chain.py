"""The chain of the audit log: each line's link is a hash of the line and of the link before it."""

import hashlib
from collections.abc import Iterable

from msgspec import json

Line = tuple[float, str, str, str]
"""Wall time (Unix seconds), who, act, what."""


def linked(before: str, line: Line) -> str:
    """The link of a line, 64 hex digits; ``before`` is "" for the first."""
    return hashlib.sha256(json.encode([before, *line])).hexdigest()


def first_broken(lines: Iterable[tuple[str, Line]], before: str = "") -> int:
    """Which line, counted from 1, is not what was written or does not follow; 0 where all do."""
    for n, (link, line) in enumerate(lines, 1):
        if link != linked(before, line):
            return n
        before = link
    return 0
