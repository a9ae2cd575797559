// By a room's eyes: whose they are, and that it saw nothing while its line was broken.
import { t } from "../../i18n";
import { Icon } from "../../style/Icon";
import type { Player } from "./player";

/** Beside the title; leads back to all of the lesson. */
export function Whose({ player }: { player: Player }) {
  const { as, house } = player.source;
  if (!as || !player.ready.value) return null;
  const name = player.timeline.last.attendance.people.get(as)?.name ?? as;
  return (
    <>
      <span class="badge ready">
        <Icon name="eye" size={16} />
        {t("replay.as", { name })}
      </span>
      <a class="button quiet" href={`/replay/${house}`}>
        {t("replay.as.all")}
      </a>
    </>
  );
}

export function Blind({ player }: { player: Player }) {
  const { as } = player.source;
  const { people, over } = player.scene.moment.value.states.attendance;
  const room = as === undefined ? undefined : people.get(as);
  if (as === undefined || over || (room && room.since !== null)) return null;
  return (
    <p class="band warning blind" role="status">
      <Icon name="wifi-off" />
      {t(room ? "replay.as.lost" : "replay.as.before")}
    </p>
  );
}
