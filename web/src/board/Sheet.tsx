// The board as a part of a screen: the painter, and where it may be written on, the hand.
import { useEffect, useRef } from "preact/hooks";
import type { Connection } from "../core/connection";
import type { Store } from "../core/store";
import { Hand } from "./hand";
import { Painter } from "./painter";
import "./board.css";

interface Props {
  store: Store;
  /** Where there is a line to the lesson: pointers are shown, and a hand may write. */
  connection?: Connection;
  onReady?: (painter: Painter, hand: Hand | null) => void;
}

export function Sheet({ store, connection, onReady }: Props) {
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!host.current) return;
    const painter = new Painter(host.current, store);
    const hand = connection ? new Hand(painter, connection) : null;
    const deaf = connection?.onGlimpse((who, glimpse) => {
      if (glimpse.t === "pointer") painter.point(who, glimpse.x, glimpse.y);
    });
    onReady?.(painter, hand);
    return () => {
      deaf?.();
      hand?.destroy();
      painter.destroy();
    };
  }, [store, connection]);
  return <div class="board" ref={host} />;
}
