// The bar below: the pages of the board, where the class is to look, and what of ours is on.
import { type Signal, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { BACKGROUNDS, type Background } from "../../channels/pages";
import { t } from "../../i18n";
import { Icon } from "../../style/Icon";
import type { Live } from "../live/live";
import { Toggle } from "../live/Toggle";
import { Lead } from "./Lead";
import { Strip } from "./Strip";

const REGRET_MS = 8000; // a page that was deleted is offered back so long; in the strip for ever

export function Pages({ live }: { live: Live }) {
  const open = useSignal(false);
  const deleted = useSignal<number | null>(null);
  const over = live.store.signals.conduct.value.stage === "postclass";
  return (
    <footer class="foot">
      {open.value && <Strip live={live} deleted={deleted} over={over} />}
      <Turner live={live} open={open} over={over} />
      {!over && live.lens.value && live.sights.value && (
        <Lead lens={live.lens.value} sights={live.sights.value} />
      )}
      {!over && <Devices live={live} />}
      <Deleted live={live} page={deleted} />
    </footer>
  );
}

function Turner({ live, open, over }: { live: Live; open: Signal<boolean>; over: boolean }) {
  const { order, current } = live.store.signals.pages.value;
  const at = order.indexOf(current);
  const turn = (by: number) => turnBy(live, by);
  useEffect(() => listen(turn), [live]);
  return (
    <div class="turner" role="group" aria-label={t("teach.pages")}>
      <button
        class="button only-icon"
        type="button"
        disabled={at <= 0}
        aria-label={t("teach.page.before")}
        onClick={() => turn(-1)}
      >
        <Icon name="chevron-left" />
      </button>
      <button
        class="button digits"
        type="button"
        aria-expanded={open.value}
        aria-label={`${t("teach.pages")} ${at + 1}/${order.length}`}
        onClick={() => (open.value = !open.value)}
      >
        {at + 1}/{order.length}
        <Icon name={open.value ? "chevron-down" : "chevron-up"} size={16} />
      </button>
      <button
        class="button only-icon"
        type="button"
        disabled={at >= order.length - 1}
        aria-label={t("teach.page.next")}
        onClick={() => turn(1)}
      >
        <Icon name="chevron-right" />
      </button>
      {!over && <NewPage live={live} />}
    </div>
  );
}

/** Quick turns on a slow line add up: they count from the page that was asked for last. */
function turnBy(live: Live, by: number): void {
  const { order, current } = live.store.states.pages;
  const asked = live.connection.asking("page.turn")?.page ?? current;
  const page = order[order.indexOf(order.includes(asked) ? asked : current) + by];
  if (page !== undefined) live.connection.ask({ t: "page.turn", page });
}

/** The keys of a presenter's remote control. */
function listen(turn: (by: number) => void): () => void {
  const listener = (event: KeyboardEvent) => {
    const by = event.key === "PageDown" ? 1 : event.key === "PageUp" ? -1 : 0;
    if (!by || event.target instanceof HTMLSelectElement) return;
    event.preventDefault();
    turn(by);
  };
  window.addEventListener("keydown", listener);
  return () => window.removeEventListener("keydown", listener);
}

function Devices({ live }: { live: Live }) {
  return (
    <div class="devices" role="group">
      <Toggle device={live.mic} word="live.mic" icon="mic" iconOff="mic-off" />
      <Toggle device={live.camera} word="live.camera" icon="camera" iconOff="camera-off" />
      <Toggle device={live.document} word="teach.document" icon="lines" />
      <Toggle device={live.screen} word="teach.share" icon="monitor" />
    </div>
  );
}

/** A new page on paper like this one's, and the paper of the page in front. */
function NewPage({ live }: { live: Live }) {
  const { papers, current } = live.store.signals.pages.value;
  const background = papers.get(current)?.background ?? "blank";
  return (
    <>
      <button
        class="button"
        type="button"
        aria-label={t("teach.page.new")}
        onClick={() => live.connection.ask({ t: "page.add", papers: [{ background, sheet: "" }] })}
      >
        <Icon name="plus" size={20} />
        <span class="wide-only">{t("teach.page.new")}</span>
      </button>
      <select
        class="input select"
        aria-label={t("teach.paper")}
        value={background}
        onChange={({ currentTarget: { value } }) =>
          live.connection.ask({ t: "page.paper", page: current, background: value as Background })
        }
      >
        {BACKGROUNDS.map((kind) => (
          <option key={kind} value={kind}>
            {t(`teach.paper.${kind}`)}
          </option>
        ))}
      </select>
    </>
  );
}

/** A page that was deleted just now is brought back by one touch. */
function Deleted({ live, page }: { live: Live; page: Signal<number | null> }) {
  const { removed } = live.store.signals.board.value;
  const gone = page.value;
  useEffect(() => {
    const timer = setTimeout(() => (page.value = null), REGRET_MS);
    return () => clearTimeout(timer);
  }, [gone]);
  if (gone === null || !removed.includes(gone)) return null;
  return (
    <div class="toast band" role="status">
      <Icon name="trash" />
      {t("teach.page.deleted")}
      <button
        class="button"
        type="button"
        onClick={() => live.connection.ask({ t: "page.restore", page: gone })}
      >
        <Icon name="undo" size={20} />
        {t("teach.page.restore")}
      </button>
    </div>
  );
}
