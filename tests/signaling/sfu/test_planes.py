"""Which plane a worker has."""

from unittest import mock

import pytest

from signaling.sfu import planes
from signaling.sfu.plane import CONTRACT


def test_who_asks_for_python_gets_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(planes.ENVIRONMENT, "python")
    assert planes.available() == "python" == planes.choose([]).name


@pytest.mark.parametrize(
    ("built", "name"),
    [
        (None, "python"),
        (mock.Mock(spec=["Plane"]), "python"),
        (mock.Mock(CONTRACT=CONTRACT - 1), "python"),
        (mock.Mock(CONTRACT=CONTRACT), "c"),
    ],
    ids=["none", "before contracts", "older", "present"],
)
def test_what_was_built_must_keep_the_contract(
    monkeypatch: pytest.MonkeyPatch, built: object, name: str
) -> None:
    monkeypatch.delenv(planes.ENVIRONMENT, raising=False)
    monkeypatch.setattr(planes, "_plane", built)
    assert planes.available() == name
