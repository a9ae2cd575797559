// What was missed: asked once in large letters, then shown over the live board until it is live again.
import "../../../i18n/behind";
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { Sheet } from "../../../board/Sheet";
import { t } from "../../../i18n";
import { Icon } from "../../../style/Icon";
import type { Live } from "../../live/live";
import { Picture } from "../../replay/Picture";
import { asStore } from "../../replay/scene";
import type { Gap, Missed } from "../missed";
import { isOnStage, writing } from "../ours";
import { Rewind } from "./rewind";
import { heardLive } from "./span";
import "./behind.css";

const ASKED_MS = 60_000; // then nobody wants to know any more
const SAID_MS = 8000;
const RATE = 1.25;
const SAID = { line: "behind.missed", away: "behind.away", late: "behind.late" } as const;

interface Props {
  live: Live;
  missed: Missed;
}

export function Behind({ live, missed }: Props) {
  const rewind = useSignal<Rewind | null>(null);
  const gap = missed.gap.value;
  const called = isOnStage(live) || writing(live) || handIsUp(live);
  const state = rewind.value?.state.value;
  const again = live.store.signals.again.value;
  const since = again.ends_at === null ? null : again.since;
  function watch({ from, to, why }: Gap): void {
    const heard = heardLive(to, live.connection.now() / 1000);
    missed.watching = true;
    const sharp = why === "away"; // the log until then would be read for nothing
    rewind.value = new Rewind(live, { from, to: null, rate: RATE, base: missed.base, sharp, heard });
    missed.gap.value = null;
    void rewind.value.open();
  }
  function forget(): void {
    missed.watching = false;
    missed.watchedUntil = null;
    missed.forget();
  }
  useEffect(() => {
    if (state === "gone" || state === "none") forget();
  }, [state]);
  useEffect(() => rewind.value?.at.subscribe((at) => (missed.watchedUntil = at)), [rewind.value]);
  useEffect(() => {
    if (!called) return;
    rewind.value?.close(); // who is called upon is live
    if (missed.gap.value) forget();
  }, [called, gap !== null]);
  useEffect(() => {
    if (since === null || called) return;
    rewind.value?.close();
    missed.watching = true;
    missed.gap.value = null;
    const { until } = again;
    rewind.value = new Rewind(live, { from: since, to: until, rate: 1, base: null, sharp: true, heard: [] });
    void rewind.value.open();
    return () => rewind.value?.wish.to === until && rewind.value.close();
  }, [since]);
  useEffect(() => () => rewind.value?.close(), []);
  if (rewind.value && state !== "gone") {
    return <Watching rewind={rewind.value} close={() => (rewind.value = null)} />;
  }
  if (gap && !called && live.connection.lostAt.value === null) {
    const quiz = live.store.signals.quiz.value.now !== null;
    return <Asked gap={gap} aside={quiz} watch={() => watch(gap)} stay={forget} />;
  }
  return null;
}

function handIsUp(live: Live): boolean {
  return live.store.signals.hands.value.raised.has(live.store.you.value?.id ?? "");
}

interface AskedProps {
  gap: Gap;
  /** The pupils are being asked something, at the lower edge: this goes to the upper one. */
  aside: boolean;
  watch: () => void;
  stay: () => void;
}

function Asked({ gap, aside, watch, stay }: AskedProps) {
  useEffect(() => {
    const timer = setTimeout(stay, ASKED_MS);
    return () => clearTimeout(timer);
  }, [gap.from]);
  const time = howLong(gap.to - gap.from);
  return (
    <div class={aside ? "behind-asked card aside" : "behind-asked card"} role="alertdialog" aria-label={t("behind.watch")}>
      <strong>{t(SAID[gap.why], { time })}</strong>
      <button class="button main big" type="button" onClick={watch} autofocus>
        <Icon name="play" size={40} />
        {t("behind.watch")}
      </button>
      <button class="button big" type="button" onClick={stay}>
        {t("behind.stay")}
      </button>
      <p class="quiet-text">{t("behind.how")}</p>
    </div>
  );
}

function Watching({ rewind, close }: { rewind: Rewind; close: () => void }) {
  const boardNow = useSignal(false);
  const state = rewind.state.value;
  useEffect(() => {
    if (state !== "none") return;
    const timer = setTimeout(close, SAID_MS);
    return () => clearTimeout(timer);
  }, [state]);
  if (state === "none") {
    return (
      <p class="behind-none band" role="status">
        <Icon name="check" size={28} />
        {t("behind.none")}
      </p>
    );
  }
  const camera = rewind.camera.value;
  return (
    <section class="behind" aria-label={t("behind.watch")}>
      <div class="behind-board" hidden={boardNow.value}>
        <Sheet store={asStore(rewind.scene)} />
        {camera && <Picture track={camera} />}
      </div>
      <div class="behind-band band">
        <Icon name="undo" size={32} />
        <strong class="digits" role="status">
          {said(rewind)}
        </strong>
        <button class="button" type="button" onClick={() => (boardNow.value = !boardNow.value)}>
          <Icon name="board" />
          {t(boardNow.value ? "behind.board.then" : "behind.board.now")}
        </button>
        {rewind.wish.to === null && (
          <button class="button main" type="button" onClick={() => rewind.stop()}>
            {t("behind.now")}
          </button>
        )}
      </div>
    </section>
  );
}

function said({ state, left, wish }: Rewind): string {
  if (wish.to !== null) return t("behind.again", { n: Math.ceil(left.value) });
  if (state.value === "opening") return t("behind.opening");
  const time = howLong(Math.round(left.value));
  return t(state.value === "waiting" && left.value > 3 ? "behind.waits" : "behind.is", { time });
}

/** As people say it: seconds up to a minute and a half, then minutes. */
function howLong(seconds: number): string {
  if (seconds < 90) return t("behind.seconds", { n: Math.max(1, Math.round(seconds)) });
  return t("behind.minutes", { n: Math.round(seconds / 60) });
}
