// An admin's view of the audit log, newest first.
import { useEffect, useState } from "preact/hooks";
import { t, tOr } from "../../i18n";
import "../../i18n/audit";
import { Icon } from "../../style/Icon";
import { type Account, type Card, codeOf, get } from "./api";
import { when } from "./when";

interface Note {
  wall: number; // Unix seconds
  who: string;
  act: string;
  what: string;
}

/** What people call an account or a lesson, by its id. */
type Names = ReadonlyMap<string, string>;

export function Audit() {
  const [notes, setNotes] = useState<Note[] | null>(null);
  const [names, setNames] = useState<Names>(new Map());
  const [problem, setProblem] = useState("");
  useEffect(() => {
    void knownNames().then(setNames);
    get<{ notes: Note[] }>("/api/audit").then(
      (found) => setNotes(found.notes),
      (error) => setProblem(t(codeOf(error) === "offline" ? "error.offline" : "error.unknown")),
    );
  }, []);
  return (
    <section>
      <h2>{t("home.audit")}</h2>
      <Year />
      {problem && (
        <p class="band danger" role="alert">
          <Icon name="alert" />
          {problem}
        </p>
      )}
      {notes?.length === 0 && <p class="none quiet-text">{t("audit.none")}</p>}
      {notes && notes.length > 0 && <Table notes={notes} names={names} />}
    </section>
  );
}

const YEARS = 6; // that are offered: the one that runs, and those before

/** A school year as one file for whoever audits the district. */
function Year() {
  const now = new Date();
  const newest = now.getFullYear() - (now.getMonth() < 8 ? 1 : 0);
  const [year, choose] = useState(newest);
  const years = Array.from({ length: YEARS }, (_, n) => newest - n);
  return (
    <div class="row wrap">
      <label class="row">
        {t("audit.year")}
        <select
          class="input"
          value={year}
          onChange={(event) => choose(Number(event.currentTarget.value))}
        >
          {years.map((one) => (
            <option key={one} value={one}>{`${one}–${one + 1}`}</option>
          ))}
        </select>
      </label>
      <a class="button" href={`/api/compliance/${year}`} download>
        <Icon name="download" size={20} />
        {t("audit.year.take")}
      </a>
      <span class="quiet-text">{t("audit.year.how")}</span>
    </div>
  );
}

function Table({ notes, names }: { notes: Note[]; names: Names }) {
  return (
    <table class="table">
      <thead>
        <tr>
          <th>{t("audit.when")}</th>
          <th>{t("audit.who")}</th>
          <th>{t("audit.act")}</th>
          <th>{t("audit.what")}</th>
        </tr>
      </thead>
      <tbody>
        {notes.map(({ wall, who, act, what }, i) => (
          <tr key={i}>
            <td class="quiet-text">{when(wall)}</td>
            <td>{who === "" ? t("audit.system") : (names.get(who) ?? who)}</td>
            <td>{tOr(`audit.${act}`, "audit.other", { act })}</td>
            <td>{told(what, names)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What it was done to; behind its name may stand whose voice, or why. */
function told(what: string, names: Names): string {
  const [id, ...rest] = what.split(" ");
  return [names.get(id) ?? id, ...rest].join(" ");
}

/** The log is readable without names too: what cannot be asked stays an id. */
async function knownNames(): Promise<Names> {
  const [{ accounts }, { lessons }] = await Promise.all([
    get<{ accounts: Account[] }>("/api/accounts").catch(() => ({ accounts: [] })),
    get<{ lessons: Card[] }>("/api/lessons").catch(() => ({ lessons: [] })),
  ]);
  const people = accounts.map((account) => [account.name, account.shown] as const);
  return new Map([...people, ...lessons.map((card) => [card.id, card.title] as const)]);
}
