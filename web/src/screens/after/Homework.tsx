// A lesson's homework: set by its teacher, handed in by a co-teacher for her pupils, marked, read.
import { useEffect, useState } from "preact/hooks";
import { type Key, t } from "../../i18n";
import { Icon } from "../../style/Icon";
import { type Account, get, post, remove } from "../home/api";
import { when } from "../home/when";
import { HandIn } from "./HandIn";
import { Marker } from "./Marker";
import { Reading } from "./Reading";
import { type Handed, type Homework as Task, stateOf, type Tasks, type Work, wordsOf } from "./after";

export function Homework({ lesson, account }: { lesson: string; account: Account }) {
  const [all, setAll] = useState<Tasks | null>(null);
  const [problem, setProblem] = useState("");
  const [opened, open] = useState("");
  function look(): void {
    get<Tasks>(`/api/lessons/${lesson}/homework`).then(setAll, (error) => setProblem(wordsOf(error)));
  }
  useEffect(look, [lesson]);
  if (problem) return <p class="band danger" role="alert">{problem}</p>;
  if (!all) return null;
  const teaches = account.role === "teacher";
  const close = () => {
    open("");
    look();
  };
  if (opened && teaches) {
    const rest = all.tasks.flatMap(({ works }) => works).filter((one) => !one.marked_at && one.id !== opened);
    const next = rest.length ? () => open(rest[0].id) : null;
    return <Marker key={opened} id={opened} next={next} close={close} />;
  }
  if (opened) return <Read id={opened} close={close} />;
  return (
    <>
      {teaches && <SetForm lesson={lesson} done={look} />}
      {!all.tasks.length && <p class="none quiet-text">{t("after.none.set")}</p>}
      {all.tasks.map(({ homework, works }) => (
        <section key={homework.id} class="card task">
          <p class="task-text">{homework.text}</p>
          <div class="row wrap small">
            <span>{t("after.due", { when: when(homework.due) })}</span>
            <span class="badge ready">{t("after.code", { code: homework.code })}</span>
            <span class="grow quiet-text">{counted(works)}</span>
            {teaches && !works.length && <TakeBack task={homework} done={look} />}
          </div>
          {teaches && (
            <p class="small quiet-text">
              {t("after.code.how", { address: `${location.host}/slip` })}
            </p>
          )}
          {all.own && <Hand homework={homework} pupils={all.pupils} done={look} />}
          <Works works={works} due={homework.due} open={open} teaches={teaches} />
        </section>
      ))}
    </>
  );
}

function counted(works: readonly Handed[]): string {
  const [marked, back] = [(w: Handed) => w.marked_at > 0, (w: Handed) => w.returned_at > 0].map(
    (is) => works.filter(is).length,
  );
  return t("after.handed", { n: works.length, marked, back });
}

interface WorksProps {
  works: readonly Handed[];
  due: number;
  teaches: boolean;
  open: (id: string) => void;
}

function Works({ works, due, teaches, open }: WorksProps) {
  if (!works.length) return <p class="quiet-text">{t("after.none.handed")}</p>;
  return (
    <table class="table">
      <tbody>
        {works.map((work) => (
          <tr key={work.id}>
            <td>
              <strong>{work.pupil}</strong> <span class="small quiet-text">{work.school}</span>
            </td>
            <td class="quiet-text">{t(`after.kind.${work.kind}` satisfies Key)}</td>
            <td class="quiet-text wide-only">
              {when(work.handed_at)} {work.handed_at > due && <span class="badge">{t("after.late")}</span>}
            </td>
            <td>
              {stateOf(work)} {work.mark}
            </td>
            <td class="number">
              <button class="button" type="button" onClick={() => open(work.id)}>
                {t(teaches ? "after.mark.open" : "after.open")}
              </button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function SetForm({ lesson, done }: { lesson: string; done: () => void }) {
  const [text, setText] = useState("");
  const [due, setDue] = useState(() => dayAt(2));
  const [problem, setProblem] = useState("");
  async function send(event: Event): Promise<void> {
    event.preventDefault();
    setProblem("");
    try {
      await post(`/api/lessons/${lesson}/homework`, { text, due: new Date(due).getTime() / 1000 });
      setText("");
      done();
    } catch (error) {
      setProblem(wordsOf(error));
    }
  }
  return (
    <form class="card set" onSubmit={(event) => void send(event)}>
      <h2>{t("after.set")}</h2>
      <label class="field">
        <span>{t("after.set.text")}</span>
        <textarea
          class="input"
          rows={3}
          required
          maxLength={2000}
          placeholder={t("after.set.example")}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
      </label>
      <div class="row wrap foot-row">
        <label class="field">
          <span>{t("after.set.due")}</span>
          <input
            class="input"
            type="datetime-local"
            required
            value={due}
            onInput={(event) => setDue(event.currentTarget.value)}
          />
        </label>
        <button class="button main" type="submit">
          <Icon name="plus" size={20} />
          {t("after.set")}
        </button>
      </div>
      {problem && <p class="band danger" role="alert">{problem}</p>}
    </form>
  );
}

/** The evening of so many days on, as a field has it. */
function dayAt(days: number): string {
  const day = new Date(Date.now() + days * 86_400_000);
  const two = (n: number) => String(n).padStart(2, "0");
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}T20:00`;
}

function TakeBack({ task, done }: { task: Task; done: () => void }) {
  const [problem, setProblem] = useState("");
  const go = () =>
    remove(`/api/homework/${task.id}`).then(done, (error) => setProblem(wordsOf(error)));
  return (
    <>
      {problem && <span role="alert">{problem}</span>}
      <button class="button quiet" type="button" onClick={() => void go()}>
        {t("after.remove")}
      </button>
    </>
  );
}

function Hand(props: { homework: Task; pupils: readonly string[]; done: () => void }) {
  const [open, setOpen] = useState(false);
  const [said, setSaid] = useState("");
  return (
    <>
      {said && <p class="band" role="status">{said}</p>}
      {open ? (
        <HandIn
          path={`/api/homework/${props.homework.id}`}
          pupils={props.pupils}
          school={null}
          done={(_, pupil) => {
            setSaid(t("after.hand.done", { name: pupil }));
            setOpen(false);
            props.done();
          }}
        />
      ) : (
        <button class="button main" type="button" onClick={() => setOpen(true)}>
          <Icon name="plus" size={20} />
          {t("after.hand.for")}
        </button>
      )}
    </>
  );
}

function Read({ id, close }: { id: string; close: () => void }) {
  const [work, setWork] = useState<Work | null>(null);
  const [problem, setProblem] = useState("");
  useEffect(() => {
    get<Work>(`/api/works/${id}`).then(setWork, (error) => setProblem(wordsOf(error)));
  }, [id]);
  return (
    <section>
      <div class="row">
        <button class="button quiet" type="button" onClick={close}>
          <Icon name="chevron-left" size={20} />
          {t("common.back")}
        </button>
        <h2>{work && t("after.sheet", { name: work.pupil })}</h2>
      </div>
      {problem && <p class="band danger" role="alert">{problem}</p>}
      {work && <Reading work={work} picture={`/api/works/${id}/picture`} />}
    </section>
  );
}
