// The board as it was at this moment, and beside it the screen or document the teacher showed.
import { useSignal } from "@preact/signals";
import type { Lens } from "../../board/lens";
import { Sheet } from "../../board/Sheet";
import { t } from "../../i18n";
import { Zoom } from "../live/Zoom";
import { Erased } from "./Erased";
import { Blind } from "./Eyes";
import { Quiz } from "./Quiz";
import { Picture } from "./Picture";
import type { Player } from "./player";
import { asStore } from "./scene";

export function Stage({ player }: { player: Player }) {
  const lens = useSignal<Lens | null>(null);
  const content = player.ofTeacher("content");
  return (
    <main class="stage">
      <Sheet
        store={asStore(player.scene)}
        onReady={(painter) => (player.painter = painter)}
        onLook={(its) => (lens.value = its)}
      />
      {lens.value?.free.value && <Near lens={lens.value} />}
      <Blind player={player} />
      <Erased player={player} />
      <Quiz player={player} />
      {content && <Picture track={content} />}
    </main>
  );
}

/** Whoever looks nearer is led back to what the class saw. */
function Near({ lens }: { lens: Lens }) {
  return (
    <div class="browse band">
      <Zoom lens={lens} />
      <button class="button main" type="button" onClick={() => lens.follow()}>
        {t("browse.follow")}
      </button>
    </div>
  );
}
