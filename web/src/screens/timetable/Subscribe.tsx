// A timetable in the calendar of a telephone: a secret address, shown once, and taken back.
import { useEffect, useState } from "preact/hooks";
import { lang, t, tOr } from "../../i18n";
import { Icon } from "../../style/Icon";
import { codeOf, get, post, remove } from "../home/api";
import { when } from "../home/when";

export interface Whose {
  whose: "teacher" | "classroom" | "school";
  /** The id; "" of a teacher is oneself. */
  of: string;
  name: string;
}

interface Held {
  id: string;
  whose: Whose["whose"];
  name: string;
  made_at: number;
  used_at: number;
}

const wordsOf = (error: unknown) => {
  const code = codeOf(error);
  return tOr(`calendar.error.${code}`, code === "offline" ? "error.offline" : "error.unknown");
};

/** A button, and what it opens: for each of these a calendar can be had. */
export function Subscribe({ choices }: { choices: Whose[] }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button class="button" type="button" aria-expanded={open} onClick={() => setOpen(!open)}>
        <Icon name={open ? "x" : "bell"} size={20} />
        {t(open ? "common.close" : "calendar.title")}
      </button>
      {open && <Panel choices={choices} />}
    </>
  );
}

function Panel({ choices }: { choices: Whose[] }) {
  const [held, setHeld] = useState<Held[]>([]);
  const [path, setPath] = useState("");
  const [at, setAt] = useState(0);
  const [problem, setProblem] = useState("");
  const fail = (error: unknown) => setProblem(wordsOf(error));
  function look() {
    get<{ calendars: Held[] }>("/api/calendars").then(({ calendars }) => setHeld(calendars), fail);
  }
  useEffect(look, []);
  async function make(event: Event) {
    event.preventDefault();
    setProblem("");
    const { whose, of } = choices[at] ?? choices[0]!;
    setPath((await post<{ path: string }>("/api/calendars", { whose, of })).path);
    look();
  }
  return (
    <section class="card subscribe">
      <h3>{t("calendar.title")}</h3>
      <p class="quiet-text">{t("calendar.how")}</p>
      <form class="row wrap" onSubmit={(event) => void make(event).catch(fail)}>
        <label class="field">
          <span>{t("calendar.whose")}</span>
          <select class="input" value={at} onChange={(event) => setAt(Number(event.currentTarget.value))}>
            {choices.map(({ whose, of, name }, n) => (
              <option key={whose + of} value={n}>
                {t(`calendar.${whose}`, { name })}
              </option>
            ))}
          </select>
        </label>
        <button class="button main" type="submit">
          {t("calendar.make")}
        </button>
      </form>
      {problem && (
        <p class="band danger" role="alert">
          <Icon name="alert" />
          {problem}
        </p>
      )}
      {path && <Address path={path} />}
      <List held={held} revoke={({ id }) => void remove(`/api/calendars/${id}`).then(look, fail)} />
    </section>
  );
}

function Address({ path }: { path: string }) {
  const [copied, setCopied] = useState(false);
  const address = `${location.origin}${path}${lang.value === "en" ? "?lang=en" : ""}`;
  const copy = () => navigator.clipboard?.writeText(address).then(() => setCopied(true), () => undefined);
  return (
    <div class="band" role="status">
      <span class="grow">
        {t("calendar.once")}
        <br />
        <span class="address">{address}</span>
      </span>
      <a class="button" href={address.replace(/^https?:/, "webcal:")}>
        {t("calendar.open")}
      </a>
      <button class="button" type="button" onClick={() => void copy()}>
        {t(copied ? "calendar.copied" : "calendar.copy")}
      </button>
    </div>
  );
}

function List({ held, revoke }: { held: Held[]; revoke: (one: Held) => void }) {
  if (!held.length) return null;
  return (
    <table class="table">
      <thead>
        <tr>
          <th>{t("calendar.held")}</th>
          <th>{t("calendar.made")}</th>
          <th>{t("calendar.used")}</th>
          <th />
        </tr>
      </thead>
      <tbody>
        {held.map((one) => (
          <tr key={one.id}>
            <th scope="row">{t(`calendar.${one.whose}`, { name: one.name || t("calendar.gone") })}</th>
            <td>{when(one.made_at)}</td>
            <td>{one.used_at ? when(one.used_at) : t("calendar.never")}</td>
            <td>
              <button class="button quiet" type="button" onClick={() => revoke(one)}>
                {t("calendar.revoke")}
              </button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
