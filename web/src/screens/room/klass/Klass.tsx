// What the pupils of a room are asked, over the line below the board; and the co-teacher's panel.
import "../../../i18n/klass";
import { type Signal, useSignal } from "@preact/signals";
import { t } from "../../../i18n";
import { Icon } from "../../../style/Icon";
import type { Live } from "../../live/live";
import { called, isOurs, ourRooms } from "../../live/pupils";
import { RollCall } from "./RollCall";
import "./klass.css";

export function Klass({ live, open }: { live: Live; open: Signal<boolean> }) {
  return (
    <>
      {!open.value && <Picked live={live} />}
      {open.value && <Panel live={live} open={open} />}
    </>
  );
}

/** Who is to answer: in large letters in their own room, a line everywhere else. */
function Picked({ live }: { live: Live }) {
  const { pick } = live.store.signals.roll.value;
  if (!pick) return null;
  if (!isOurs(live, pick.room)) {
    return (
      <p class="picked" role="status">
        {t("pick.other", { room: live.nameOf(pick.room) })}
      </p>
    );
  }
  const words = pick.pupil ? t("pick.us", { who: called(pick.name, pick.pupil) }) : t("pick.us.room");
  return (
    <p class="picked ours" role="status">
      {words}
    </p>
  );
}

function Panel({ live, open }: { live: Live; open: Signal<boolean> }) {
  const rooms = ourRooms(live);
  const chosen = useSignal("");
  const room = rooms.find(({ id }) => id === chosen.value) ?? rooms[0];
  return (
    <section class="aide card" aria-label={t("room.aide")}>
      <div class="row">
        <h2 class="grow">{t("roll")}</h2>
        {rooms.length > 1 && (
          <select
            class="input select"
            aria-label={t("aide.whose")}
            onChange={(event) => (chosen.value = event.currentTarget.value)}
          >
            {rooms.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        )}
        <button
          class="button quiet only-icon"
          type="button"
          aria-label={t("common.close")}
          onClick={() => (open.value = false)}
        >
          <Icon name="x" />
        </button>
      </div>
      {room ? <RollCall key={room.id} live={live} room={room.id} /> : <p>{t("aide.no-room")}</p>}
    </section>
  );
}
