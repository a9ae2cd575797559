// Looking about freely, and the calm band that leads back to what the teacher shows.
import type { Lens } from "../../board/lens";
import { t } from "../../i18n";
import { Icon } from "../../style/Icon";
import type { Live } from "../live/live";
import { Zoom } from "../live/Zoom";

export function Browse({ live, lens }: { live: Live; lens: Lens }) {
  const { order, current } = live.store.signals.pages.value;
  if (!lens.free.value) return null;
  const at = order.indexOf(lens.page.value ?? current);
  const leads = order.indexOf(current) + 1;
  return (
    <div class="browse band" role="status">
      <Icon name="eye" />
      <span>{t(at + 1 === leads ? "browse.same" : "browse.other", { n: at + 1, m: leads })}</span>
      <button
        class="button only-icon"
        type="button"
        disabled={at <= 0}
        aria-label={t("teach.page.before")}
        onClick={() => lens.turn(-1)}
      >
        <Icon name="chevron-left" />
      </button>
      <button
        class="button only-icon"
        type="button"
        disabled={at >= order.length - 1}
        aria-label={t("teach.page.next")}
        onClick={() => lens.turn(1)}
      >
        <Icon name="chevron-right" />
      </button>
      <Zoom lens={lens} />
      <button class="button main" type="button" onClick={() => lens.follow()}>
        {t("browse.follow")}
      </button>
    </div>
  );
}
