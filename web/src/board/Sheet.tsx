// The board as a part of a screen: what is seen of it, what lies over it, and a hand where one may write.
import { effect, type ReadonlySignal } from "@preact/signals";
import { render } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { Box } from "../channels/board";
import { isSight } from "../channels/gaze";
import type { Connection } from "../core/connection";
import type { Store } from "../core/store";
import { BoxDrawn, Boxes } from "./Boxes";
import type { Part } from "./camera";
import { Gestures } from "./gestures";
import type { Hand } from "./hand";
import { Labels } from "./labels";
import { Lens } from "./lens";
import { Painter } from "./painter";
import { Sights } from "./sights";
import { Veil } from "./Veil";
import "./board.css";

interface Props {
  store: Store;
  /** Where there is a line to the lesson: what is glimpsed is shown. */
  connection?: Connection;
  /** Makes the hand that may write here, now or once it has been fetched. */
  hold?: (painter: Painter) => Hand | Promise<Hand>;
  /** What this screen looks at is what the class is shown. */
  leads?: boolean;
  /** Whose box the next drag over the board draws. */
  boxing?: Boxing;
  onReady?: (painter: Painter, hand: Hand | null) => void;
  onLook?: (lens: Lens, sights: Sights) => void;
}

export interface Boxing {
  /** The classroom's name; null while the hand writes as ever. */
  name: ReadonlySignal<string | null>;
  drawn: (box: Box | null) => void;
}

export function Sheet({ store, connection, hold, leads = false, boxing, onReady, onLook }: Props) {
  const host = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (!host.current) return;
    const painter = new Painter(host.current, store);
    let hand: Hand | null = null;
    let gone = false;
    const { lens, sights, unhang } = hang(painter, () => hand, { store, connection, leads, boxing });
    function take(its: Hand | null): void {
      if (gone) return its?.destroy();
      hand = its;
      onReady?.(painter, its);
    }
    const held = hold?.(painter) ?? null;
    take(held instanceof Promise ? null : held);
    if (held instanceof Promise) void held.then(take);
    onLook?.(lens, sights);
    return () => {
      gone = true;
      unhang();
      hand?.destroy();
      painter.destroy();
    };
  }, [store, connection]);
  return <div class="board" ref={host} />;
}

type Line = Required<Pick<Props, "store" | "leads">> & Pick<Props, "connection" | "boxing">;

/** Lens, sights and gestures over a painter, tied to one another. */
function hang(painter: Painter, hand: () => Hand | null, { store, connection, leads, boxing }: Line) {
  const lens: Lens = new Lens(store, leads ? (view) => sights.show(view) : undefined);
  const isThere = () => (lens.page.value ?? store.states.pages.current) === store.states.pages.current;
  const watcher = {
    point: (who: string, x: number, y: number) => isThere() && painter.point(who, x, y),
    look: (view: Parameters<Lens["see"]>[0]) => lens.see(view),
  };
  const sights = new Sights(store, watcher, connection && ((sight) => connection.show(sight)));
  const its = {
    busy: () => hand()?.busy ?? false,
    allowed: () => hand()?.allowed ?? false,
    isPalm: (event: PointerEvent) => hand()?.isPalm(event) ?? false,
  };
  const gestures = new Gestures(painter, lens, its, connection !== undefined);
  const over = document.createElement("div");
  painter.sheet.append(over);
  const place = (x: number, y: number) => painter.boardPoint(x, y);
  const labels = new Labels(store, lens);
  const part = painter.camera.shown;
  render(
    <>
      <Boxes labels={labels} part={part} />
      <Veil sights={sights} part={part} place={leads ? place : undefined} isThere={isThere} />
      {boxing && <Boxer boxing={boxing} part={part} place={place} />}
    </>,
    over,
  );
  const undo = [
    effect(() => {
      painter.lookAt(lens.page.value);
      hand()?.acts.turned();
      hand()?.traces.turned();
    }),
    effect(() => painter.show(lens.part.value, lens.glides)),
    connection?.onGlimpse((who, glimpse) => isSight(glimpse) && sights.see(who, glimpse)),
    () => gestures.destroy(),
    () => sights.destroy(),
    () => lens.destroy(),
    () => labels.destroy(),
    () => render(null, over),
  ];
  return { lens, sights, unhang: () => undo.forEach((one) => one?.()) };
}

interface BoxerProps {
  boxing: Boxing;
  part: ReadonlySignal<Part>;
  place: (clientX: number, clientY: number) => [number, number];
}

function Boxer({ boxing: { name, drawn }, part, place }: BoxerProps) {
  if (name.value === null) return null;
  return <BoxDrawn name={name.value} part={part} place={place} drawn={drawn} />;
}
