// A lesson of the week, new or changed; what it would clash with is said before it is kept.
import { useEffect, useState } from "preact/hooks";
import { t } from "../../i18n";
import { Icon } from "../../style/Icon";
import type { Course } from "../courses/courses";
import { get, post, remove } from "../home/api";
import { Choice, Words } from "./Fields";
import { type Classroom, type Inside, type Overview, type School, type Slot, bellsOf, dayOf, wordsOf } from "./district";

const KINDS: Slot["kind"][] = ["dedicated", "master", "library", "after-school"];
const WEEKS: Slot["weeks"][] = ["all", "odd", "even"];

interface Props {
  slot: Slot | null;
  term: string;
  inside: Inside;
  all: Overview;
  /** A new one is of the service after school. */
  after: boolean;
  done: () => void;
}

function blank({ term, inside, after }: Props): Slot {
  const id = `l-${Date.now().toString(36)}${Math.random().toString(36).slice(2, 8)}`;
  const from = { school: inside.school.id, teacher: inside.teachers[0]?.id ?? "" };
  const where = { room: inside.classrooms[0]?.id ?? "", weekday: 1, period: after ? evening(inside.school) : 1, listeners: [] };
  const rest = { kind: after ? ("after-school" as const) : ("dedicated" as const), weeks: "all" as const, version: 0, cancelled: [], course: "" };
  return { id, term, title: "", subject: "", ...from, ...where, ...rest };
}

/** The first bell of the service after school, or the day's last. */
const evening = ({ bells, after_bells }: School) => (after_bells.length ? 1 : Math.max(1, bells.length));

export function SlotForm(props: Props) {
  const { inside, all, done } = props;
  const [form, setForm] = useState<Slot>(props.slot ?? blank(props));
  const [problem, setProblem] = useState("");
  const change = (some: Partial<Slot>) => setForm({ ...form, ...some });
  const tried = (asked: Promise<unknown>) => asked.then(done, (error) => setProblem(wordsOf(error)));

  function save(event: Event) {
    event.preventDefault();
    void tried(post("/api/timetable", form));
  }
  const gone = `/api/district/slots/${encodeURIComponent(form.id)}?version=${form.version}`;
  return (
    <form class="card slot-form" onSubmit={save}>
      <Words label={t("district.slot.title")} value={form.title} input={(title) => change({ title })} />
      <Words label={t("district.slot.subject")} value={form.subject} input={(subject) => change({ subject })} />
      <Choice
        label={t("district.slot.teacher")}
        value={form.teacher}
        options={inside.teachers.map(({ id, name }) => [id, name])}
        choose={(teacher) => change({ teacher })}
      />
      <Choice
        label={t("district.slot.room")}
        value={form.room}
        options={inside.classrooms.map(({ id, name }) => [id, name])}
        choose={(room) => change({ room })}
      />
      <Choice
        label={t("district.slot.day")}
        value={String(form.weekday)}
        options={[1, 2, 3, 4, 5, 6, 7].map((day) => [String(day), dayOf(day)])}
        choose={(day) => change({ weekday: Number(day), cancelled: [] })}
      />
      <Choice
        label={t("district.bell")}
        value={String(form.period)}
        options={bellsOf(inside.school, form.kind).map((_, n) => [String(n + 1), String(n + 1)])}
        choose={(period) => change({ period: Number(period) })}
      />
      <Choice
        label={t("district.slot.kind")}
        value={form.kind}
        options={KINDS.map((kind) => [kind, t(`district.kind.${kind}`)])}
        choose={(one) => {
          const kind = one as Slot["kind"];
          const period = Math.min(form.period, bellsOf(inside.school, kind).length) || 1;
          change({ kind, period, course: "" });
        }}
      />
      <OfCourse form={form} change={change} />
      <Choice
        label={t("district.slot.weeks")}
        value={form.weeks}
        options={WEEKS.map((weeks) => [weeks, t(`district.weeks.${weeks}`)])}
        choose={(weeks) => change({ weeks: weeks as Slot["weeks"] })}
      />
      {form.version > 0 && <Cancelled form={form} change={(cancelled) => change({ cancelled })} />}
      <Listeners all={all} form={form} change={(listeners) => change({ listeners })} />
      {problem && (
        <p class="band danger" role="alert">
          <Icon name="alert" />
          {problem}
        </p>
      )}
      <div class="row wrap">
        <button class="button main" type="submit">
          {t("district.save")}
        </button>
        <button class="button" type="button" onClick={done}>
          {t("common.close")}
        </button>
        {form.version > 0 && (
          <button class="button quiet" type="button" onClick={() => void tried(remove(gone))}>
            <Icon name="trash" size={20} />
            {t("district.slot.remove")}
          </button>
        )}
      </div>
    </form>
  );
}

