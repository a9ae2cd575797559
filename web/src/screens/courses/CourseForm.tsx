// A course in a form: of the timetable, or made of shared lessons of the library in their order.
import { useEffect, useState } from "preact/hooks";
import { t } from "../../i18n";
import { Editing } from "../district/Editing";
import { Choice, Words } from "../district/Fields";
import { type Week, there } from "../district/district";
import { get } from "../home/api";
import type { Found as Shared } from "../library/library";
import { Order } from "./Order";
import { type Course, KINDS, type Kind, type OneCourse, type Recorded, kindOf, wordsOf } from "./courses";

interface Props {
  first: Course;
  /** Those of its lessons that were there when it was opened. */
  recorded?: Recorded[];
  done: (course?: Course) => void;
  removed: () => void;
}

export function CourseForm({ first, recorded = [], done, removed }: Props) {
  const [shelf, setShelf] = useState<Shared[]>([]);
  const [term, setTerm] = useState(first.term);
  const [problem, setProblem] = useState("");
  useEffect(() => {
    const failed = (error: unknown) => setProblem(wordsOf(error));
    get<{ found: Shared[] }>("/api/library").then(({ found }) => setShelf(found), failed);
    if (!first.version) {
      get<Week>("/api/timetable?teacher=me").then((week) => setTerm(week.term?.id ?? ""), failed);
    }
  }, []);
  const titles = titlesOf(recorded, shelf);
  return (
    <>
      {problem && (
        <p class="band danger" role="alert">
          {problem}
        </p>
      )}
      <Editing
        title={t(first.version ? "course.edit" : "course.new")}
        first={first}
        path="/api/courses"
        now={async (id) => (await there<OneCourse>(`/api/courses/${encodeURIComponent(id)}`))?.course}
        told={(one) => toldOf(one, titles)}
        say={wordsOf}
        wrong={({ kind, lessons }) => (kind === "library" && !lessons.length ? t("course.empty") : "")}
        removal={t("course.sure", { title: first.title })}
        tidy={(one) => (one.kind === "library" ? { ...one, term: "" } : { ...one, lessons: [], term })}
        done={done}
        removed={removed}
        fields={(form, change) => (
          <>
            <Words first label={t("course.name")} value={form.title} input={(title) => change({ title })} />
            <Words
              optional
              label={t("course.subject")}
              value={form.subject}
              input={(subject) => change({ subject })}
            />
            <Words optional label={t("course.grade")} value={form.grade} input={(grade) => change({ grade })} />
            {!first.version && (
              <Choice
                label={t("district.slot.kind")}
                value={form.kind}
                options={KINDS.map((kind) => [kind, kindOf(kind)])}
                choose={(kind) => change({ kind: kind as Kind })}
              />
            )}
            {form.kind === "library" && (
              <Order
                lessons={form.lessons}
                titles={titles}
                shelf={shelf}
                change={(lessons) => change({ lessons })}
              />
            )}
            {first.version > 0 && (
              <label class="row archive">
                <input
                  type="checkbox"
                  checked={form.archived}
                  onChange={(event) => change({ archived: event.currentTarget.checked })}
                />
                {t("course.archive")}
              </label>
            )}
          </>
        )}
      />
    </>
  );
}

function titlesOf(recorded: Recorded[], shelf: Shared[]): Map<string, string> {
  const found = shelf.map(({ resource: { lesson }, title, by }): [string, string] => [
    lesson,
    [title, by].filter(Boolean).join(" · "),
  ]);
  const before = recorded.map(({ lesson, title, there }): [string, string] => [
    lesson,
    there ? title : t("course.gone"),
  ]);
  return new Map([...before, ...found]);
}

function toldOf(one: Course, titles: Map<string, string>): [string, string][] {
  const lessons = one.lessons.map((lesson, n) => `${n + 1}. ${titles.get(lesson) ?? t("course.gone")}`);
  return [
    [t("course.name"), one.title],
    [t("course.subject"), one.subject],
    [t("course.grade"), one.grade],
    [t("course.order"), lessons.join("  ")],
    [t("course.archived"), t(one.archived ? "course.yes" : "course.no")],
  ];
}

