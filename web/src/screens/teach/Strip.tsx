// The drawer of small pages: turn to one, move it by hand or by keyboard, delete it, bring it back.
import { type Signal, useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { Thumb } from "../../board/Thumb";
import { t } from "../../i18n";
import { Icon } from "../../style/Icon";
import type { Live } from "../live/live";

const SLIP = 8; // pixels: a press that moves no further is a click

interface Props {
  live: Live;
  deleted: Signal<number | null>;
  over: boolean;
}

interface Drag {
  page: number;
  fromX: number;
  /** Where it would come to lie, once the hand has moved. */
  place: number | null;
}

export function Strip({ live, deleted, over }: Props) {
  const { order } = live.store.signals.pages.value;
  const drag = useSignal<Drag | null>(null);
  const list = useRef<HTMLOListElement>(null);
  const move = (event: PointerEvent) => dragged(event, drag, list.current);
  const drop = () => dropped(live, drag);
  return (
    <div class="strip">
      <ol
        ref={list}
        class={drag.value?.place != null ? "leaves dragging" : "leaves"}
        aria-label={t("teach.pages")}
        onPointerMove={move}
        onPointerUp={drop}
        onPointerCancel={() => (drag.value = null)}
      >
        {order.map((page, i) => (
          <Leaf key={page} live={live} page={page} at={i} drag={drag} fixed={over} />
        ))}
      </ol>
      {!over && <Acts live={live} deleted={deleted} />}
    </div>
  );
}

interface LeafProps {
  live: Live;
  page: number;
  at: number;
  drag: Signal<Drag | null>;
  fixed: boolean;
}

function Leaf({ live, page, at, drag, fixed }: LeafProps) {
  const { order, current } = live.store.signals.pages.value;
  const lifted = drag.value?.place != null ? drag.value : null;
  const from = lifted ? order.indexOf(lifted.page) : -1;
  const mark = lifted?.place !== at || from === at ? "" : from < at ? " after" : " before";
  const take = (event: PointerEvent) => {
    const grip = event.pointerType !== "touch" || (event.target as Element).closest(".grip");
    if (!fixed && grip && event.button === 0) {
      drag.value = { page, fromX: event.clientX, place: null };
    }
  };
  return (
    <li class={lifted?.page === page ? "lifted" : mark} onPointerDown={take}>
      <button
        class="leaf"
        type="button"
        aria-current={page === current ? "page" : undefined}
        aria-label={t("teach.page", { n: at + 1 })}
        aria-keyshortcuts={fixed ? undefined : "Alt+ArrowLeft Alt+ArrowRight Delete"}
        onClick={() => live.connection.ask({ t: "page.turn", page })}
        onKeyDown={(event) => !fixed && pressed(event, live, page, at)}
      >
        <Thumb store={live.store} page={page} />
        <span class="small grip">
          {!fixed && <Icon name="grip" size={16} />}
          {at + 1}
        </span>
      </button>
    </li>
  );
}

function pressed(event: KeyboardEvent, live: Live, page: number, at: number): void {
  const step = event.key === "ArrowLeft" ? -1 : event.key === "ArrowRight" ? 1 : 0;
  if (event.altKey && step) live.connection.ask({ t: "page.move", page, place: at + step });
  else if (event.key === "Delete") live.connection.ask({ t: "page.remove", page });
  else return;
  event.preventDefault();
}

function dragged(
  event: PointerEvent,
  drag: Signal<Drag | null>,
  list: HTMLOListElement | null,
): void {
  const now = drag.value;
  if (!now || !list || (now.place === null && Math.abs(event.clientX - now.fromX) < SLIP)) return;
  list.setPointerCapture(event.pointerId); // from here on it is no click
  const middles = [...list.children].map((leaf) => {
    const { left, width } = leaf.getBoundingClientRect();
    return Math.abs(left + width / 2 - event.clientX);
  });
  drag.value = { ...now, place: middles.indexOf(Math.min(...middles)) };
}

function dropped(live: Live, drag: Signal<Drag | null>): void {
  const { page, place } = drag.value ?? { page: 0, place: null };
  drag.value = null;
  if (place !== null) live.connection.ask({ t: "page.move", page, place });
}

/** What can be done to the page in front, and what was deleted. */
function Acts({ live, deleted }: { live: Live; deleted: Signal<number | null> }) {
  const { order, current } = live.store.signals.pages.value;
  const { removed } = live.store.signals.board.value;
  const at = order.indexOf(current);
  const move = (place: number) => live.connection.ask({ t: "page.move", page: current, place });
  const remove = () => {
    deleted.value = current;
    live.connection.ask({ t: "page.remove", page: current });
  };
  return (
    <div class="acts" role="group" aria-label={t("teach.page", { n: at + 1 })}>
      <button class="button" type="button" disabled={at <= 0} onClick={() => move(at - 1)}>
        <Icon name="chevron-left" size={20} />
        {t("teach.page.forward")}
      </button>
      <button
        class="button"
        type="button"
        disabled={at >= order.length - 1}
        onClick={() => move(at + 1)}
      >
        <Icon name="chevron-right" size={20} />
        {t("teach.page.back")}
      </button>
      <button class="button" type="button" disabled={order.length === 1} onClick={remove}>
        <Icon name="trash" size={20} />
        {t("teach.page.delete")}
      </button>
      {removed.length > 0 && (
        <button
          class="button"
          type="button"
          onClick={() => live.connection.ask({ t: "page.restore", page: removed[removed.length - 1] })}
        >
          <Icon name="undo" size={20} />
          {t("teach.page.restore.n", { n: removed.length })}
        </button>
      )}
    </div>
  );
}
