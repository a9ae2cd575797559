// Our group: with whom we work, at what, for how long, and what we write to one another.
import { useSignal } from "@preact/signals";
import { t } from "../../../i18n";
import { Icon } from "../../../style/Icon";
import type { Live } from "../../live/live";
import { GroupTalk, RestOf } from "../../live/GroupTalk";

export function GroupBand({ live }: { live: Live }) {
  const { groups, visited } = live.store.signals.groups.value;
  const you = live.store.you.value?.id ?? "";
  const open = useSignal(false);
  const ours = groups.find(({ rooms }) => rooms.includes(you));
  if (!groups.length) return null;
  if (!ours) {
    return (
      <p class="group-band band" role="status">
        <Icon name="users" />
        {t(live.way === "watch" ? "groups.on" : "groups.none")}
      </p>
    );
  }
  const others = ours.rooms.filter((who) => who !== you).map((who) => live.nameOf(who));
  const where = visited === ours.number ? "groups.teacher.here" : visited ? "groups.teacher.away" : "groups.teacher.all";
  return (
    <section class="group-band card" aria-label={t("groups")}>
      <div class="row wrap">
        <strong>{t("groups.ours", { n: ours.number })}</strong>
        {others.length > 0 && <span class="name">{t("groups.with", { who: others.join("、") })}</span>}
        <RestOf live={live} />
        <span class="small quiet-text" role="status">
          {t(where)}
        </span>
        <button class="button" type="button" aria-expanded={open.value} onClick={() => (open.value = !open.value)}>
          <Icon name="message" size={20} />
          {t("groups.talk")}
        </button>
      </div>
      {ours.task && <p class="task">{ours.task}</p>}
      {open.value && <GroupTalk live={live} number={ours.number} />}
    </section>
  );
}
