// What opens beside the lesson: a key that opens it leads into it, and Escape leads back.
import { useLayoutEffect, useRef } from "preact/hooks";

export function usePanel<T extends HTMLElement>(close: () => void) {
  const ref = useRef<T>(null);
  useLayoutEffect(() => {
    const [here, from] = [ref.current, document.activeElement];
    if (!here || !(from instanceof HTMLElement) || !from.matches(":focus-visible")) return;
    here.focus();
    return () => {
      if (here.contains(document.activeElement)) from.focus();
    };
  }, []);
  const onKeyDown = ({ key, isComposing }: KeyboardEvent) => {
    if (key === "Escape" && !isComposing) close();
  };
  return { ref, tabIndex: -1, onKeyDown };
}
