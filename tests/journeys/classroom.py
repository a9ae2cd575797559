"""A lesson as people hold it: a teacher's browser, village browsers, and what they do there."""

import asyncio
import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from aiohttp import ClientSession
from playwright.async_api import Browser, BrowserContext, Page

from synclass.cli import admin

from ..cli.server import Server
from ..waiting import until

PASSWORD = "correct-horse-battery"
STAFF = (
    ("wang", "王老师", "teacher"),
    ("admin", "管理员", "admin"),
    ("zhao", "赵督导", "patrol"),
)
TITLE, SUBJECT = "分数的意义", "五年级数学"
SIZES = {"desk": (1366, 768), "wall": (1920, 1080), "phone": (390, 844)}
KEEP_CONNECTIONS = """
window.connections = [];
window.RTCPeerConnection = class extends RTCPeerConnection {
  constructor(...setup) { super(...setup); window.connections.push(this); }
};
"""
INBOUND = """async () => {
  const all = [];
  for (const pc of window.connections)
    if (pc.connectionState === 'connected')
      for (const one of (await pc.getStats()).values())
        if (one.type === 'inbound-rtp')
          all.push({kind: one.kind, mid: one.mid, frames: one.framesDecoded || 0,
                    energy: one.totalAudioEnergy || 0, packets: one.packetsReceived || 0});
  return all;
}"""


class Class:
    """Who takes part, each in a window of their own."""

    def __init__(self, server: Server, teacher: Browser, village: Browser, *, pictures: Path):
        self.server = server
        self.lesson = ""
        self.code = ""
        self._browsers = {"teacher": teacher, "village": village}
        self._pictures = pictures
        self._errors: list[str] = []
        self.ways: tuple[str, ...] = (server.url, "data:", "blob:")
        """Where requests may go: all else has left the server."""
        self._windows: list[BrowserContext] = []

    async def window(self, of: str, size: str = "desk", *, script: str = "") -> Page:
        """A window of a person's own, as if on a machine of their own.

        ``script`` runs in it before the page's own.
        """
        width, height = SIZES[size]
        context: BrowserContext = await self._browsers[of].new_context(
            viewport={"width": width, "height": height},
            locale="zh-CN",
            base_url=self.server.url,
            reduced_motion="reduce",  # what moves is painted sixty times a second, without a GPU
        )
        self._windows.append(context)
        await context.grant_permissions(["camera", "microphone"], origin=self.server.url)
        await context.add_init_script(KEEP_CONNECTIONS + script)
        page = await context.new_page()
        page.on("pageerror", lambda error: self._errors.append(str(error)))
        page.on("request", lambda request: self._stays_here(request.url))
        return page

    def _stays_here(self, url: str) -> None:
        if not url.startswith(self.ways):
            self._errors.append(f"a request left the server: {url}")

    async def leave(self) -> None:
        """Everybody closes their windows."""
        for context in self._windows:
            await context.close()

    def check(self) -> None:
        """No page has failed, and none has asked anything of another server."""
        assert not self._errors, self._errors

    async def log_in(self, page: Page, name: str, password: str = PASSWORD) -> None:
        """With the account's name and password, typed into the form."""
        await page.goto("/login")
        await page.get_by_label("用户名").fill(name)
        await page.get_by_label("密码").fill(password)
        await page.get_by_role("button", name="登录", exact=True).click()
        await page.wait_for_url("**/home")

    async def known(self, page: Page, name: str) -> None:
        """As if she had logged in this morning: nothing is painted for it."""
        await self.post(page, "/api/login", {"name": name, "password": PASSWORD})

    async def post(self, page: Page, path: str, body: dict[str, str]) -> Any:
        """What the page's browser would be told, its cookies and the answer's among them.

        (Playwright's own requests ask a DNS server for localhost, and wait five seconds for it.)
        """
        context = page.context
        has = {one["name"]: one["value"] for one in await context.cookies(self.server.url)}
        async with (
            ClientSession(self.server.url, cookies=has) as asking,
            asking.post(path, json=body, ssl=False) as answer,
        ):
            assert answer.ok, await answer.text()
            for name, one in answer.cookies.items():
                await context.add_cookies(
                    [{"name": name, "value": one.value, "url": self.server.url, "httpOnly": True}]
                )
            return await answer.json()

    async def teacher(self, *, by_hand: bool = False, script: str = "") -> Page:
        """The teacher's console with a new lesson; microphone and camera are on.

        ``by_hand`` she logs in and makes it, as she would; else two screens less are painted.
        """
        page = await self.window("teacher", script=script)
        if by_hand:
            await self._prepare(page)
        else:
            await self.known(page, "wang")
            asked = {"title": TITLE, "subject": SUBJECT}
            made = await self.post(page, "/api/lessons", asked)
            await page.goto(f"/teach/{made['id']}")
        self.lesson = page.url.rsplit("/", 1)[1]
        await page.get_by_role("button", name="麦克风").click()
        await page.get_by_role("button", name="摄像头").click()
        self.code = await self._code(page)
        return page

    async def _prepare(self, page: Page) -> None:
        await self.log_in(page, "wang")
        await page.get_by_label("课名", exact=True).fill(TITLE)
        await page.get_by_label("学科", exact=True).fill(SUBJECT)
        await page.get_by_role("button", name="开始备课").click()
        await page.wait_for_url("**/teach/*")

    async def begin(self, teacher: Page) -> None:
        await teacher.get_by_role("button", name="开始上课").click()
        await until(lambda: self.stage(teacher, "inclass"))

    async def room(self, name: str, *, size: str = "wall", script: str = "") -> Page:
        """A village comes in by the code; its camera and microphone are on."""
        page = await self.window("village", size, script=script)
        await page.goto("/")
        await page.get_by_label("六位课堂号").fill(self.code)
        await page.get_by_label("本教室的名称").fill(name)
        await page.get_by_role("button", name="进入课堂").click()
        await page.wait_for_url("**/room/*")
        await page.get_by_role("button", name="摄像头 通").wait_for()  # allowed before: by itself
        return page

    async def stage(self, page: Page, stage: str) -> bool:
        return bool(await page.evaluate("window.synclass?.state().conduct.stage") == stage)

    async def hears_and_sees(self, page: Page, *, slot: int = 0) -> None:
        """Wait until a sound slot has energy and a picture slot's frames rise."""
        before = await inbound(page, "video", slot)
        await until(lambda: rises(page, slot, before["frames"]), within=20)

    async def picture(self, page: Page, name: str) -> None:
        """Keep a screenshot to be looked at."""
        self._pictures.mkdir(parents=True, exist_ok=True)
        await page.screenshot(path=self._pictures / f"{name}.png")

    async def _code(self, page: Page) -> str:
        card = await page.evaluate(
            "fetch('/api/lessons/' + location.pathname.split('/').pop()).then(r => r.json())"
        )
        return str(card["code"])


