// The board as a part of a screen: what is seen of it, what lies over it, and a hand where one may write.
import { effect } from "@preact/signals";
import { render } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { isSight } from "../channels/gaze";
import type { Connection } from "../core/connection";
import type { Store } from "../core/store";
import { Gestures } from "./gestures";
import { Hand } from "./hand";
import { Lens } from "./lens";
import { Painter } from "./painter";
import { Sights } from "./sights";
import { Veil } from "./Veil";
import "./board.css";

interface Props {
  store: Store;
  /** Where there is a line to the lesson: what is glimpsed is shown, and a hand may write. */
  connection?: Connection;
  /** What this screen looks at is what the class is shown. */
  leads?: boolean;
  onReady?: (painter: Painter, hand: Hand | null) => void;
  onLook?: (lens: Lens, sights: Sights) => void;
}

export function Sheet({ store, connection, leads = false, onReady, onLook }: Props) {
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!host.current) return;
    const painter = new Painter(host.current, store);
    const hand = connection ? new Hand(painter, connection) : null;
    const { lens, sights, unhang } = hang(painter, hand, { store, connection, leads });
    onReady?.(painter, hand);
    onLook?.(lens, sights);
    return () => {
      unhang();
      hand?.destroy();
      painter.destroy();
    };
  }, [store, connection]);
  return <div class="board" ref={host} />;
}

type Line = Required<Pick<Props, "store" | "leads">> & Pick<Props, "connection">;

/** Lens, sights and gestures over a painter, tied to one another. */
function hang(painter: Painter, hand: Hand | null, { store, connection, leads }: Line) {
  const lens: Lens = new Lens(store, leads ? (view) => sights.show(view) : undefined);
  const watcher = {
    point: (who: string, x: number, y: number) => painter.point(who, x, y),
    look: (view: Parameters<Lens["see"]>[0]) => lens.see(view),
  };
  const sights = new Sights(store, watcher, connection && ((sight) => connection.show(sight)));
  const gestures = new Gestures(painter, lens, {
    busy: () => hand?.busy ?? false,
    allowed: () => hand?.allowed ?? false,
  });
  const over = document.createElement("div");
  painter.sheet.append(over);
  const place = (x: number, y: number) => painter.boardPoint(x, y);
  render(
    <Veil sights={sights} part={painter.camera.shown} place={leads ? place : undefined} />,
    over,
  );
  const undo = [
    effect(() => painter.lookAt(lens.page.value)),
    effect(() => painter.show(lens.part.value, lens.glides)),
    connection?.onGlimpse((who, glimpse) => isSight(glimpse) && sights.see(who, glimpse)),
    () => gestures.destroy(),
    () => sights.destroy(),
    () => lens.destroy(),
    () => render(null, over),
  ];
  return { lens, sights, unhang: () => undo.forEach((one) => one?.()) };
}
