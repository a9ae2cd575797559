// A pupil is picked: by chance, fair over the rooms; and who is here in each of them.
import { t } from "../../i18n";
import { Icon } from "../../style/Icon";
import type { Live } from "../live/live";
import { called, countHere } from "../live/pupils";

export function Pick({ live }: { live: Live }) {
  const { pick } = live.store.signals.roll.value;
  const { stage } = live.store.signals.conduct.value;
  if (stage !== "inclass") return null;
  const again = () => live.connection.ask({ t: "roll.pick", dice: 0, room: null });
  if (!pick) {
    return (
      <button class="button wide" type="button" onClick={again}>
        <Icon name="users" size={20} />
        {t("pick")}
      </button>
    );
  }
  return (
    <section class="queue up pick" aria-live="polite">
      <h2>
        <Icon name="users" size={20} /> {t("pick.is")}
      </h2>
      <p>
        {pick.pupil > 0 && <strong>{called(pick.name, pick.pupil)} </strong>}
        {live.nameOf(pick.room)}
      </p>
      <div class="row-tight">
        <Called live={live} room={pick.room} />
        <button class="button small-button" type="button" onClick={again}>
          {t("pick.again")}
        </button>
        <button
          class="button quiet only-icon small-button"
          type="button"
          aria-label={t("pick.end")}
          onClick={() => live.connection.ask({ t: "roll.unpick" })}
        >
          <Icon name="x" size={20} />
        </button>
      </div>
    </section>
  );
}

function Called({ live, room }: { live: Live; room: string }) {
  const onStage = live.store.signals.stage.value.on.has(room);
  if (onStage) return <span class="badge">{t("teach.on-stage")}</span>;
  return (
    <button
      class="button main small-button"
      type="button"
      onClick={() => live.connection.ask({ t: "stage.invite", who: room })}
    >
      {t("pick.invite")}
    </button>
  );
}

/** How many of a room's pupils are here, and who is not. */
export function Here({ live, room }: { live: Live; room: string }) {
  const roster = live.store.signals.roll.value.rosters.get(room);
  if (!roster) return null;
  const [n, m] = [countHere(roster), roster.pupils.length];
  const absent = roster.pupils.flatMap(({ name, here }, i) =>
    here ? [] : [called(name, i + 1)],
  );
  const names = t("roll.room.absent", { names: absent.join("、") });
  return (
    <span class="small here" title={absent.length ? names : undefined}>
      {t(roster.taken_at === null ? "roll.room.open" : "roll.room", { n, m })}
      {absent.length > 0 && <span class="quiet-text"> {names}</span>}
    </span>
  );
}

/** Somebody of this room. */
export function PickHere({ live, room }: { live: Live; room: string }) {
  const { stage } = live.store.signals.conduct.value;
  if (stage !== "inclass") return null;
  return (
    <button
      class="button small-button"
      type="button"
      aria-label={`${t("pick.room")} ${live.nameOf(room)}`}
      onClick={() => live.connection.ask({ t: "roll.pick", dice: 0, room })}
    >
      {t("pick.room")}
    </button>
  );
}
