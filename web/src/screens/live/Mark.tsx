// One press marks this moment; what it was is said afterwards, by whoever has a hand free.
import "../classroom/kept";
import "../../i18n/staff";
import { type Signal, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { t } from "../../i18n";
import { Icon } from "../../style/Icon";
import type { Bookmark } from "../../wire.gen";
import type { Live } from "./live";
import { heardM, KINDS, LONGEST } from "./marking";
import { clockTime } from "./time";
import "./mark.css";

const READ_MS = 12_000; // that it stays open where nobody touches it
const TWICE_MS = 1000; // between two presses that mean one

export function Mark({ live, up }: { live: Live; up?: boolean }) {
  const open = useSignal(false);
  const { stage } = live.store.signals.conduct.value;
  const mine = ofMine(live);
  useEffect(() => heardM(() => press(live, open)), [live]);
  if (stage !== "inclass") return null;
  return (
    <div class={up ? "marking up" : "marking"}>
      <button
        class="button"
        type="button"
        title={t("mark.why")}
        aria-expanded={open.value}
        onClick={() => press(live, open)}
      >
        <Icon name="flag" size={20} />
        {t("mark.now")}
      </button>
      {open.value && mine && <Describe key={mine.n} live={live} mark={mine} open={open} />}
    </div>
  );
}

let pressedAt = 0;

function press(live: Live, open: Signal<boolean>): void {
  if (live.store.states.conduct.stage !== "inclass") return;
  const at = live.connection.now() / 1000;
  if (performance.now() - pressedAt > TWICE_MS) {
    live.connection.ask({ t: "bookmark.add", kind: "key", text: "", at });
  }
  pressedAt = performance.now();
  open.value = true;
}

/** The last mark of whoever sits here. */
function ofMine(live: Live): Bookmark | undefined {
  const you = live.store.you.value?.id;
  const mine = live.store.signals.bookmarks.value.marks.filter(({ who }) => who === you);
  return mine[mine.length - 1];
}

interface Props {
  live: Live;
  mark: Bookmark;
  open: Signal<boolean>;
}

function Describe({ live, mark, open }: Props) {
  const text = useSignal(mark.text);
  const touched = useSignal(0);
  const began = live.store.states.conduct.began_at ?? 0;
  useEffect(() => {
    const timer = setTimeout(() => (open.value = false), READ_MS);
    return () => clearTimeout(timer);
  }, [touched.value]);

  function say(kind: Bookmark["kind"]): void {
    live.connection.ask({ t: "bookmark.change", n: mark.n, kind, text: text.value.trim() });
    touched.value++;
  }

  function finish(event: Event): void {
    event.preventDefault();
    say(mark.kind);
    open.value = false;
  }

  return (
    <form class="card describe" onSubmit={finish} onKeyDown={(e) => e.key === "Escape" && finish(e)}>
      <p class="row" role="status">
        <Icon name="check" size={20} />
        <span class="grow">{t("mark.done", { at: clockTime(mark.at - began) })}</span>
        {mark.hidden && <span class="small quiet-text">{t("mark.hidden")}</span>}
      </p>
      <div class="kinds" role="group">
        {KINDS.map((kind) => (
          <button
            key={kind}
            class="button"
            type="button"
            aria-pressed={mark.kind === kind}
            onClick={() => say(kind)}
          >
            {t(`mark.${kind}`)}
          </button>
        ))}
      </div>
      <input
        class="input"
        aria-label={t("mark.text")}
        placeholder={t("mark.text")}
        maxLength={LONGEST}
        value={text.value}
        onInput={(event) => {
          text.value = event.currentTarget.value;
          touched.value++;
        }}
      />
      <div class="row">
        <button
          class="button quiet grow"
          type="button"
          onClick={() => {
            live.connection.ask({ t: "bookmark.remove", n: mark.n });
            open.value = false;
          }}
        >
          <Icon name="undo" size={20} />
          {t("mark.undo")}
        </button>
        <button class="button main grow" type="submit">
          {t("mark.ok")}
        </button>
      </div>
    </form>
  );
}
