// Evaluation of the lesson that is replayed: points by a rubric, remarks on the timeline, side by side.
import "../../i18n/after";
import { useEffect, useState } from "preact/hooks";
import { t } from "../../i18n";
import { Icon } from "../../style/Icon";
import { get, post } from "../home/api";
import { span } from "../home/when";
import type { Player } from "../replay/player";
import { wordsOf } from "./after";
import "./evaluate.css";

interface Remark {
  at: number;
  text: string;
}

export interface Rubric {
  id: string;
  school: string;
  title: string;
  criteria: { name: string; most: number }[];
  version: number;
}

export interface Evaluation {
  id: string;
  shown: string;
  role: "teacher" | "patrol" | "admin";
  rubric: string;
  criteria: Rubric["criteria"];
  points: number[];
  remarks: Remark[];
  summary: string;
  version: number;
}

export interface Evaluated {
  rubrics: Rubric[];
  evaluations: Evaluation[];
  averages: { name: string; most: number; points: number; of: number }[];
  mine: string;
}

export function Evaluate({ player, lesson }: { player: Player; lesson: string }) {
  const [all, setAll] = useState<Evaluated | null>(null);
  const [filling, fill] = useState(false);
  const [problem, setProblem] = useState("");
  const path = `/api/lessons/${lesson}/evaluations`;
  useEffect(() => {
    get<Evaluated>(path).then(setAll, (error) => setProblem(wordsOf(error)));
  }, [path]);
  if (problem) return <p class="band warning" role="alert">{problem}</p>;
  if (!all) return null;
  const mine = all.evaluations.find(({ id }) => id === all.mine) ?? null;
  if (filling) {
    const done = (now: Evaluated | null) => {
      if (now) setAll(now);
      fill(false);
    };
    return <Form player={player} path={path} all={all} mine={mine} done={done} />;
  }
  return (
    <div class="evaluate">
      <button class="button main" type="button" onClick={() => fill(true)}>
        <Icon name="check" size={20} />
        {t(mine ? "after.evaluate.change" : "after.evaluate.begin")}
      </button>
      {all.evaluations.length ? (
        <>
          <Points all={all} />
          <Remarks player={player} all={all} />
        </>
      ) : (
        <p class="none quiet-text">{t("after.evaluate.none")}</p>
      )}
    </div>
  );
}

const whoOf = (one: Evaluation, mine: string) => (one.id === mine ? t("after.evaluate.mine") : one.shown);

/** A column for each evaluator, and the average of all. */
export function Points({ all }: { all: Evaluated }) {
  const { evaluations, averages, mine } = all;
  const of = (one: Evaluation, name: string) => one.points[one.criteria.findIndex((c) => c.name === name)];
  const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);
  return (
    <div class="points">
      <table class="table">
        <thead>
          <tr>
            <th>{t("after.evaluate.criterion")}</th>
            {evaluations.map((one) => (
              <th key={one.id} class="number" scope="col">
                {whoOf(one, mine)}
              </th>
            ))}
            <th class="number" scope="col">{t("after.evaluate.average")}</th>
          </tr>
        </thead>
        <tbody>
          {averages.map(({ name, most, points }) => (
            <tr key={name}>
              <td>
                <span title={name}>{name.split("：")[0]}</span> <span class="quiet-text small">/{most}</span>
              </td>
              {evaluations.map((one) => (
                <td key={one.id} class="number">
                  {of(one, name) ?? "–"}
                </td>
              ))}
              <td class="number">
                <strong>{rounded(points)}</strong>
              </td>
            </tr>
          ))}
          <tr>
            <td>{t("after.evaluate.sum")}</td>
            {evaluations.map((one) => (
              <td key={one.id} class="number">
                {sum(one.points)}
              </td>
            ))}
            <td class="number">
              <strong>{rounded(sum(averages.map(({ points }) => points)))}</strong>
            </td>
          </tr>
        </tbody>
      </table>
    </div>
  );
}

const rounded = (points: number) => Math.round(points * 10) / 10;

/** All remarks on one timeline; mine are marked as mine, by word and by colour. */
function Remarks({ player, all }: { player: Player; all: Evaluated }) {
  const remarks = all.evaluations
    .flatMap((by) => by.remarks.map((remark) => ({ by, ...remark })))
    .sort((a, b) => a.at - b.at);
  return (
    <>
      <ol class="chat">
        {remarks.map(({ by, at, text }, n) => (
          <li key={n} class={by.id === all.mine ? "remark-on mine" : "remark-on"}>
            <div class="row small quiet-text">
              <span class="grow">
                {whoOf(by, all.mine)} · {t(`role.${by.role}`)}
              </span>
              <button class="button quiet digits" type="button" onClick={() => player.seek(at)}>
                {span(at - player.startsAt.value)}
              </button>
            </div>
            <p>{text}</p>
          </li>
        ))}
      </ol>
      {all.evaluations
        .filter(({ summary }) => summary)
        .map((one) => (
          <section key={one.id} class="summary">
            <h3>{t("after.evaluate.summary.of", { who: whoOf(one, all.mine) })}</h3>
            <p>{one.summary}</p>
          </section>
        ))}
    </>
  );
}

