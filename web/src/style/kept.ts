// The keyboard is never lost: where what it was at has gone, it is at what stands there now.

const STOPS = "a[href], button, input, select, textarea, [tabindex]";

/** What a key was pressed on, and its parents: each with its place among its own siblings. */
let path: [Element, number][] = [];

export function keepKeyboard(app: HTMLElement): void {
  app.addEventListener("keydown", ({ target }) => (path = pathOf(target as Element, app)), true);
  addEventListener("pointerdown", () => (path = []), true); // who points sees where they are
  const changes = { subtree: true, childList: true, attributes: true, attributeFilter: ["disabled"] };
  new MutationObserver(() => path.length && document.activeElement === document.body && next()?.focus()).observe(app, changes);
}

function pathOf(one: Element, app: Element): [Element, number][] {
  const { parentElement } = one;
  if (one === app || !parentElement) return [];
  return [[one, [...parentElement.children].indexOf(one)], ...pathOf(parentElement, app)];
}

/** The first stop of what took its place, or of what it stood in. */
function next(): HTMLElement | undefined {
  if (path[0][0].isConnected && !path[0][0].matches(":disabled")) return undefined; // it was left
  for (const [i, [, place]] of path.entries()) {
    const parent = path[i + 1]?.[0];
    if (!parent?.isConnected) continue;
    const found = stopIn(parent.children[place]) ?? stopIn(parent);
    if (found) return found;
  }
  return undefined;
}

function stopIn(where: Element | undefined): HTMLElement | undefined {
  const all = where ? [where, ...where.querySelectorAll(STOPS)] : [];
  return all.find((one) => one.matches(STOPS) && !one.matches(":disabled") && one.getClientRects().length > 0) as
    | HTMLElement
    | undefined;
}
