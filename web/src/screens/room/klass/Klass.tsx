// What the pupils of a room are asked, over the line below the board; and the co-teacher's panel.
import "../../../i18n/klass";
import { type Signal, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { t } from "../../../i18n";
import { Icon } from "../../../style/Icon";
import { usePanel } from "../../../style/usePanel";
import type { Live } from "../../live/live";
import { called, isOurs, ourRooms } from "../../live/pupils";
import { AsidePanel } from "./AsidePanel";
import { GroupBand } from "./GroupBand";
import { QuizUp } from "./QuizUp";
import { RollCall } from "./RollCall";
import "./klass.css";

export function Klass({ live, open }: { live: Live; open: Signal<boolean> }) {
  return (
    <>
      {!open.value && (pickIsNews(live) ? <Picked live={live} /> : <QuizUp live={live} />)}
      <GroupBand live={live} />
      <Paused live={live} />
      {live.way === "watch" && <Calling live={live} />}
      {open.value && <Panel live={live} open={open} />}
    </>
  );
}

/** A pupil who is picked comes before a quiz that was closed earlier. */
function pickIsNews(live: Live): boolean {
  const { pick } = live.store.signals.roll.value;
  const { now } = live.store.signals.quiz.value;
  return pick !== null && (!now || (now.closed_at !== null && pick.at > now.closed_at));
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

/** The room pauses for itself: it hears nothing meanwhile, and its teacher knows. */
function Paused({ live }: { live: Live }) {
  const { paused } = live.store.signals.aside.value;
  const room = ourRooms(live).find(({ id }) => paused.has(id));
  const quiet = room !== undefined && live.way === "room";
  useEffect(() => {
    if (!quiet) return;
    live.quiet.value = true;
    return () => {
      live.quiet.value = false;
    };
  }, [quiet]);
  if (!room) return null;
  return (
    <p class="paused band warning" role="status">
      <Icon name="pause" />
      <span class="grow">{t("pause.is")}</span>
      <button
        class="button main"
        type="button"
        onClick={() => live.connection.ask({ t: "pause.end", room: room.id })}
      >
        {t("pause.end")}
      </button>
    </p>
  );
}

/** Whoever looks in sees which rooms call for help. */
function Calling({ live }: { live: Live }) {
  const { help } = live.store.signals.aside.value;
  if (!help.size || live.store.you.value?.role === "co-teacher") return null;
  const rooms = [...help].map(([room, { words }]) => `${live.nameOf(room)} ${words}`.trim());
  return (
    <p class="paused band warning" role="status">
      <Icon name="bell" />
      {t("help.of", { room: rooms.join("、") })}
    </p>
  );
}

function Panel({ live, open }: { live: Live; open: Signal<boolean> }) {
  const rooms = ourRooms(live);
  const chosen = useSignal("");
  const tab = useSignal<"roll" | "aside">("roll");
  const Part = tab.value === "roll" ? RollCall : AsidePanel;
  const room = rooms.find(({ id }) => id === chosen.value) ?? rooms[0];
  return (
    <section class="aide card" aria-label={t("room.aide")} {...usePanel<HTMLElement>(() => (open.value = false))}>
      <div class="row">
        <div class="grow segments" role="tablist">
          {(["roll", "aside"] as const).map((one) => (
            <button
              key={one}
              class="button"
              type="button"
              role="tab"
              aria-selected={tab.value === one}
              onClick={() => (tab.value = one)}
            >
              {t(one)}
            </button>
          ))}
        </div>
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
      {room ? <Part key={room.id} live={live} room={room.id} /> : <p>{t("aide.no-room")}</p>}
    </section>
  );
}
