"""Hypothesis judges what comes out, not how long a busy machine took for it."""

from collections.abc import Iterator

import pytest
from hypothesis import settings

from .planes import NAMES, Subscriber

settings.register_profile("classroom", deadline=None)
settings.load_profile("classroom")


@pytest.fixture(params=NAMES)
def subscriber(request: pytest.FixtureRequest) -> Iterator[Subscriber]:
    """One on each plane."""
    with Subscriber(request.param) as one:
        yield one
