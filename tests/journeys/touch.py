"""What tests do at a board beside writing, and what they see there."""

import asyncio
from typing import Any

from playwright.async_api import Page

from synclass.ink import decode_stroke

from ..waiting import until
from .classroom import board_hash, state

Point = tuple[float, float]


async def marks_of(page: Page) -> dict[str, Any]:
    whole = await state(page)
    marks: dict[str, Any] = whole["board"]["pages"][str(whole["pages"]["current"])]["marks"]
    return marks


async def bodies(page: Page) -> list[list[str]]:
    """Every mark of the board in front, as its kind; of shapes which."""
    marks = (await marks_of(page)).values()
    return [[m["body"]["t"], m["body"].get("kind", "")] for m in marks]


async def count(page: Page, wanted: int) -> bool:
    return len(await marks_of(page)) == wanted


async def same(*pages: Page) -> None:
    """The same pixels everywhere, once nothing moves any more."""

    async def agreed() -> bool:
        return len({await board_hash(page) for page in pages}) == 1

    await until(agreed)


async def take(page: Page, tool: str, option: str = "") -> None:
    """In a classroom what a tool offers is shown when it is pressed once more."""
    button = page.get_by_role("button", name=tool, exact=True)
    await button.click()
    if option:
        if await button.get_attribute("aria-expanded") == "false":
            await button.click()
        await page.get_by_role("button", name=option, exact=True).click()


async def let_everyone(teacher: Page) -> None:
    """Every classroom may write on the board."""
    await teacher.get_by_role("button", name="谁来写", exact=True).click()
    await teacher.get_by_role("button", name="所有教室", exact=True).click()


async def compose(page: Page, letters: str, words: str) -> None:
    """Type as with a Chinese keyboard: letters first, and then what was picked for them."""
    keyboard = await page.context.new_cdp_session(page)
    end = len(letters)
    composition = {"text": letters, "selectionStart": end, "selectionEnd": end}
    await keyboard.send("Input.imeSetComposition", composition)
    await keyboard.send("Input.insertText", {"text": words})


async def changed(page: Page, before: str) -> bool:
    return await board_hash(page) != before


async def unchanged(page: Page, before: str) -> bool:
    return await board_hash(page) == before


async def off(page: Page, wanted: int) -> bool:
    return len((await state(page))["board"]["pages"]["1"]["off"]) == wanted


async def edited(page: Page, times: int) -> bool:
    """So many things were done to one of the marks."""
    return max(len(mark["changes"]) for mark in (await marks_of(page)).values()) >= times


async def texts(page: Page) -> list[str]:
    return [m["body"]["text"] for m in (await marks_of(page)).values() if m["body"]["t"] == "text"]


async def rests(page: Page, empty: str) -> bool:
    """There is something, and it has not changed for a while: the setter of formulas has come."""
    seen = await board_hash(page)
    await asyncio.sleep(0.5)
    return seen != empty and await board_hash(page) == seen


async def strokes(page: Page) -> list[list[tuple[int, int, int]]]:
    marks = (await marks_of(page)).values()
    return [decode_stroke(bytes(m["body"]["ink"])) for m in marks if m["body"]["t"] == "ink"]


def pixel(x: float, y: float) -> Point:
    """Board pixels as shares of the board."""
    return x / 1920, y / 1080
