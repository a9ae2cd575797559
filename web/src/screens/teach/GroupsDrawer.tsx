// Groups: which rooms work together, at what, for how long; visited one by one, and back by one button.
import { type Signal, useSignal } from "@preact/signals";
import { those } from "../../channels/conduct";
import { t } from "../../i18n";
import { Icon } from "../../style/Icon";
import type { Group, Participant } from "../../wire.gen";
import { GroupTalk, RestOf } from "../live/GroupTalk";
import type { Live } from "../live/live";
import { Groupings } from "./Groupings";

const LARGEST = 5; // rooms of a group: each hears and sees all others
const MINUTES = [0, 3, 5, 8, 10, 15];
const LONGEST_TASK = 200; // characters

export function GroupsDrawer({ live }: { live: Live }) {
  const { groups } = live.store.signals.groups.value;
  return (
    <section class="groups-drawer">
      <h2>{t("groups")}</h2>
      {groups.length ? <Working live={live} groups={groups} /> : <Forming live={live} />}
    </section>
  );
}

function Forming({ live }: { live: Live }) {
  const rooms = those(live.store.signals.conduct.value, "classroom");
  const inClass = live.store.signals.conduct.value.stage === "inclass";
  const chosen = useSignal<ReadonlyMap<string, number>>(new Map());
  const task = useSignal("");
  const minutes = useSignal(5);
  const numberOf = (room: Participant, i: number) => chosen.value.get(room.id) ?? i + 1;
  const together = (size: number) =>
    (chosen.value = new Map(rooms.map(({ id }, i) => [id, Math.floor(i / size) + 1])));
  const formed = new Map<number, string[]>();
  rooms.forEach((room, i) => formed.set(numberOf(room, i), [...(formed.get(numberOf(room, i)) ?? []), room.id]));
  const groups = [...formed].sort(([a], [b]) => a - b).map(([, ids]) => ids);
  const full = groups.some((ids) => ids.length > LARGEST);
  function begin() {
    live.connection.ask({ t: "groups.form", groups, tasks: [task.value], seconds: minutes.value * 60 });
    if (!live.store.states.layers.open) live.connection.ask({ t: "layers.open" });
  }
  if (!rooms.length) return <p class="quiet-text">{t("teach.no-rooms")}</p>;
  return (
    <>
      <div class="row wrap">
        <button class="button" type="button" onClick={() => together(1)}>
          {t("groups.each")}
        </button>
        <button class="button" type="button" onClick={() => together(2)}>
          {t("groups.pairs")}
        </button>
      </div>
      <Groupings
        lesson={live.lesson}
        rooms={rooms}
        groups={groups.map((ids) => ids.map((id) => live.nameOf(id)))}
        choose={(of) => (chosen.value = of)}
      />
      <ul class="group-rooms">
        {rooms.map((room, i) => (
          <li key={room.id} class="row">
            <span class="grow name">{room.name}</span>
            <Number room={room} n={numberOf(room, i)} most={rooms.length} chosen={chosen} />
          </li>
        ))}
      </ul>
      <label class="field">
        <span>{t("groups.task")}</span>
        <textarea
          class="input"
          rows={2}
          maxLength={LONGEST_TASK}
          value={task.value}
          onInput={(event) => (task.value = event.currentTarget.value)}
        />
      </label>
      <label class="row">
        <span class="grow">{t("groups.time")}</span>
        <select class="input select" value={minutes.value} onChange={(event) => (minutes.value = +event.currentTarget.value)}>
          {MINUTES.map((n) => (
            <option key={n} value={n}>
              {n ? t("timer.minutes", { n }) : t("groups.no-time")}
            </option>
          ))}
        </select>
      </label>
      {full && <p class="bad">{t("refused.bad-groups")}</p>}
      <button class="button main wide stays" type="button" disabled={!inClass || full} onClick={begin}>
        <Icon name="users" size={20} />
        {t("groups.begin", { n: groups.length })}
      </button>
      {!inClass && <p class="quiet-text">{t("refused.not-now")}</p>}
      <p class="small quiet-text">{t("groups.how")}</p>
    </>
  );
}

interface NumberProps {
  room: Participant;
  n: number;
  most: number;
  chosen: Signal<ReadonlyMap<string, number>>;
}

function Number({ room, n, most, chosen }: NumberProps) {
  return (
    <select
      class="input select"
      aria-label={t("groups.of", { room: room.name })}
      value={n}
      onChange={(event) => (chosen.value = new Map(chosen.value).set(room.id, +event.currentTarget.value))}
    >
      {Array.from({ length: most }, (_, i) => (
        <option key={i} value={i + 1}>
          {t("groups.number", { n: i + 1 })}
        </option>
      ))}
    </select>
  );
}

function Working({ live, groups }: { live: Live; groups: readonly Group[] }) {
  const { visited } = live.store.signals.groups.value;
  return (
    <>
      <Back live={live} />
      <p class="small quiet-text">{t(visited ? "groups.you.there" : "groups.you.all")}</p>
      <ul class="group-list">
        {groups.map((group) => (
          <One key={group.number} live={live} group={group} here={group.number === visited} />
        ))}
      </ul>
    </>
  );
}

function One({ live, group, here }: { live: Live; group: Group; here: boolean }) {
  const { raised } = live.store.signals.hands.value;
  const { words } = live.store.signals.groups.value;
  const calls = group.rooms.some((room) => raised.has(room));
  const said = words.filter(({ number }) => number === group.number);
  const last = said[said.length - 1];
  return (
    <li class={here ? "card here" : "card"}>
      <div class="row">
        <strong>{t("groups.number", { n: group.number })}</strong>
        <span class="grow">{calls && <Icon name="hand" size={20} />}</span>
        <button
          class={here ? "button small-button" : "button main small-button"}
          type="button"
          aria-pressed={here}
          onClick={() => live.connection.ask({ t: "groups.visit", number: here ? 0 : group.number })}
        >
          {t(here ? "groups.leave" : "groups.visit")}
        </button>
      </div>
      <p>{group.rooms.map((room) => live.nameOf(room)).join("、")}</p>
      {!here && last && (
        <p class="small quiet-text name">
          {live.nameOf(last.who)}：{last.text}
        </p>
      )}
      {here && <GroupTalk live={live} number={group.number} />}
    </li>
  );
}

/** On the wall too, so that it is always at hand. */
export function Back({ live }: { live: Live }) {
  const { groups } = live.store.signals.groups.value;
  if (!groups.length) return null;
  return (
    <section class="queue up">
      <h2 class="row">
        <Icon name="users" size={20} /> <span class="grow">{t("groups.working", { n: groups.length })}</span>
        <RestOf live={live} />
      </h2>
      <button class="button main wide" type="button" onClick={() => live.connection.ask({ t: "groups.end" })}>
        {t("groups.back")}
      </button>
    </section>
  );
}
