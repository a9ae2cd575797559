// A new course: of the timetable, or made of shared lessons of the library in their order.
import { useEffect, useState } from "preact/hooks";
import { t } from "../../i18n";
import { Icon } from "../../style/Icon";
import type { Week } from "../district/district";
import { get, post } from "../home/api";
import type { Found as Shared } from "../library/library";
import { type Course, type Found, KINDS, type Kind, kindOf, wordsOf } from "./courses";

interface Props {
  found: Found;
  done: (course: Course) => void;
}

export function CourseForm({ found, done }: Props) {
  const [form, setForm] = useState({ title: "", subject: "", grade: "", kind: "library" as Kind });
  const [lessons, setLessons] = useState<string[]>([]);
  const [week, setWeek] = useState<Week | null>(null);
  const [problem, setProblem] = useState("");
  useEffect(() => {
    get<Week>("/api/timetable?teacher=me").then(setWeek, (error) => setProblem(wordsOf(error)));
  }, []);
  const recorded = form.kind === "library";
  async function save(event: Event) {
    event.preventDefault();
    const id = `c-${Date.now().toString(36)}${Math.random().toString(36).slice(2, 8)}`;
    const rest = recorded ? { lessons, term: "" } : { lessons: [], term: week?.term?.id ?? "" };
    const mine = { school: found.school, teacher: found.me, version: 0 };
    done(await post<Course>("/api/courses", { id, ...mine, ...form, ...rest }));
  }
  return (
    <form
      class="card course-form"
      onSubmit={(event) => void save(event).catch((error) => setProblem(wordsOf(error)))}
    >
      {(["title", "subject", "grade"] as const).map((name) => (
        <label key={name} class="field">
          <span>{t(`course.${name === "title" ? "name" : name}`)}</span>
          <input
            class="input"
            maxLength={80}
            required={name === "title"}
            value={form[name]}
            onInput={(event) => setForm({ ...form, [name]: event.currentTarget.value })}
          />
        </label>
      ))}
      <label class="field">
        <span>{t("district.slot.kind")}</span>
        <select
          class="input"
          value={form.kind}
          onChange={(event) => setForm({ ...form, kind: event.currentTarget.value as Kind })}
        >
          {KINDS.map((kind) => (
            <option key={kind} value={kind}>
              {kindOf(kind)}
            </option>
          ))}
        </select>
      </label>
      {recorded && <Pick lessons={lessons} change={setLessons} />}
      {problem && (
        <p class="band danger" role="alert">
          {problem}
        </p>
      )}
      <button class="button main" type="submit" disabled={recorded && !lessons.length}>
        {t("district.save")}
      </button>
    </form>
  );
}

/** In the order in which they are pressed they are taken. */
function Pick({ lessons, change }: { lessons: string[]; change: (lessons: string[]) => void }) {
  const [shelf, setShelf] = useState<Shared[]>([]);
  useEffect(() => {
    get<{ found: Shared[] }>("/api/library").then(({ found }) => setShelf(found), () => setShelf([]));
  }, []);
  const press = (id: string) =>
    change(lessons.includes(id) ? lessons.filter((one) => one !== id) : [...lessons, id]);
  return (
    <fieldset class="pick">
      <legend>{t("course.pick")}</legend>
      {!shelf.length && <p class="quiet-text">{t("course.pick.none")}</p>}
      {shelf.map(({ resource: { lesson }, title, by }) => (
        <button
          key={lesson}
          class="button"
          type="button"
          aria-pressed={lessons.includes(lesson)}
          onClick={() => press(lesson)}
        >
          {lessons.includes(lesson) ? (
            <strong class="digits">{lessons.indexOf(lesson) + 1}</strong>
          ) : (
            <Icon name="plus" size={20} />
          )}
          {[title, by].filter(Boolean).join(" · ")}
        </button>
      ))}
    </fieldset>
  );
}
