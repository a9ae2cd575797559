from pathlib import Path

import pytest

from .server import PASSWORD, school

LOGIN = {"name": "wang", "password": PASSWORD}


@pytest.mark.usefixtures("no_refill")
@pytest.mark.parametrize("behind_proxy", [True, False])
async def test_a_proxy_is_believed_only_where_it_was_said(
    tmp_path: Path, behind_proxy: bool
) -> None:
    async with school(tmp_path, behind_proxy=behind_proxy) as town, town.browser() as browser:
        says = {"X-Forwarded-For": "10.1.2.3, 10.9.9.9", "X-Forwarded-Proto": "https"}
        async with browser.post("/api/login", json=LOGIN, headers=says) as response:
            assert ("Secure" in response.headers["Set-Cookie"]) == behind_proxy
        codes = []
        for room in range(12):
            says = {"X-Forwarded-For": f"10.1.2.{room}"}
            knock = {"code": "000000", "name": "x"}
            async with browser.post("/api/door", json=knock, headers=says) as response:
                codes.append(response.status)
        assert codes[-1] == (404 if behind_proxy else 429)


async def test_nonsense_from_a_proxy_changes_nothing(tmp_path: Path) -> None:
    async with school(tmp_path, behind_proxy=True) as town, town.browser() as browser:
        says = {"X-Forwarded-For": ",", "X-Forwarded-Proto": "gopher"}
        async with browser.get("/api/me", headers=says) as response:
            assert response.status == 200
