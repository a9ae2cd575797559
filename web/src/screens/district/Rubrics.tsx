// The rubrics by which lessons are evaluated: a line for each criterion, its points at the end.
import { useEffect, useState } from "preact/hooks";
import { t } from "../../i18n";
import type { Rubric } from "../after/Evaluate";
import { wordsOf } from "../after/after";
import { get, post, remove } from "../home/api";
import { criteriaOf, textOf } from "./criteria";

export function Rubrics() {
  const [all, setAll] = useState<Rubric[]>([]);
  const [now, edit] = useState<Rubric | null>(null);
  const [problem, setProblem] = useState("");
  const failed = (error: unknown) => setProblem(wordsOf(error));
  function look(): void {
    edit(null);
    setProblem("");
    get<{ rubrics: Rubric[] }>("/api/rubrics").then(({ rubrics }) => setAll(rubrics), failed);
  }
  useEffect(look, []);
  if (now) return <Form first={now} done={look} />;
  return (
    <section>
      <p class="quiet-text">{t("after.rubric.how")}</p>
      {problem && <p class="band danger" role="alert">{problem}</p>}
      <button class="button main" type="button" onClick={() => edit(NEW)}>
        {t("after.rubric.new")}
      </button>
      {all.map((one) => (
        <div key={one.id} class="card row wrap">
          <strong>{one.title}</strong>
          <span class="grow quiet-text">
            {one.school} {one.criteria.map(({ name, most }) => `${name} ${most}`).join(" · ")}
          </span>
          <button class="button" type="button" onClick={() => edit(one)}>
            {t("after.rubric.edit")}
          </button>
          <button
            class="button quiet"
            type="button"
            onClick={() => void remove(`/api/rubrics/${one.id}?version=${one.version}`).then(look, failed)}
          >
            {t("after.rubric.remove")}
          </button>
        </div>
      ))}
    </section>
  );
}

const NEW: Rubric = { id: "", school: "", title: "", criteria: [], version: 0 };

function Form({ first, done }: { first: Rubric; done: () => void }) {
  const [title, setTitle] = useState(first.title);
  const [text, setText] = useState(textOf(first.criteria));
  const [problem, setProblem] = useState("");
  const criteria = criteriaOf(text);
  const sum = (criteria ?? []).reduce((all, { most }) => all + most, 0);
  async function save(event: Event): Promise<void> {
    event.preventDefault();
    try {
      await post("/api/rubrics", { id: first.id, version: first.version, title, criteria });
      done();
    } catch (error) {
      setProblem(wordsOf(error));
    }
  }
  return (
    <form class="card rubric" onSubmit={(event) => void save(event)}>
      <label class="field">
        <span>{t("after.rubric.title")}</span>
        <input
          class="input"
          required
          maxLength={60}
          value={title}
          onInput={(event) => setTitle(event.currentTarget.value)}
        />
      </label>
      <label class="field">
        <span>{t("after.rubric.criteria")}</span>
        <textarea
          class="input"
          rows={8}
          required
          placeholder={t("after.rubric.example")}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
      </label>
      <p class="small quiet-text">
        {criteria ? t("after.rubric.sum", { n: criteria.length, sum }) : t("after.rubric.bad")}
      </p>
      {problem && <p class="band danger" role="alert">{problem}</p>}
      <div class="row">
        <button class="button main" type="submit" disabled={!criteria}>
          {t("district.save")}
        </button>
        <button class="button" type="button" onClick={done}>
          {t("common.close")}
        </button>
      </div>
    </form>
  );
}
