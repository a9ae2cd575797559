// Announces a contest, or changes one: what it is about, by which rubric, until when, and who judges.
import { useEffect, useState } from "preact/hooks";
import { t } from "../../i18n";
import { Icon } from "../../style/Icon";
import type { Rubric } from "../after/Evaluate";
import { KeepOrLeave } from "../alliance/Buttons";
import { Problem } from "../alliance/Problem";
import { criteriaOf, textOf } from "../district/criteria";
import { get, post } from "../home/api";
import { Colleagues } from "../studios/Colleagues";
import { most, type Page, wordsOf } from "./contests";

const WEEKS_MS = 14 * 86_400_000;

interface Props {
  /** What is changed; nothing where it is new. */
  before?: Page;
  kept: (now: Page) => void;
  leave: () => void;
}

function fresh() {
  const until = new Date(Date.now() + WEEKS_MS).toLocaleDateString("sv"); // ISO, of the place's day
  return { id: "", version: 0, title: "", about: "", rubric: "", until };
}

export function Announce({ before, kept, leave }: Props) {
  const [one, set] = useState(before ?? fresh());
  const [text, setText] = useState(before ? textOf(before.criteria) : "");
  const [judges, name] = useState<{ account: string; shown: string }[]>(before?.judges ?? []);
  const [problem, setProblem] = useState("");
  const criteria = criteriaOf(text);
  async function save(event: Event): Promise<void> {
    event.preventDefault();
    const { id, version, title, about, rubric, until } = one;
    const asked = { id, version, title, about, rubric, until, criteria, judges: judges.map(({ account }) => account) };
    try {
      kept(await post<Page>("/api/contests", asked));
    } catch (error) {
      setProblem(wordsOf(error));
    }
  }
  return (
    <form class="card form" onSubmit={(event) => void save(event)}>
      <label>
        {t("contest.name")}
        <input class="input" required maxLength={60} value={one.title} onInput={(event) => set({ ...one, title: event.currentTarget.value })} />
      </label>
      <label>
        {t("alliance.about")}
        <textarea class="input" rows={3} maxLength={1000} value={one.about} onInput={(event) => set({ ...one, about: event.currentTarget.value })} />
      </label>
      <label>
        {t("contest.last-day")}
        <input class="input" type="date" required value={one.until} onInput={(event) => set({ ...one, until: event.currentTarget.value })} />
      </label>
      <Rubrics
        choose={(rubric) => {
          set({ ...one, rubric: rubric.title });
          setText(textOf(rubric.criteria));
        }}
      />
      <label>
        {t("contest.rubric")}
        <input class="input" required maxLength={60} value={one.rubric} onInput={(event) => set({ ...one, rubric: event.currentTarget.value })} />
      </label>
      <label>
        {t("after.rubric.criteria")}
        <textarea class="input" rows={6} required placeholder={t("after.rubric.example")} value={text} onInput={(event) => setText(event.currentTarget.value)} />
      </label>
      <p class="small quiet-text">
        {criteria ? t("after.rubric.sum", { n: criteria.length, sum: most(criteria) }) : t("after.rubric.bad")}
      </p>
      <Judges judges={judges} set={name} />
      <Problem words={problem} />
      <KeepOrLeave words={t(before ? "alliance.save" : "contest.announce")} leave={leave} />
    </form>
  );
}

/** Rubrics that there are already: one begins with it, and changes it for this contest. */
function Rubrics({ choose }: { choose: (rubric: Rubric) => void }) {
  const [all, setAll] = useState<Rubric[]>([]);
  useEffect(() => void get<{ rubrics: Rubric[] }>("/api/rubrics").then(({ rubrics }) => setAll(rubrics), () => {}), []);
  if (!all.length) return null;
  return (
    <label>
      {t("contest.rubric.from")}
      <select
        class="input"
        value=""
        onChange={(event) => {
          const found = all.find(({ id }) => id === event.currentTarget.value);
          if (found) choose(found);
        }}
      >
        <option value="">{t("contest.rubric.choose")}</option>
        {all.map(({ id, title }) => (
          <option key={id} value={id}>
            {title}
          </option>
        ))}
      </select>
    </label>
  );
}

interface JudgesProps {
  judges: { account: string; shown: string }[];
  set: (judges: { account: string; shown: string }[]) => void;
}

function Judges({ judges, set }: JudgesProps) {
  return (
    <fieldset>
      <legend>{t("contest.judges")}</legend>
      <div class="row wrap">
        {judges.map((one) => (
          <button
            key={one.account}
            class="button"
            type="button"
            aria-label={t("contest.judge.drop", { name: one.shown })}
            onClick={() => set(judges.filter(({ account }) => account !== one.account))}
          >
            {one.shown} <Icon name="x" size={20} />
          </button>
        ))}
      </div>
      <Colleagues
        label={t("contest.judge.find")}
        roles={["teacher", "co-teacher", "patrol"]}
        choose={(one) => set([...judges.filter(({ account }) => account !== one.account), one])}
      />
    </fieldset>
  );
}