/** Rooms of any school that listen; only who looks after the district sees those of others. */
function Listeners(props: { all: Overview; form: Slot; change: (rooms: string[]) => void }) {
  const { all, form, change } = props;
  const others = all.schools.filter(({ id }) => id !== form.school);
  const [school, setSchool] = useState(others[0]?.id ?? "");
  const [rooms, setRooms] = useState<Classroom[]>([]);
  useEffect(() => {
    if (!school) return;
    const path = `/api/district/schools/${encodeURIComponent(school)}`;
    get<Inside>(path).then(({ classrooms }) => setRooms(classrooms), () => setRooms([]));
  }, [school]);
  if (!school) return null;
  const turn = (id: string, on: boolean) =>
    change(on ? [...form.listeners, id] : form.listeners.filter((one) => one !== id));
  return (
    <fieldset class="listeners">
      <legend>{t("district.slot.listeners", { n: form.listeners.length })}</legend>
      <Choice
        label={t("district.schools")}
        value={school}
        options={others.map(({ id, name }) => [id, name])}
        choose={setSchool}
      />
      {rooms.map(({ id, name }) => (
        <label key={id} class="row">
          <input
            type="checkbox"
            checked={form.listeners.includes(id)}
            onChange={(event) => turn(id, event.currentTarget.checked)}
          />
          {name}
        </label>
      ))}
    </fieldset>
  );
}

/** Of a course its subject and teacher are taken over. */
function OfCourse({ form, change }: { form: Slot; change: (some: Partial<Slot>) => void }) {
  const [courses, setCourses] = useState<Course[]>([]);
  useEffect(() => {
    const asked = new URLSearchParams({ kind: form.kind, school: form.school });
    get<{ courses: Course[] }>(`/api/courses?${asked}`).then(
      (found) => setCourses(found.courses.filter(({ term }) => term === form.term)),
      () => setCourses([]),
    );
  }, [form.kind, form.school, form.term]);
  if (!courses.length) return null;
  const choose = (id: string) => {
    const one = courses.find((course) => course.id === id);
    change(one ? { course: id, subject: one.subject, teacher: one.teacher } : { course: "" });
  };
  const options = courses.map(({ id, title }): [string, string] => [id, title]);
  return (
    <Choice
      label={t("course.title")}
      value={form.course}
      options={[["", t("district.slot.no-course")], ...options]}
      choose={choose}
    />
  );
}

/** Days on which it is not held: whoever has it in a calendar is told so there. */
function Cancelled({ form, change }: { form: Slot; change: (days: string[]) => void }) {
  const [day, setDay] = useState("");
  const weekday = day ? new Date(`${day}T12:00`).getDay() || 7 : form.weekday;
  const add = () => {
    change([...new Set([...form.cancelled, day])].sort());
    setDay("");
  };
  return (
    <fieldset class="listeners">
      <legend>{t("district.slot.cancelled", { n: form.cancelled.length })}</legend>
      {form.cancelled.map((one) => (
        <button
          key={one}
          class="button quiet"
          type="button"
          aria-label={t("district.slot.restore", { day: one })}
          onClick={() => change(form.cancelled.filter((other) => other !== one))}
        >
          {one}
          <Icon name="x" size={16} />
        </button>
      ))}
      <input
        class="input"
        type="date"
        aria-label={t("district.slot.off")}
        value={day}
        onInput={(event) => setDay(event.currentTarget.value)}
      />
      <button class="button" type="button" disabled={!day || weekday !== form.weekday} onClick={add}>
        {t("district.slot.cancel")}
      </button>
      {weekday !== form.weekday && (
        <span class="quiet-text" role="status">
          {t("district.slot.wrong-day", { day: dayOf(weekday), other: dayOf(form.weekday) })}
        </span>
      )}
    </fieldset>
  );
}
