// The one thing of a page whose form is open.
import { useRef, useState } from "preact/hooks";

export interface Open<T> {
  open: T | null;
  show: (one: T | null) => void;
  /** Closes the form of this one; whether it was still open, for an answer may come when another is. */
  close: (of: T | null) => boolean;
}

export function useOpen<T>(): Open<T> {
  const [open, set] = useState<T | null>(null);
  const now = useRef<T | null>(null);
  const show = (one: T | null) => {
    now.current = one;
    set(one);
  };
  const close = (of: T | null) => {
    const still = now.current === of;
    if (still) show(null);
    return still;
  };
  return { open, show, close };
}
