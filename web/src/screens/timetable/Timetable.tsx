// One's own week: when, what and where one teaches, and the same as a calendar for the telephone.
import "../../i18n/staff";
import { useEffect, useState } from "preact/hooks";
import { LangButton } from "../../i18n/LangButton";
import { t } from "../../i18n";
import { go } from "../../router";
import { Icon } from "../../style/Icon";
import { useTitle } from "../../style/title";
import { type Bell, type Slot, type Week, bellsOf, clock, coming, dayOf, wordsOf } from "../district/district";
import { codeOf, get } from "../home/api";
import { Subscribe, type Whose } from "./Subscribe";
import "./timetable.css";

export default function Timetable() {
  useTitle(t("timetable.title"));
  const [week, setWeek] = useState<Week | null>(null);
  const [problem, setProblem] = useState("");
  useEffect(() => {
    get<Week>("/api/timetable?teacher=me").then(setWeek, (error) =>
      codeOf(error) === "login" ? go("/login") : setProblem(wordsOf(error)),
    );
  }, []);
  return (
    <div class="timetable">
      <header>
        <button class="button quiet" type="button" onClick={() => go("/home")}>
          <Icon name="chevron-left" size={20} />
          {t("common.back")}
        </button>
        <h1>{t("timetable.title")}</h1>
        <span class="grow" />
        <LangButton />
      </header>
      <main>
        {problem && (
          <p class="band danger" role="alert">
            {problem}
          </p>
        )}
        {week && <Shown week={week} />}
      </main>
    </div>
  );
}

function Shown({ week }: { week: Week }) {
  if (!week.slots.length) return <p class="none quiet-text">{t("timetable.none")}</p>;
  const days = [...new Set(week.slots.map(({ weekday }) => weekday))].sort();
  return (
    <>
      <div class="row wrap">
        <span class="grow quiet-text">
          {week.term?.name} {week.term?.first} – {week.term?.last}
        </span>
        <Subscribe choices={choices(week)} />
      </div>
      <div class="days">
        {days.map((day) => (
          <section key={day}>
            <h2>{dayOf(day)}</h2>
            <ul>
              {inOrder(week, day).map((slot) => (
                <Lesson key={slot.id} slot={slot} week={week} />
              ))}
            </ul>
          </section>
        ))}
      </div>
    </>
  );
}

/** Oneself, one's schools, and the rooms one teaches in. */
function choices(week: Week): Whose[] {
  const name = Object.values(week.teachers)[0] ?? "";
  const schools = week.schools.filter(({ id }) => week.slots.some(({ school }) => school === id));
  const rooms = week.classrooms.filter(({ id }) => week.slots.some(({ room }) => room === id));
  return [
    { whose: "teacher", of: "", name },
    ...schools.map((one) => ({ whose: "school" as const, of: one.id, name: one.name })),
    ...rooms.map((one) => ({ whose: "classroom" as const, of: one.id, name: one.name })),
  ];
}

function bellOf(slot: Slot, week: Week): Bell | undefined {
  const school = week.schools.find(({ id }) => id === slot.school);
  return school && bellsOf(school, slot.kind)[slot.period - 1];
}

function inOrder(week: Week, day: number): Slot[] {
  const starts = (slot: Slot) => bellOf(slot, week)?.[0] ?? 0;
  return week.slots.filter(({ weekday }) => weekday === day).sort((one, other) => starts(one) - starts(other));
}

function Lesson({ slot, week }: { slot: Slot; week: Week }) {
  const bell = bellOf(slot, week);
  const nameOf = (id: string) => {
    const room = week.classrooms.find((one) => one.id === id);
    return `${week.schools.find((one) => one.id === room?.school)?.name ?? ""} ${room?.name ?? id}`;
  };
  const off = coming(slot);
  return (
    <li class="card">
      <span class="quiet-text digits">{bell && `${clock(bell[0])}–${clock(bell[1])}`}</span>
      <strong>{slot.title}</strong>
      <span>{nameOf(slot.room)}</span>
      {slot.listeners.length > 0 && (
        <span class="quiet-text">{t("timetable.listen", { rooms: slot.listeners.map(nameOf).join("、") })}</span>
      )}
      <span class="row wrap">
        <span class={`badge kind ${slot.kind}`}>{t(`district.kind.${slot.kind}`)}</span>
        {slot.weeks !== "all" && <span class="badge">{t(`district.weeks.${slot.weeks}`)}</span>}
        {off.map((day) => (
          <span key={day} class="badge">
            {t("timetable.off", { day })}
          </span>
        ))}
      </span>
    </li>
  );
}
