"""The API as a page: every route, no script, nothing from elsewhere."""

from html.parser import HTMLParser
from pathlib import Path

from .server import school


class Seen(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.asked: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.asked += [value or "" for name, value in attrs if name in ("href", "src")]


async def test_a_person_reads_every_route_and_nothing_is_fetched(tmp_path: Path) -> None:
    async with school(tmp_path) as town, town.browser() as browser:
        async with browser.get("/api/reference") as response:
            text = await response.text()
            assert "script-src" not in response.headers["Content-Security-Policy"]
        async with browser.get("/api/openapi.json") as response:
            paths = (await response.json())["paths"]
    seen = Seen()
    seen.feed(text)
    assert "script" not in seen.tags and seen.asked == ["/api/openapi.json"]
    assert all(path in text for path in paths)
    assert seen.tags.count("details") >= sum(map(len, paths.values()))
