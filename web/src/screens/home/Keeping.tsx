// An admin's page of how long lessons are kept: the rules, and what falls by them next.
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { t, tOr } from "../../i18n";
import { Icon } from "../../style/Icon";
import { Hold } from "./Hold";
import { type Account, codeOf, get, post } from "./api";
import { day } from "./when";

export interface Rule {
  subject: string;
  teacher: string;
  /** -1 is for ever; 0 takes the rule away. */
  months: number;
}
interface Fall {
  lesson: string;
  title: string;
  subject: string;
  by: string;
  ended_at: number; // Unix seconds
  falls_at: number;
}
export interface Plan {
  rules: Rule[];
  falling: Fall[];
}

const FOREVER = -1; // synclass/school/retention.py
const CHOICES = [3, 6, 12, 24, 36, 60, 120, FOREVER];

export function Keeping() {
  const plan = useSignal<Plan | null>(null);
  const names = useSignal<ReadonlyMap<string, string>>(new Map());
  const problem = useSignal("");
  const failed = (error: unknown) =>
    void (problem.value = tOr(`keeping.error.${codeOf(error)}`, "error.unknown"));
  const look = () => void get<Plan>("/api/keeping").then((found) => (plan.value = found), failed);
  useEffect(() => {
    look();
    get<{ accounts: Account[] }>("/api/accounts").then(
      ({ accounts }) => (names.value = new Map(accounts.map(({ name, shown }) => [name, shown]))),
      () => undefined, // the account's name says it, too
    );
  }, []);

  async function set(rule: Rule): Promise<void> {
    problem.value = "";
    await post<Plan>("/api/keeping", rule).then((found) => (plan.value = found), failed);
  }

  return (
    <section>
      <h2>{t("keeping.title")}</h2>
      {problem.value && (
        <p class="band danger" role="alert">
          <Icon name="alert" />
          {problem.value}
        </p>
      )}
      {plan.value && (
        <>
          <p class="quiet-text">{t(plan.value.rules.length ? "keeping.how" : "keeping.none")}</p>
          <Rules rules={plan.value.rules} names={names.value} set={set} />
          <Add names={names.value} set={set} />
          <h2>{t("keeping.next")}</h2>
          <Next falling={plan.value.falling} changed={look} />
        </>
      )}
    </section>
  );
}

const term = (months: number) => (months === FOREVER ? t("keeping.forever") : t("keeping.months", { n: months }));

type Setting = { names: ReadonlyMap<string, string>; set: (rule: Rule) => Promise<void> };

function Rules({ rules, names, set }: Setting & { rules: Rule[] }) {
  if (!rules.length) return null;
  return (
    <table class="table">
      <thead>
        <tr>
          <th>{t("keeping.subject")}</th>
          <th>{t("keeping.teacher")}</th>
          <th>{t("keeping.term")}</th>
          <th />
        </tr>
      </thead>
      <tbody>
        {rules.map((rule) => (
          <tr key={`${rule.subject}/${rule.teacher}`}>
            <td>{rule.subject || t("keeping.any")}</td>
            <td>{rule.teacher ? (names.get(rule.teacher) ?? rule.teacher) : t("keeping.any")}</td>
            <td>{term(rule.months)}</td>
            <td class="number">
              <button class="button quiet" type="button" onClick={() => void set({ ...rule, months: 0 })}>
                <Icon name="x" size={20} />
                {t("keeping.remove")}
              </button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Add({ names, set }: Setting) {
  const rule = useSignal<Rule>({ subject: "", teacher: "", months: 24 });
  const change = (part: Partial<Rule>) => (rule.value = { ...rule.value, ...part });
  return (
    <form
      class="card add-person"
      onSubmit={(event) => {
        event.preventDefault();
        void set(rule.value);
      }}
    >
      <label class="field">
        <span>{t("keeping.subject")}</span>
        <input
          class="input"
          maxLength={80}
          placeholder={t("keeping.any")}
          value={rule.value.subject}
          onInput={(event) => change({ subject: event.currentTarget.value.trim() })}
        />
      </label>
      <label class="field">
        <span>{t("keeping.teacher")}</span>
        <select
          class="input"
          value={rule.value.teacher}
          onChange={(event) => change({ teacher: event.currentTarget.value })}
        >
          <option value="">{t("keeping.any")}</option>
          {[...names].map(([name, shown]) => (
            <option key={name} value={name}>
              {shown}
            </option>
          ))}
        </select>
      </label>
      <label class="field">
        <span>{t("keeping.term")}</span>
        <select
          class="input"
          value={rule.value.months}
          onChange={(event) => change({ months: Number(event.currentTarget.value) })}
        >
          {CHOICES.map((months) => (
            <option key={months} value={months}>
              {term(months)}
            </option>
          ))}
        </select>
      </label>
      <button class="button main" type="submit">
        {t("keeping.save")}
      </button>
    </form>
  );
}

function Next({ falling, changed }: { falling: Fall[]; changed: () => void }) {
  if (!falling.length) return <p class="none quiet-text">{t("keeping.nothing")}</p>;
  return (
    <table class="table">
      <thead>
        <tr>
          <th>{t("keeping.falls")}</th>
          <th>{t("keeping.lesson")}</th>
          <th class="wide-only">{t("keeping.held-on")}</th>
          <th />
        </tr>
      </thead>
      <tbody>
        {falling.map((fall) => (
          <tr key={fall.lesson}>
            <td>
              <strong>{day(fall.falls_at)}</strong>
            </td>
            <td>
              {fall.title}
              <div class="small quiet-text">{[fall.subject, fall.by].filter(Boolean).join(" · ")}</div>
            </td>
            <td class="quiet-text wide-only">{day(fall.ended_at)}</td>
            <td class="number">
              <Hold lesson={fall.lesson} held={false} words changed={changed} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