async def inbound(page: Page, kind: str, slot: int) -> dict[str, Any]:
    """What the page has received in one slot so far."""
    streams = [one for one in await page.evaluate(INBOUND) if one["kind"] == kind]
    nothing = {"frames": 0, "energy": 0.0, "packets": 0}
    streams.sort(key=lambda one: int(one["mid"]))
    mids = await slots(page, kind)
    return next((one for one in streams if one["mid"] == mids[slot]), nothing) if mids else nothing


async def slots(page: Page, kind: str) -> list[str]:
    """The mids of the page's receiving sections of a kind, in their order."""
    mids: list[str] = await page.evaluate(
        """kind => (window.connections.at(-1)?.getTransceivers() ?? [])
             .filter(t => t.receiver.track.kind === kind && t.currentDirection === 'recvonly')
             .map(t => t.mid)""",
        kind,
    )
    return mids


async def rises(page: Page, slot: int, before: int) -> bool:
    picture, sound = await inbound(page, "video", slot), await inbound(page, "audio", slot)
    return bool(picture["frames"] > before + 5 and sound["energy"] > 0)


async def write(page: Page, points: list[tuple[float, float]], *, pause: float = 0.008) -> None:
    """Draw on the board with the pointer; points are shares of the board's width and height."""
    box = await board_box(page)
    places = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in points]
    await page.mouse.move(*places[0])
    await page.mouse.down()
    for place in places[1:]:
        await page.mouse.move(*place)
        await asyncio.sleep(pause)
    await page.mouse.up()


async def board_box(page: Page) -> dict[str, float]:
    box = await page.locator("main .sheet").last.bounding_box()
    assert box
    return {"x": box["x"], "y": box["y"], "width": box["width"], "height": box["height"]}


async def board_hash(page: Page) -> str:
    return str(await page.evaluate("window.synclass.boardHash()"))


async def state(page: Page) -> dict[str, Any]:
    """The page's folded state as plain JSON."""
    text = await page.evaluate(
        """JSON.stringify(window.synclass.state(), (key, value) =>
             value instanceof Map ? Object.fromEntries(value) :
             value instanceof Uint8Array ? Array.from(value) : value)"""
    )
    parsed: dict[str, Any] = json.loads(text)
    return parsed


def employ(
    server: Server, staff: Sequence[tuple[str, str, str]] = STAFF, *, school: str = ""
) -> None:
    """A teacher, an admin and a supervisor: `synclass admin add`, without a process for each."""
    with ThreadPoolExecutor(1) as aside:  # it has a loop of its own
        for name, shown, role in staff:
            said = ["add", name, "--shown", shown, "--role", role, "--password", PASSWORD]
            to = [*said, "--school", school, "--data", str(server.data)]
            aside.submit(admin.command.main, to, standalone_mode=False).result()


def renew(server: Server, name: str) -> None:
    """Somebody's password is set anew, though to the same: what they opened with the old ends."""
    said = ["password", name, "--password", PASSWORD, "--data", str(server.data)]
    with ThreadPoolExecutor(1) as aside:
        aside.submit(admin.command.main, said, standalone_mode=False).result()


SETTLES = """async strokes => {
  const lifted = ({ pages, drawing }) =>
    [...pages.values()].reduce((sum, page) => sum + page.marks.size, -drawing.size);
  let last = window.synclass.boardHash(), at = Date.now();
  const until = Date.now() + 20000;
  const asked = last;
  while (Date.now() < until && (last === asked || Date.now() - at < 700 ||
      lifted(window.synclass.state().board) < strokes)) {
    await new Promise(done => setTimeout(done, 15));
    const now = window.synclass.boardHash();
    if (now !== last) { last = now; at = Date.now(); }
  }
  return [last, at];
}"""


async def settles(page: Page, strokes: int) -> tuple[str, float]:
    """Wait for the board to change and to rest, so many pens lifted from it.

    -> its pixels, and when they last changed (Unix s).
    """
    pixels, at = await page.evaluate(SETTLES, strokes)
    return str(pixels), at / 1000
