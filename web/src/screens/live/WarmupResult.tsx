// How all rooms together answered the warm-up: shown to everybody from the bell until it is put away.
import { t } from "../../i18n";
import type { Live } from "./live";
import "./ready.css";

export function WarmupResult({ live }: { live: Live }) {
  const { shown, questions, rooms } = live.store.signals.warmup.value;
  if (!shown || !rooms) return null;
  const leads = live.store.you.value?.role === "teacher";
  return (
    <section class="warmup-result card" aria-label={t("warmup.result")}>
      <div class="row">
        <h2 class="grow">{t("warmup.result")}</h2>
        <span class="quiet-text">{t("warmup.result.rooms", { n: rooms })}</span>
        {leads && (
          <button class="button" type="button" onClick={() => live.connection.ask({ t: "warmup.hide" })}>
            {t("warmup.hide")}
          </button>
        )}
      </div>
      {[...questions].map(([number, { text, choices }]) => (
        <Bars key={number} text={text} choices={choices} counts={shown.get(number) ?? []} />
      ))}
    </section>
  );
}

function Bars({ text, choices, counts }: { text: string; choices: string[]; counts: number[] }) {
  const most = Math.max(1, ...counts);
  return (
    <>
      <p class="asked">{text}</p>
      <ul>
        {choices.map((choice, i) => (
          <li key={i}>
            <span class="choice">{choice}</span>
            <meter min={0} max={most} value={counts[i] ?? 0} aria-hidden="true" />
            <b class="digits">{t("warmup.pupils", { n: counts[i] ?? 0 })}</b>
          </li>
        ))}
      </ul>
    </>
  );
}
