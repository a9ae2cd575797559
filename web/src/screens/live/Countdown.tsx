// The countdown on everyone's wall.
import { t } from "../../i18n";
import { Icon } from "../../style/Icon";
import { clockTime, useNow } from "./time";
import type { Live } from "./live";

const RINGS_S = 10; // seconds that "time is up" stays on the wall

export function Countdown({ live }: { live: Live }) {
  const { ends_at, rang_at } = live.store.signals.timer.value;
  useNow(250);
  const now = live.connection.now() / 1000;
  if (ends_at !== null) {
    return (
      <div class="countdown" role="timer">
        <Icon name="timer" size={28} />
        <span class="digits">{clockTime(Math.ceil(ends_at - now))}</span>
      </div>
    );
  }
  if (rang_at === null || now - rang_at > RINGS_S) return null;
  return (
    <div class="countdown rang" role="alert">
      <Icon name="bell" size={28} />
      {t("timer.rang")}
    </div>
  );
}
