"""A subscriber on each plane, before and after its handshake."""

from collections.abc import Iterator

import pytest

from .planes import NAMES, Ends


@pytest.fixture(params=NAMES)
def subscriber(request: pytest.FixtureRequest) -> Iterator[Ends]:
    """One on each plane, connected."""
    with Ends(request.param) as one:
        yield one.connect()


@pytest.fixture(params=NAMES)
def ends(request: pytest.FixtureRequest) -> Iterator[Ends]:
    """The same, before its handshake and its first check."""
    with Ends(request.param) as one:
        yield one
