// A school's week: what it teaches and where it listens, and where two of them clash.
import { useEffect, useState } from "preact/hooks";
import { t } from "../../i18n";
import { Icon } from "../../style/Icon";
import { asking } from "../home/api";
import { useOpen } from "../home/useOpen";
import { Subscribe, type Whose } from "../timetable/Subscribe";
import "../timetable/timetable.css";
import { SlotForm } from "./SlotForm";
import { type Clash, type Inside, type Overview, type Slot, type Week, bellsOf, clock, coming, dayOf, rowOf, wordsOf } from "./district";

interface Props {
  inside: Inside;
  all: Overview;
  /** The service after school has a timetable of its own. */
  after: boolean;
}

export function WeekView({ inside, all, after }: Props) {
  const [week, setWeek] = useState<Week | null>(null);
  const { open: chosen, show: choose, close } = useOpen<Slot | "new">();
  const [problem, setProblem] = useState("");
  const { school } = inside;
  function open() {
    close(chosen);
    const asked = `/api/timetable?school=${encodeURIComponent(school.id)}`;
    return asking<Week>(asked, setWeek, (error) => setProblem(wordsOf(error)));
  }
  useEffect(open, [school.id]);
  if (problem) return <p class="band danger">{problem}</p>;
  if (!week) return null;
  if (!week.term) return <p class="none quiet-text">{t("district.no-term")}</p>;
  const shown = week.slots.filter(({ kind }) => (kind === "after-school") === after);
  return (
    <>
      <div class="row wrap">
        <span class="grow quiet-text">
          {week.term.name} {week.term.first} – {week.term.last}
        </span>
        <Subscribe choices={subscribed(inside)} />
        <button class="button" type="button" onClick={() => choose("new")}>
          <Icon name="plus" size={20} />
          {t(after ? "district.slot.new-after" : "district.slot.new")}
        </button>
      </div>
      {week.clashes.length > 0 && <Clashes week={week} />}
      {chosen && (
        <SlotForm
          key={chosen === "new" ? "new" : chosen.id}
          slot={chosen === "new" ? null : chosen}
          term={week.term.id}
          after={after}
          inside={inside}
          all={all}
          done={open}
        />
      )}
      <Grid week={{ ...week, slots: shown }} inside={inside} kind={after ? "after-school" : "dedicated"} choose={choose} />
    </>
  );
}

/** The school, its classrooms and its teachers. */
function subscribed({ school, classrooms, teachers }: Inside): Whose[] {
  return [
    { whose: "school", of: school.id, name: school.name },
    ...classrooms.map(({ id, name }) => ({ whose: "classroom" as const, of: id, name })),
    ...teachers.map(({ id, name }) => ({ whose: "teacher" as const, of: id, name })),
  ];
}

function Clashes({ week }: { week: Week }) {
  return (
    <div role="status">
      <ul class="band warning clashes">
        {sentences(week).map((words) => (
          <li key={words}>
            <Icon name="alert" size={20} />
            {words}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** One for each pair that clashes, and one for each school whose bells ring at other times. */
function sentences(week: Week): string[] {
  const titleOf = (id: string) => week.slots.find((one) => one.id === id)?.title ?? id;
  const pairs = week.clashes.filter(({ what }) => what !== "bells");
  const late = week.clashes.filter(({ what }) => what === "bells").map(({ which }) => which);
  const told = pairs.map((clash) => {
    const words = { one: titleOf(clash.slot), other: titleOf(clash.other), who: nameOf(clash, week) };
    return t(clash.what === "teacher" ? "district.clash.teacher" : "district.clash.room", words);
  });
  const bells = [...new Set(late)].map((id) => {
    const who = week.schools.find((school) => school.id === id)?.name ?? id;
    return t("district.clash.bells", { who, n: late.filter((one) => one === id).length });
  });
  return [...told, ...bells];
}

function nameOf({ what, which }: Clash, week: Week): string {
  const room = week.classrooms.find(({ id }) => id === which)?.name;
  return (what === "teacher" ? week.teachers[which] : room) ?? which;
}

function Grid(props: { week: Week; inside: Inside; kind: Slot["kind"]; choose: (slot: Slot) => void }) {
  const { week, inside } = props;
  const last = Math.max(5, ...week.slots.map(({ weekday }) => weekday));
  const days = Array.from({ length: last }, (_, n) => n + 1);
  const at = (row: number, day: number) =>
    week.slots.filter((slot) => slot.weekday === day && rowOf(slot, inside.school, week.schools) === row);
  return (
    <div class="week-scroll">
      <table class="table week">
        <thead>
          <tr>
            <th>{t("district.bell")}</th>
            {days.map((day) => (
              <th key={day}>{dayOf(day)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {bellsOf(inside.school, props.kind).map(([starts, ends], row) => (
            <tr key={starts}>
              <th scope="row">
                {row + 1}
                <span class="quiet-text">
                  {clock(starts)}–{clock(ends)}
                </span>
              </th>
              {days.map((day) => (
                <td key={day}>
                  {at(row, day).map((slot) => (
                    <Chip key={slot.id} slot={slot} {...props} />
                  ))}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Chip(props: { slot: Slot; week: Week; inside: Inside; choose: (slot: Slot) => void }) {
  const { slot, week, inside } = props;
  const ours = slot.school === inside.school.id;
  const clashing = week.clashes.some(({ slot: one, other }) => one === slot.id || other === slot.id);
  const nameOf = (id: string) => week.classrooms.find((room) => room.id === id)?.name ?? id;
  const here = slot.listeners.filter((id) => inside.classrooms.some((room) => room.id === id));
  const from = week.schools.find(({ id }) => id === slot.school)?.name ?? slot.school;
  return (
    <button
      class={`slot ${ours ? "teaches" : "listens"} ${clashing ? "clashing" : ""}`}
      type="button"
      disabled={!ours}
      onClick={() => props.choose(slot)}
    >
      <strong>
        {clashing && <Icon name="alert" size={16} />}
        {slot.title}
      </strong>
      <span>{week.teachers[slot.teacher] ?? slot.teacher}</span>
      <span class="quiet-text">
        {ours
          ? t("district.slot.teaches", { room: nameOf(slot.room), n: slot.listeners.length })
          : t("district.slot.listens", { room: here.map(nameOf).join("、"), school: from })}
      </span>
      {slot.kind !== "dedicated" && <span class="badge">{t(`district.kind.${slot.kind}`)}</span>}
      {coming(slot).map((day) => (
        <span key={day} class="badge">
          {t("timetable.off", { day })}
        </span>
      ))}
      {slot.weeks !== "all" && <span class="badge">{t(`district.weeks.${slot.weeks}`)}</span>}
    </button>
  );
}
