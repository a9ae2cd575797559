// The bar below: the pages of the board, who may write, and what of ours is on.
import { useSignal } from "@preact/signals";
import { Thumb } from "../../board/Thumb";
import type { Background } from "../../channels/pages";
import { type Key, t } from "../../i18n";
import { Icon } from "../../style/Icon";
import type { LetWrite } from "../../wire.gen";
import type { Live } from "../live/live";
import { Toggle } from "../live/Toggle";

const PAPERS: [Background, Key][] = [
  ["blank", "teach.paper.blank"],
  ["grid", "teach.paper.grid"],
  ["tian", "teach.paper.tian"],
  ["lines", "teach.paper.lines"],
];
const WRITERS: [LetWrite["who"], Key][] = [
  ["nobody", "teach.let.nobody"],
  ["stage", "teach.let.stage"],
  ["everyone", "teach.let.everyone"],
];

export function Pages({ live }: { live: Live }) {
  const open = useSignal(false);
  const { order, current } = live.store.signals.pages.value;
  const over = live.store.signals.conduct.value.stage === "postclass";
  const at = order.indexOf(current);
  const turn = (page: number | undefined) =>
    page !== undefined && live.connection.ask({ t: "page.turn", page });
  return (
    <footer class="foot">
      {open.value && <Strip live={live} />}
      <div class="turner" role="group" aria-label={t("teach.pages")}>
        <button
          class="button only-icon"
          type="button"
          disabled={at <= 0}
          aria-label={t("teach.page.before")}
          onClick={() => turn(order[at - 1])}
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
          onClick={() => turn(order[at + 1])}
        >
          <Icon name="chevron-right" />
        </button>
        {!over && <NewPage live={live} />}
      </div>
      {!over && <Let live={live} />}
      {!over && <Devices live={live} />}
    </footer>
  );
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

function NewPage({ live }: { live: Live }) {
  const { papers, current } = live.store.signals.pages.value;
  const paper = useSignal<Background>(papers.get(current)?.background ?? "blank");
  return (
    <>
      <button
        class="button"
        type="button"
        aria-label={t("teach.page.new")}
        onClick={() => live.connection.ask({ t: "page.add", papers: [{ background: paper.value, sheet: "" }] })}
      >
        <Icon name="plus" size={20} />
        <span class="wide-only">{t("teach.page.new")}</span>
      </button>
      <select
        class="input select"
        aria-label={t("teach.paper")}
        value={paper.value}
        onChange={(event) => (paper.value = event.currentTarget.value as Background)}
      >
        {PAPERS.map(([kind, word]) => (
          <option key={kind} value={kind}>
            {t(word)}
          </option>
        ))}
      </select>
    </>
  );
}

function Let({ live }: { live: Live }) {
  const board = live.store.signals.board.value;
  return (
    <label class="row-tight let">
      <span class="small quiet-text wide-only">{t("teach.let")}</span>
      <select
        class="input select"
        aria-label={t("teach.let")}
        value={board.let}
        onChange={(event) =>
          live.connection.ask({ t: "board.let", who: event.currentTarget.value as LetWrite["who"] })
        }
      >
        {WRITERS.map(([who, word]) => (
          <option key={who} value={who}>
            {t(word)}
          </option>
        ))}
      </select>
    </label>
  );
}

function Strip({ live }: { live: Live }) {
  const { order, current } = live.store.signals.pages.value;
  return (
    <ol class="strip" aria-label={t("teach.pages")}>
      {order.map((page, i) => (
        <li key={page}>
          <button
            class="leaf"
            type="button"
            aria-current={page === current ? "page" : undefined}
            aria-label={t("teach.page", { n: i + 1 })}
            onClick={() => live.connection.ask({ t: "page.turn", page })}
          >
            <Thumb store={live.store} page={page} />
            <span class="small">{i + 1}</span>
          </button>
        </li>
      ))}
    </ol>
  );
}
