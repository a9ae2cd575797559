// The readiness wall over the board: opened by hand, and by itself where the timetable expects rooms.
import type { Signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { t } from "../../../i18n";
import { Icon } from "../../../style/Icon";
import type { Live } from "../../live/live";
import { ReadyWall, useExpected } from "../../live/ReadyWall";

export function ReadyPanel({ live, open }: { live: Live; open: Signal<boolean> }) {
  const expects = useExpected(live).length > 0;
  useEffect(() => {
    if (expects) open.value = true;
  }, [expects]);
  if (!open.value) return null;
  return (
    <section class="ready-panel card" onKeyDown={({ key }) => key === "Escape" && (open.value = false)}>
      <button
        class="button quiet only-icon close"
        type="button"
        aria-label={t("common.close")}
        onClick={() => (open.value = false)}
      >
        <Icon name="x" />
      </button>
      <ReadyWall live={live} />
    </section>
  );
}
