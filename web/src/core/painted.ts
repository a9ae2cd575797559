// What can wait until the screen that was just changed is to be seen.

const HIDDEN_MS = 100; // a window that is not seen has no frames
const SLOWEST_MS = 3000; // on an old PC, to paint a full page: what waits must not come between

/** Resolves when what the page looks like now has been painted, or nobody sees it anyway. */
export function painted(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, document.hidden ? HIDDEN_MS : SLOWEST_MS);
    requestAnimationFrame(() => requestAnimationFrame(() => resolve()));
  });
}
