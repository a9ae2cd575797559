// Once more for all: the last minute is played in every classroom, until it is over or enough.
import { t } from "../../i18n";
import { Icon } from "../../style/Icon";
import type { Live } from "../live/live";
import { useNow } from "../live/time";

export function Again({ live }: { live: Live }) {
  const { ends_at } = live.store.signals.again.value;
  useNow(1000);
  if (live.store.signals.conduct.value.stage !== "inclass") return null;
  if (ends_at === null) {
    return (
      <button
        class="button small-button"
        type="button"
        onClick={() => live.connection.ask({ t: "again.show" })}
      >
        <Icon name="undo" size={18} />
        {t("teach.again")}
      </button>
    );
  }
  const n = Math.max(0, Math.ceil(ends_at - live.connection.now() / 1000));
  return (
    <button
      class="button small-button"
      type="button"
      aria-pressed={true}
      onClick={() => live.connection.ask({ t: "again.stop" })}
    >
      <Icon name="x" size={18} />
      <span class="digits">{t("teach.again.stop", { n })}</span>
    </button>
  );
}
