// One handout: its pages in small, which rooms have it, and the two things to do with it.
import { useSignal } from "@preact/signals";
import { those } from "../../../channels/conduct";
import { countOf } from "../../../channels/handout";
import { t } from "../../../i18n";
import { Icon } from "../../../style/Icon";
import type { Handout, Sheet } from "../../../wire.gen";
import type { Live } from "../../live/live";
import { Leaf } from "./Leaf";

interface Props {
  live: Live;
  number: number;
  handout: Handout;
  /** The newest is open; of older ones the pages are shown when asked for. */
  latest: boolean;
  /** Pages in which the searched words stand; null where nothing is searched. */
  found: ReadonlySet<string> | null;
}

export function HandoutCard({ live, number, handout, latest, found }: Props) {
  const { sheets } = handout;
  const over = live.store.signals.conduct.value.stage === "postclass";
  const shown = sheets.filter((_, i) => !found || found.has(`${number} ${i}`));
  if (found && !shown.length) return null;
  return (
    <li class="handout card">
      <h3 title={handout.title}>{handout.title}</h3>
      <Readiness live={live} number={number} all={sheets.length} />
      {!over && <Acts live={live} number={number} sheets={sheets} />}
      <details open={latest || found !== null}>
        <summary class="small quiet-text">
          {t("courseware.size", { n: sheets.length, size: sizeOf(sheets) })}
        </summary>
        <ol class="handout-leaves" aria-label={handout.title}>
          {sheets.map((sheet, i) =>
            shown.includes(sheet) ? <Leaf key={i} live={live} sheet={sheet} n={i + 1} /> : null,
          )}
        </ol>
      </details>
    </li>
  );
}

function sizeOf(sheets: readonly Sheet[]): string {
  const bytes = sheets.reduce((sum, sheet) => sum + sheet.bytes, 0);
  return bytes < 1e6 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

/** "5 of 6 rooms ready", and by name how far the others are. */
function Readiness({ live, number, all }: { live: Live; number: number; all: number }) {
  const conduct = live.store.signals.conduct.value;
  const state = live.store.signals.handout.value;
  const rooms = those(conduct, "classroom");
  const waiting = rooms.filter((room) => countOf(state, room.id, number) < all);
  if (!rooms.length) return <p class="quiet-text small">{t("teach.no-rooms")}</p>;
  const words = { n: rooms.length - waiting.length, m: rooms.length };
  return (
    <div class="readiness" role="status">
      <strong class={waiting.length ? "" : "all"}>
        <Icon name={waiting.length ? "users" : "check"} size={20} />
        {t("courseware.rooms", words)}
      </strong>
      <ul class="small">
        {waiting.map((room) => (
          <li class="row" key={room.id}>
            <span class="grow name">{room.name}</span>
            <span class="digits">
              {countOf(state, room.id, number)}/{all}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Acts({ live, number, sheets }: { live: Live; number: number; sheets: Sheet[] }) {
  const sure = useSignal(false);
  const { papers, order } = live.store.signals.pages.value;
  const there = new Set(order.map((page) => papers.get(page)?.sheet));
  const missing = sheets.filter(({ name }) => !there.has(name));
  return (
    <div class="row wrap">
      <button
        class="button main small-button"
        type="button"
        disabled={!missing.length}
        onClick={() => layOut(live, missing)}
      >
        <Icon name={missing.length ? "board" : "check"} size={20} />
        {t(missing.length ? "courseware.lay" : "courseware.laid")}
      </button>
      <button
        class={sure.value ? "button danger small-button" : "button quiet small-button"}
        type="button"
        onBlur={() => (sure.value = false)}
        onClick={() => {
          if (sure.value) live.connection.ask({ t: "handout.remove", handout: number });
          sure.value = !sure.value;
        }}
      >
        <Icon name="trash" size={20} />
        {t(sure.value ? "courseware.remove.sure" : "courseware.remove")}
      </button>
    </div>
  );
}

/** Pages behind the one in front; the first of them comes to the front. */
function layOut(live: Live, sheets: readonly Sheet[]): void {
  const papers = sheets.map(({ name }) => ({ background: "blank" as const, sheet: name }));
  live.connection.ask({ t: "page.add", papers });
}
