// The address bar as a signal: which page is shown.
import { signal } from "@preact/signals";

export const path = signal(location.pathname);

addEventListener("popstate", () => {
  path.value = location.pathname;
});

/** Go to another page of ours without loading everything again. */
export function go(to: string): void {
  history.pushState(null, "", to);
  path.value = location.pathname;
}
