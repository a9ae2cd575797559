// One course: when its lessons are, or the recorded ones, which a class takes in their order.
import { useEffect, useState } from "preact/hooks";
import { t } from "../../i18n";
import { go } from "../../router";
import { Icon } from "../../style/Icon";
import { dayOf } from "../district/district";
import { type Account, get, post } from "../home/api";
import { when } from "../home/when";
import { CourseForm } from "./CourseForm";
import { type OneCourse, type Recorded, kindOf, wordsOf } from "./courses";

export function OpenCourse({ id, account }: { id: string; account: Account }) {
  const [one, setOne] = useState<OneCourse | null>(null);
  const [learner, setLearner] = useState("");
  const [editing, setEditing] = useState(false);
  const [problem, setProblem] = useState("");
  const failed = (error: unknown) => setProblem(wordsOf(error));
  const path = `/api/courses/${encodeURIComponent(id)}`;
  const look = () =>
    get<OneCourse>(path).then((found) => {
      setOne(found);
      setLearner((now) => now || (found.classrooms[0]?.id ?? ""));
    }, failed);
  useEffect(() => void look(), [id]);
  const changed = (kept: boolean) => {
    setEditing(false);
    setProblem("");
    if (kept) void look();
  };
  const may = account.role === "teacher" || account.role === "co-teacher";
  const takes = may && !one?.course.archived;
  const take = (lesson: string) =>
    void post<OneCourse>(`${path}/steps`, { learner, lesson }).then(setOne, failed);
  if (!one) return problem ? <p class="band danger" role="alert">{problem}</p> : null;
  const { course } = one;
  const about = [course.subject, course.grade, one.teacher, one.school].filter(Boolean).join(" · ");
  return (
    <>
      <div class="row wrap">
        <h2>{course.title}</h2>
        <span class="badge ready">{kindOf(course.kind)}</span>
        <span class="grow quiet-text">{about}</span>
        {course.archived && <span class="badge">{t("course.archived")}</span>}
        {one.mine && !editing && (
          <button class="button" type="button" onClick={() => setEditing(true)}>
            <Icon name="pen" size={20} />
            {t("course.edit")}
          </button>
        )}
      </div>
      {problem && (
        <p class="band danger" role="alert">
          {problem}
        </p>
      )}
      {editing && (
        <CourseForm
          first={course}
          recorded={one.recorded}
          done={(kept) => changed(kept !== undefined)}
          removed={() => go("/courses")}
        />
      )}
      {course.kind === "library" ? (
        <>
          {takes && one.classrooms.length > 0 && (
            <Learner one={one} now={learner} choose={setLearner} />
          )}
          <Lessons one={one} learner={learner} take={takes && learner ? take : undefined} />
          <Everybody one={one} />
        </>
      ) : (
        <Weekly one={one} />
      )}
    </>
  );
}

function Learner(props: { one: OneCourse; now: string; choose: (id: string) => void }) {
  return (
    <label class="field learner">
      <span>{t("course.learner")}</span>
      <select class="input" value={props.now} onChange={(event) => props.choose(event.currentTarget.value)}>
        {props.one.classrooms.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

interface Props {
  one: OneCourse;
  learner: string;
  take?: (lesson: string) => void;
}

function Lessons({ one, learner, take }: Props) {
  const mine = one.progress.find((progress) => progress.learner === learner);
  const next = mine ? mine.next : one.recorded.find(({ there }) => there)?.lesson;
  const doneAt = (lesson: string) => mine?.done.find((step) => step.lesson === lesson)?.at;
  return (
    <ol class="lessons">
      {one.recorded.map((recorded) => (
        <Lesson
          key={recorded.lesson}
          recorded={recorded}
          at={doneAt(recorded.lesson)}
          take={recorded.lesson === next ? take : undefined}
        />
      ))}
    </ol>
  );
}

function Lesson(props: { recorded: Recorded; at?: number; take?: (lesson: string) => void }) {
  const { recorded, at, take } = props;
  return (
    <li class="card">
      <strong class="grow">{recorded.there ? recorded.title : t("course.gone")}</strong>
      {at !== undefined && (
        <span class="badge ready">
          <Icon name="check" size={16} />
          {t("course.done", { when: when(at) })}
        </span>
      )}
      {recorded.there && (
        <a class={take ? "button main" : "button"} href={`/replay/${recorded.lesson}`}>
          <Icon name="play" size={20} />
          {t("course.watch")}
        </a>
      )}
      {take && (
        <button class="button" type="button" onClick={() => take(recorded.lesson)}>
          <Icon name="check" size={20} />
          {t("course.take")}
        </button>
      )}
    </li>
  );
}

/** How far each class is, as far as one may see. */
function Everybody({ one }: { one: OneCourse }) {
  if (!one.progress.length) return null;
  return (
    <table class="table">
      <thead>
        <tr>
          <th>{t("course.who")}</th>
          <th>{t("course.far")}</th>
          <th>{t("course.last")}</th>
        </tr>
      </thead>
      <tbody>
        {one.progress.map(({ learner, name, done }) => (
          <tr key={learner}>
            <th scope="row">{name}</th>
            <td>{t("course.of", { n: done.length, all: one.recorded.length })}</td>
            <td>{when(Math.max(...done.map(({ at }) => at)))}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Weekly({ one }: { one: OneCourse }) {
  if (!one.slots.length) return <p class="none quiet-text">{t("course.weekly.none")}</p>;
  return (
    <ul class="lessons">
      {one.slots.map((slot) => (
        <li key={slot.id} class="card">
          <strong>{dayOf(slot.weekday)}</strong>
          <span>{t("course.period", { n: slot.period })}</span>
          <span class="grow">{slot.title}</span>
          <span class="quiet-text">{t("course.rooms", { n: slot.listeners.length })}</span>
        </li>
      ))}
    </ul>
  );
}
