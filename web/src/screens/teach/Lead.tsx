// Where the class is to look: spotlight, curtain, and how large the teacher shows the page.
import type { Lens } from "../../board/lens";
import type { Sights } from "../../board/sights";
import { HEIGHT, WIDTH } from "../../channels/gaze";
import { t } from "../../i18n";
import { Icon } from "../../style/Icon";
import { Zoom } from "../live/Zoom";

const RADIUS = HEIGHT / 5; // a spotlight holds a word or a figure

export function Lead({ lens, sights }: { lens: Lens; sights: Sights }) {
  const { spot, curtain } = sights.gaze.value;
  return (
    <div class="lead" role="group" aria-label={t("gaze")}>
      <button
        class="button"
        type="button"
        aria-label={t("gaze.spot")}
        aria-pressed={spot.radius > 0}
        onClick={() => light(sights, lens)}
      >
        <Icon name="spot" />
        <span class="wide-only">{t("gaze.spot")}</span>
      </button>
      <button
        class="button"
        type="button"
        aria-label={t("gaze.curtain")}
        aria-pressed={curtain.reach > 0}
        onClick={() => sights.show({ ...curtain, reach: curtain.reach ? 0 : closed(curtain.side) })}
      >
        <Icon name="curtain" />
        <span class="wide-only">{t("gaze.curtain")}</span>
      </button>
      <Zoom lens={lens} />
    </div>
  );
}

/** On in the middle of what is seen, or off. */
function light(sights: Sights, lens: Lens): void {
  const { spot } = sights.gaze.value;
  const { x, y, width } = lens.part.value;
  const middle = { x: Math.round((x + width / 2) * 4), y: Math.round((y + (width * 9) / 32) * 4) };
  sights.show({ ...spot, ...middle, radius: spot.radius ? 0 : RADIUS });
}

/** A curtain comes down over all of the page; it is drawn open by hand. */
function closed(side: string): number {
  return side === "left" || side === "right" ? WIDTH : HEIGHT;
}
