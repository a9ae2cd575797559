"""A hand that has a keyboard and no mouse: from one thing to the next by Tab, and it is seen."""

from playwright.async_api import Page

from ..waiting import until

MOST = 150  # presses of Tab: no page of ours has more to stop at before what is looked for
WHERE = """() => {
  const at = document.activeElement, style = getComputedStyle(at);
  const label = at.getAttribute("aria-label") || at.labels?.[0]?.innerText || at.innerText || "";
  const seen = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
  return [label.trim(), seen, at.tagName];
}"""
"""What the keyboard is at: what it is called, and whether one sees that it is."""


async def tab_to(page: Page, words: str, key: str = "Tab") -> None:
    """Press until the keyboard is at what these words begin; it shows that it is there."""
    passed = []
    for _ in range(MOST):
        await page.keyboard.press(key)
        label, seen, tag = await page.evaluate(WHERE)
        passed.append(label)
        if tag != "BODY" and label.startswith(words):
            assert seen, f"nobody sees that the keyboard is at {label}"
            return
    raise AssertionError(f"the keyboard came by {passed} and not by {words}")


async def at(page: Page, words: str) -> None:
    """The keyboard comes to this by itself, because something has opened or gone."""
    told: list[str] = []

    async def there() -> bool:
        label, seen, _ = await page.evaluate(WHERE)
        told[:] = [label]
        return bool(seen and label.startswith(words))

    try:
        await until(there)
    except AssertionError:
        raise AssertionError(f"the keyboard is at {told}, not at {words}") from None


async def enter(page: Page, words: str, key: str = "Tab") -> None:
    """Go there and press Enter."""
    await tab_to(page, words, key)
    await page.keyboard.press("Enter")


async def log_in(page: Page, url: str, name: str, password: str) -> None:
    """By the keyboard, which is at the first field when the page opens."""
    await page.goto(f"{url}/login")
    await page.locator("input:focus").wait_for()
    await page.keyboard.type(name)
    await page.keyboard.press("Tab")
    await page.keyboard.type(password)
    await page.keyboard.press("Enter")
