// At a moment at which a room spoke whose voice was erased since: who that was.
import { useComputed } from "@preact/signals";
import { t } from "../../i18n";
import { Icon } from "../../style/Icon";
import { byTrack, covers } from "./files";
import type { Player } from "./player";

export function Erased({ player }: { player: Player }) {
  const names = useComputed(() => {
    const { people } = player.timeline.last.attendance;
    const voices = [...byTrack(player.erased.value)].filter(([, list]) => list[0].track === "voice");
    const here = voices.filter(([, list]) => covers(list, player.at.value));
    return here.map(([, [{ who }]]) => people.get(who)?.name ?? who).join(" · ");
  });
  if (!names.value) return null;
  return (
    <p class="band blind" role="status">
      <Icon name="mic-off" />
      {t("replay.erased.now", { names: names.value })}
    </p>
  );
}