interface FormProps {
  player: Player;
  path: string;
  all: Evaluated;
  mine: Evaluation | null;
  done: (now: Evaluated | null) => void;
}

function Form({ player, path, all, mine, done }: FormProps) {
  const first = all.rubrics.find((one) => one.title === mine?.rubric) ?? all.rubrics[0];
  const [rubric, setRubric] = useState(first);
  const [points, setPoints] = useState<readonly (number | null)[]>(
    mine && mine.criteria.length === first.criteria.length ? mine.points : first.criteria.map(() => null),
  );
  const [remarks, setRemarks] = useState<readonly Remark[]>(mine?.remarks ?? []);
  const [summary, setSummary] = useState(mine?.summary ?? "");
  const [problem, setProblem] = useState("");

  async function save(event: Event): Promise<void> {
    event.preventDefault();
    const body = { version: mine?.version ?? 0, rubric: rubric.id, points, remarks, summary };
    try {
      done(await post<Evaluated>(path, body));
    } catch (error) {
      setProblem(wordsOf(error));
    }
  }

  return (
    <form class="evaluate" onSubmit={(event) => void save(event)}>
      {all.rubrics.length > 1 && (
        <label class="field">
          <span>{t("after.evaluate.rubric")}</span>
          <select
            class="input"
            value={rubric.id}
            onChange={(event) => {
              const next = all.rubrics.find(({ id }) => id === event.currentTarget.value) ?? rubric;
              setRubric(next);
              setPoints(next.criteria.map(() => null));
            }}
          >
            {all.rubrics.map(({ id, title }) => (
              <option key={id} value={id}>
                {title}
              </option>
            ))}
          </select>
        </label>
      )}
      {rubric.criteria.map(({ name, most }, n) => (
        <label key={name} class="criterion">
          <span class="grow">{name}</span>
          <input
            class="input"
            type="number"
            required
            min={0}
            max={most}
            aria-label={name}
            value={points[n] ?? ""}
            onInput={(event) => {
              const said = event.currentTarget.value;
              setPoints(points.map((one, i) => (i === n ? (said ? Number(said) : null) : one)));
            }}
          />
          <span class="quiet-text">/{most}</span>
        </label>
      ))}
      <Noting player={player} add={(one) => setRemarks([...remarks, one].sort((a, b) => a.at - b.at))} />
      <ol class="chat">
        {remarks.map(({ at, text }, n) => (
          <li key={n} class="remark-on mine">
            <div class="row small">
              <button class="button quiet digits" type="button" onClick={() => player.seek(at)}>
                {span(at - player.startsAt.value)}
              </button>
              <span class="grow">{text}</span>
              <button
                class="button quiet only-icon"
                type="button"
                title={t("after.evaluate.drop")}
                onClick={() => setRemarks(remarks.filter((_, i) => i !== n))}
              >
                <Icon name="x" size={20} />
                <span class="said-only">{t("after.evaluate.drop")}</span>
              </button>
            </div>
          </li>
        ))}
      </ol>
      <label class="field">
        <span>{t("after.evaluate.summary")}</span>
        <textarea
          class="input"
          rows={3}
          maxLength={1000}
          value={summary}
          onInput={(event) => setSummary(event.currentTarget.value)}
        />
      </label>
      {problem && <p class="band danger" role="alert">{problem}</p>}
      <div class="row wrap">
        <button class="button main" type="submit">
          {t("after.evaluate.save")}
        </button>
        <button class="button" type="button" onClick={() => done(null)}>
          {t("common.close")}
        </button>
      </div>
    </form>
  );
}

/** A remark is of the moment at which its first letter was written. */
function Noting({ player, add }: { player: Player; add: (remark: Remark) => void }) {
  const [text, setText] = useState("");
  const [at, setAt] = useState<number | null>(null);
  const note = () => {
    if (!text.trim()) return;
    add({ at: at ?? player.now(), text: text.trim() });
    setText("");
    setAt(null);
  };
  return (
    <div class="row">
      <input
        class="input grow"
        maxLength={300}
        aria-label={t("after.evaluate.remark")}
        placeholder={t("after.evaluate.remark")}
        value={text}
        onInput={(event) => {
          setText(event.currentTarget.value);
          setAt(at ?? player.now());
        }}
        onKeyDown={(event) => {
          event.stopPropagation();
          if (event.key !== "Enter" || event.isComposing) return;
          event.preventDefault();
          note();
        }}
      />
      <button class="button" type="button" disabled={!text.trim()} onClick={note}>
        {t("after.evaluate.note", { at: span((at ?? player.at.value) - player.startsAt.value) })}
      </button>
    </div>
  );
}
