// The bar above: which lesson, is it recorded, who is here, am I heard; begin and end.
import { type Signal, useSignal } from "@preact/signals";
import { those } from "../../channels/conduct";
import { t } from "../../i18n";
import { Icon } from "../../style/Icon";
import { Countdown } from "../live/Countdown";
import type { Live } from "../live/live";
import { Mark } from "../live/Mark";
import { clockTime, useNow } from "../live/time";
import { Meter } from "./Meter";

export function Bar({ live, door }: { live: Live; door: Signal<boolean> }) {
  const { title, subject } = live.store.signals.conduct.value;
  return (
    <header class="bar">
      <h1>
        {subject && <span class="quiet-text">{subject} · </span>}
        {title}
      </h1>
      <Countdown live={live} />
      <Tape live={live} />
      <Rooms live={live} />
      <Meter live={live} />
      <Mark live={live} />
      <button
        class="button quiet only-icon"
        type="button"
        aria-label={t("teach.code.show")}
        title={t("teach.code.show")}
        aria-pressed={door.value}
        onClick={() => {
          door.value = !door.value;
        }}
      >
        <Icon name="qr" />
      </button>
      <Bell live={live} door={door} />
    </header>
  );
}

function Tape({ live }: { live: Live }) {
  const { stage, began_at, ended_at } = live.store.signals.conduct.value;
  const { taping } = live.store.signals.tracks.value;
  useNow(500);
  if (stage === "preclass" || began_at === null) {
    return <span class="badge ready">{t("live.preclass")}</span>;
  }
  const until = ended_at ?? live.connection.now() / 1000;
  const time = <span class="digits">{clockTime(until - began_at)}</span>;
  if (stage === "postclass") {
    return (
      <span class="badge over">
        {t("live.ended")} {time}
      </span>
    );
  }
  return (
    <span class={taping ? "tape on" : "tape"} role="status">
      <span class="dot" aria-hidden="true" />
      {t(taping ? "teach.taping" : "teach.not-taping")} {time}
    </span>
  );
}

function Rooms({ live }: { live: Live }) {
  const conduct = live.store.signals.conduct.value;
  const rooms = those(conduct, "classroom");
  const here = rooms.filter((room) => !conduct.away.has(room.id)).length;
  if (!rooms.length) return <span class="quiet-text">{t("teach.no-rooms")}</span>;
  return (
    <span class="row-tight">
      <Icon name="users" size={20} />
      {t("teach.rooms", { n: here, m: rooms.length })}
    </span>
  );
}

function Bell({ live, door }: { live: Live; door: Signal<boolean> }) {
  const { stage } = live.store.signals.conduct.value;
  const asking = useSignal(false);
  function begin() {
    live.connection.ask({ t: "lesson.begin" });
    door.value = false;
  }
  if (stage === "preclass") {
    return (
      <button class="button main" type="button" onClick={begin}>
        <Icon name="play" size={20} />
        {t("teach.begin")}
      </button>
    );
  }
  if (stage === "postclass") return null;
  if (!asking.value) {
    return (
      <button class="button danger" type="button" onClick={() => (asking.value = true)}>
        {t("teach.end")}
      </button>
    );
  }
  return (
    <span
      class="sure"
      role="alertdialog"
      aria-label={t("teach.end.sure")}
      onKeyDown={({ key }) => key === "Escape" && (asking.value = false)}
    >
      <span>{t("teach.end.sure")}</span>
      <button class="button" type="button" onClick={() => (asking.value = false)}>
        {t("teach.end.no")}
      </button>
      <button
        class="button danger"
        type="button"
        onClick={() => live.connection.ask({ t: "lesson.end" })}
      >
        {t("teach.end.yes")}
      </button>
    </span>
  );
}
