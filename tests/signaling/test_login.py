import pytest

from signaling.limits import Limiter
from signaling.login import too_many
from synclass.errors import Refused


def test_too_many_tries_are_told_how_long_to_wait() -> None:
    limiter = Limiter(rate=1 / 5, burst=1)
    too_many(limiter.take("a", now=0))
    with pytest.raises(Refused, match="wait 5 seconds"):
        too_many(limiter.take("a", now=0))
