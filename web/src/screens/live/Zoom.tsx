// How large the board is seen: smaller, larger, and the whole page again.
import { MOST_ZOOM } from "../../board/camera";
import type { Lens } from "../../board/lens";
import { BOARD_WIDTH } from "../../board/outline";
import { t } from "../../i18n";
import { Icon } from "../../style/Icon";

export function Zoom({ lens }: { lens: Lens }) {
  const times = BOARD_WIDTH / lens.part.value.width;
  return (
    <div class="zoom" role="group" aria-label={t("zoom")}>
      <button
        class="button only-icon"
        type="button"
        aria-label={t("zoom.out")}
        aria-keyshortcuts="-"
        disabled={times <= 1}
        onClick={() => lens.step(-1)}
      >
        <Icon name="minus" />
      </button>
      <button
        class="button digits"
        type="button"
        aria-label={t("zoom.whole", { n: Math.round(times * 100) })}
        aria-keyshortcuts="0"
        title={t("zoom.whole.short")}
        onClick={() => lens.whole()}
      >
        {Math.round(times * 100)}%
      </button>
      <button
        class="button only-icon"
        type="button"
        aria-label={t("zoom.in")}
        aria-keyshortcuts="+"
        disabled={times >= MOST_ZOOM}
        onClick={() => lens.step(1)}
      >
        <Icon name="plus" />
      </button>
    </div>
  );
}
