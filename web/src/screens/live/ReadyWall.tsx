// The readiness wall: how each room stands before the bell, told by the rooms themselves, live.
import { useEffect, useState } from "preact/hooks";
import { type Signal, signal } from "@preact/signals";
import { those } from "../../channels/conduct";
import { type Grade, gradeOf } from "../../channels/doorcheck";
import { type Handouts, countOf } from "../../channels/handout";
import { hasRead } from "../../channels/reading";
import { countsOf } from "../../channels/warmup";
import { t } from "../../i18n";
import { Icon } from "../../style/Icon";
import type { Participant } from "../../wire.gen";
import { PARTS, wordsFor } from "./grades";
import type { Live } from "./live";
import { useNow } from "./time";
import "./ready.css";

const ASK_MS = 30_000; // between two looks at who is expected
const SILENT_MS = 6000; // six reports missed, as on the wall of the lesson
const QUIET = 8; // synclass/preclass/doorcheck.py

export interface ExpectedRoom {
  school: string;
  name: string;
  grade: Grade | null;
  at: number;
}

export function ReadyWall({ live }: { live: Live }) {
  const conduct = live.store.signals.conduct.value;
  const levels = useLevels(live);
  const rooms = those(conduct, "classroom");
  const missing = useExpected(live).filter((one) => !rooms.some(({ name }) => isThat(one, name)));
  const { here, all } = { here: rooms.length, all: rooms.length + missing.length };
  return (
    <section class="ready-wall" aria-label={t("ready")}>
      <h2>
        {t("ready")} <span class="quiet-text">{t("ready.rooms", { n: here, m: all })}</span>
      </h2>
      {!all && <p class="quiet-text">{t("ready.none")}</p>}
      {all > 0 && (
        <table class="table">
          <thead>
            <tr>
              {(["room", "pages", "checked", "level", "tasks", "seen"] as const).map((head) => (
                <th key={head} scope="col">
                  {t(`ready.head.${head}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rooms.map((room) => (
              <Row key={room.id} live={live} room={room} level={levels.value.get(room.id)} />
            ))}
            {missing.map((one) => (
              <MissingRow key={one.school + one.name} live={live} room={one} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function Row({ live, room, level }: { live: Live; room: Participant; level: number | undefined }) {
  const away = live.store.signals.conduct.value.away.has(room.id);
  const heard = live.links.value.get(room.id);
  const now = useNow(1000);
  const seconds = heard ? Math.max(0, Math.floor((now - heard.at) / 1000)) : null;
  const silent = away || seconds === null || seconds * 1000 > SILENT_MS;
  return (
    <tr class={silent ? "silent" : ""}>
      <th scope="row">{room.name}</th>
      <td>
        <Pages live={live} room={room.id} />
      </td>
      <td>
        <Check live={live} room={room.id} />
      </td>
      <td>
        <Level level={level} />
      </td>
      <td>
        <Tasks live={live} room={room.id} />
      </td>
      <td class={silent ? "bad" : ""}>
        {seconds === null ? t("ready.unseen") : silent ? t("ready.seen", { n: seconds }) : t("ready.now")}
      </td>
    </tr>
  );
}

function Pages({ live, room }: { live: Live; room: string }) {
  const state = live.store.signals.handout.value;
  const all = pagesOf(state.handouts);
  const here = [...state.handouts.keys()].reduce((sum, one) => sum + countOf(state, room, one), 0);
  if (!all) return <span class="quiet-text">{t("ready.no-pages")}</span>;
  return (
    <span class={here < all ? "digits bad" : "digits"}>
      {here >= all && <Icon name="check" size={20} />}
      {here}/{all}
    </span>
  );
}

function pagesOf(handouts: Handouts["handouts"]): number {
  return [...handouts.values()].reduce((sum, { sheets }) => sum + sheets.length, 0);
}

function Check({ live, room }: { live: Live; room: string }) {
  const checked = live.store.signals.doorcheck.value.checks.get(room);
  if (!checked) return <span class="bad">{t("ready.unchecked")}</span>;
  const { finding } = checked;
  const grades = checked.grades as Grade[];
  const weak = PARTS.filter((_, i) => grades[i] === "C" || grades[i] === "D");
  const words = weak.map(([part]) => wordsFor(part, finding, grades[PARTS.findIndex(([p]) => p === part)]));
  const grade = gradeOf(grades);
  return (
    <span class="row-tight">
      <b class={`grade small-grade grade-${grade}`}>{grade}</b>
      <span class="small">{words.length ? words.join("、") : t("ready.well")}</span>
    </span>
  );
}

/** Never colour alone: a silent microphone is said in words. */
function Level({ level }: { level: number | undefined }) {
  if (level === undefined) return <span class="quiet-text">{t("ready.no-level")}</span>;
  return (
    <span class="row-tight">
      <meter min={0} max={100} low={QUIET} value={level} aria-label={t("check.part.microphone")} />
      {level < QUIET && <span class="small">{t("ready.quiet")}</span>}
    </span>
  );
}

function Tasks({ live, room }: { live: Live; room: string }) {
  const warmup = live.store.signals.warmup.value;
  const reading = live.store.signals.reading.value;
  const told = countsOf(warmup, room);
  const parts = [];
  const [asked, tasks] = [[...warmup.questions.keys()], [...reading.tasks.keys()]];
  if (asked.length) {
    parts.push(t("ready.warmup", { n: asked.filter((one) => told.has(one)).length, m: asked.length }));
  }
  if (tasks.length) {
    parts.push(t("ready.reading", { n: tasks.filter((one) => hasRead(reading, room, one)).length, m: tasks.length }));
  }
  return <span class="small">{parts.join(" · ") || "–"}</span>;
}

/** It is not there; what it had fetched when it last was is there at the bell. */
function MissingRow({ live, room }: { live: Live; room: ExpectedRoom }) {
  const { handouts, gone } = live.store.signals.handout.value;
  const all = pagesOf(handouts);
  const had = [...gone].find(([name]) => isThat(room, name))?.[1];
  const n = [...(had?.values() ?? [])].reduce((sum, one) => sum + one, 0);
  return (
    <tr class="silent">
      <th scope="row">{[room.school, room.name].join(" ")}</th>
      <td class="bad" colSpan={5}>
        {t("ready.missing")}
        {had && <span class="quiet-text"> {t("ready.fetched", { n, m: all })}</span>}
        {room.grade && <span class="quiet-text"> {t("ready.last-grade", { grade: room.grade, when: day(room.at) })}</span>}
      </td>
    </tr>
  );
}

function day(at: number): string {
  const when = new Date(at * 1000);
  return `${when.getMonth() + 1}/${when.getDate()}`;
}

/** What a room calls itself at the door; signaling/doorcheck.py knows the same spellings. */
function isThat({ school, name }: ExpectedRoom, said: string): boolean {
  return [`${school} ${name}`, school + name, name, school].includes(said);
}

export function useExpected(live: Live): ExpectedRoom[] {
  const [rooms, setRooms] = useState<ExpectedRoom[]>([]);
  useEffect(() => {
    let gone = false;
    const headers = { Authorization: `Bearer ${live.ticket}` };
    const look = () =>
      fetch(`/api/lessons/${live.lesson}/expected`, { headers })
        .then((answer) => (answer.ok ? answer.json() : { rooms: [] }))
        .then((told: { rooms: ExpectedRoom[] }) => !gone && setRooms(told.rooms))
        .catch(() => undefined); // the next look may reach it
    void look();
    const again = setInterval(() => void look(), ASK_MS);
    return () => {
      gone = true;
      clearInterval(again);
    };
  }, [live]);
  return rooms;
}

/** The latest level of each room's microphone. */
function useLevels(live: Live): Signal<ReadonlyMap<string, number>> {
  const [levels] = useState(() => signal<ReadonlyMap<string, number>>(new Map()));
  useEffect(
    () =>
      live.connection.onGlimpse((who, glimpse) => {
        if (glimpse.t === "check.level") levels.value = new Map(levels.value).set(who, glimpse.level);
      }),
    [live],
  );
  return levels;
}
