// The keyboard of the replay: space, arrows, brackets, f, s.
import type { Player } from "./player";

const STEP = 5; // seconds

type Act = (player: Player) => unknown;

const KEYS: Record<string, Act> = {
  " ": (player) => player.toggle(),
  ArrowLeft: (player) => player.seek(player.now() - STEP),
  ArrowRight: (player) => player.seek(player.now() + STEP),
  "[": (player) => player.skip(-1),
  "]": (player) => player.skip(1),
  f: () => toggleFullscreen(),
  s: (player) => (player.hurried.value = !player.hurried.value),
};

/** Listen until the returned function is called. */
export function listen(player: Player): () => void {
  const heard = (event: KeyboardEvent) => {
    const act = KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey || isBusy(event)) return;
    event.preventDefault();
    act(player);
  };
  addEventListener("keydown", heard);
  return () => removeEventListener("keydown", heard);
}

export function toggleFullscreen(): void {
  const change = document.fullscreenElement
    ? document.exitFullscreen()
    : document.documentElement.requestFullscreen();
  void change.catch(() => undefined); // a browser may not let a page fill the screen
}

/**
 * Space on a button that the keyboard has reached presses it, and arrows on a slider move that
 * slider.  A button that was only clicked keeps the focus, but not the space.
 */
function isBusy({ target, key }: KeyboardEvent): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.matches("button, a")) {
    if (key === " " && target.matches(":focus-visible")) return true;
    target.blur();
    return false;
  }
  return target.matches("input:not([data-keys=player]), select, textarea");
}
