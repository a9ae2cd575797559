// The drawer with the countdown: a few usual lengths, and stop.
import { t } from "../../i18n";
import { Countdown } from "../live/Countdown";
import type { Live } from "../live/live";

const MINUTES = [1, 2, 3, 5, 10, 15];

export function TimerDrawer({ live }: { live: Live }) {
  const { ends_at } = live.store.signals.timer.value;
  const inClass = live.store.signals.conduct.value.stage === "inclass";
  return (
    <section class="timer-drawer">
      <h2>{t("teach.timer")}</h2>
      <Countdown live={live} />
      {!inClass && <p class="quiet-text">{t("refused.not-now")}</p>}
      <div class="lengths">
        {MINUTES.map((n) => (
          <button
            key={n}
            class="button"
            type="button"
            disabled={!inClass}
            onClick={() => live.connection.ask({ t: "timer.start", seconds: n * 60 })}
          >
            {t("timer.minutes", { n })}
          </button>
        ))}
      </div>
      {ends_at !== null && (
        <button
          class="button danger"
          type="button"
          onClick={() => live.connection.ask({ t: "timer.stop" })}
        >
          {t("timer.stop")}
        </button>
      )}
    </section>
  );
}
