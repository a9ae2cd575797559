// The band that says how the line is: lost since when, and back again.
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { t } from "../../i18n";
import { Icon } from "../../style/Icon";
import { clockTime, useNow } from "./time";
import type { Live } from "./live";

const BACK_MS = 3000;
const PATIENCE_MS = 1000; // a line that is back within a second was never worth a word

export function Line({ live }: { live: Live }) {
  const lostAt = live.connection.lostAt.value;
  const backAt = useSignal(0);
  const wasLost = useSignal(false);
  const now = useNow(500);
  const lost = lostAt !== null && now - lostAt > PATIENCE_MS;
  useEffect(() => {
    if (lost) wasLost.value = true;
    else if (wasLost.value) {
      wasLost.value = false;
      backAt.value = performance.now();
    }
  }, [lost]);
  if (lost && lostAt !== null) return <Lost seconds={(now - lostAt) / 1000} />;
  const media = live.peer.state.value;
  if (media === "broken") return <Media />;
  if (!backAt.value || now - backAt.value > BACK_MS) return null;
  return (
    <div class="line-band band" role="status">
      <Icon name="check" />
      {t("live.back")}
    </div>
  );
}

function Media() {
  return (
    <div class="line-band band warning" role="status">
      <Icon name="refresh" />
      {t("live.media.broken")}
    </div>
  );
}

function Lost({ seconds }: { seconds: number }) {
  return (
    <div class="line-band band warning" role="status">
      <Icon name="wifi-off" />
      <strong class="digits">{t("live.lost", { time: clockTime(seconds) })}</strong>
      <span class="quiet-text">{t("live.lost.keeps")}</span>
    </div>
  );
}
