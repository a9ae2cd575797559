// One thing that several may change in a form: it is kept, or it is told why not and nothing typed is lost.
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { t } from "../../i18n";
import { Icon } from "../../style/Icon";
import { codeOf, post, remove } from "../home/api";
import { useFocus } from "./Fields";
import { wordsOf } from "./district";

export interface Kept {
  id: string;
  name?: string;
  version: number;
}

interface Props<T extends Kept> {
  title: string;
  first: T;
  /** Where it is kept. */
  path: string;
  /** As it is on the server now; undefined where somebody has removed it. */
  now: (id: string) => Promise<T | undefined>;
  /** What a reader sees of it: each field's label and words, to compare two of them. */
  told: (thing: T) => [label: string, words: string][];
  fields: (form: T, change: (some: Partial<T>) => void) => ComponentChildren;
  /** Why it cannot be kept as it stands, or "". */
  wrong?: (form: T) => string;
  /** As it is sent; without, its name has no blanks around it. */
  tidy?: (form: T) => T;
  /** What a refusal is called on this page; as on the district's, if it is not said. */
  say?: (error: unknown) => string;
  /** Better words for a refusal than its code has, or "". */
  explain?: (code: string, form: T) => Promise<string>;
  /** What removing it means; it is not offered without. */
  removal?: string;
  done: (kept?: T) => void;
  removed: (thing: T) => void;
}

/** An id for something new: unlike a school's numbers it is never seen, and never given again. */
export const newId = (kind: string) =>
  `${kind}-${Date.now().toString(36)}${Math.random().toString(36).slice(2, 8)}`;

export function Editing<T extends Kept>(props: Props<T>) {
  const [form, setForm] = useState<T>(props.first);
  const [theirs, setTheirs] = useState<T | null>(null);
  const [problem, setProblem] = useState("");
  const { path } = props;
  const change = (some: Partial<T>) => setForm((form) => ({ ...form, ...some }));

  async function failed(error: unknown) {
    const code = codeOf(error);
    if (form.version && ["changed-meanwhile", "not-there"].includes(code)) {
      const now = await props.now(form.id).catch(() => null);
      if (now && now.version !== form.version) return setTheirs(now);
      if (now === undefined) {
        change({ version: 0 } as Partial<T>);
        return setProblem(t("district.form.gone"));
      }
    }
    setProblem((await props.explain?.(code, form).catch(() => "")) || (props.say ?? wordsOf)(error));
  }
  function keep(mine: T) {
    setProblem("");
    const wrong = props.wrong?.(mine);
    if (wrong) return setProblem(wrong);
    const tidy = props.tidy ?? ((one) => ({ ...one, name: one.name?.trim() }));
    post<T>(path, tidy(mine)).then(props.done, failed);
  }
  const gone = `${path}/${encodeURIComponent(form.id)}?version=${form.version}`;
  return (
    <form
      class="card slot-form"
      aria-label={props.title}
      onSubmit={(event) => {
        event.preventDefault();
        keep(form);
      }}
      onKeyDown={(event) => event.key === "Escape" && props.done()}
    >
      <h3>{props.title}</h3>
      {props.fields(form, change)}
      {problem && (
        <p class="band danger" role="alert">
          <Icon name="alert" />
          {problem}
        </p>
      )}
      {theirs ? (
        <Both
          theirs={props.told(theirs)}
          mine={props.told(form)}
          take={(mine) => {
            setTheirs(null);
            const now = mine ? { ...form, version: theirs.version } : theirs;
            setForm(now);
            if (mine) keep(now);
          }}
        />
      ) : (
        <Buttons
          removal={form.version > 0 ? props.removal : undefined}
          remove={() => void remove(gone).then(() => props.removed(form), failed)}
          close={() => props.done()}
        />
      )}
    </form>
  );
}

/** Two have changed it: what stands there now, what was typed here, and which of them it shall be. */
function Both(props: {
  theirs: [string, string][];
  mine: [string, string][];
  take: (mine: boolean) => void;
}) {
  const mine = useFocus<HTMLButtonElement>();
  const rows = props.mine.map(([label, mine], n) => [label, props.theirs[n]?.[1] ?? "", mine] as const);
  return (
    <div class="band warning both" role="alert">
      <p>{t("district.form.both")}</p>
      <table class="table">
        <thead>
          <tr>
            <th />
            <th>{t("district.form.theirs")}</th>
            <th>{t("district.form.mine")}</th>
          </tr>
        </thead>
        <tbody>
          {rows
            .filter(([, theirs, mine]) => theirs !== mine)
            .map(([label, theirs, mine]) => (
              <tr key={label}>
                <th scope="row">{label}</th>
                <td>{theirs || "—"}</td>
                <td>{mine || "—"}</td>
              </tr>
            ))}
        </tbody>
      </table>
      <div class="row wrap">
        <button ref={mine} class="button main" type="button" onClick={() => props.take(true)}>
          {t("district.form.keep-mine")}
        </button>
        <button class="button" type="button" onClick={() => props.take(false)}>
          {t("district.form.take-theirs")}
        </button>
      </div>
    </div>
  );
}

function Buttons(props: { removal: string | undefined; remove: () => void; close: () => void }) {
  const [sure, ask] = useState(false);
  if (sure) {
    return (
      <div class="row wrap" role="alertdialog" aria-label={t("district.form.remove")}>
        <span>{props.removal}</span>
        <button class="button danger" type="button" onClick={props.remove}>
          {t("district.form.yes")}
        </button>
        <Keep keep={() => ask(false)} />
      </div>
    );
  }
  return (
    <div class="row wrap">
      <button class="button main" type="submit">
        {t("district.save")}
      </button>
      <button class="button" type="button" onClick={props.close}>
        {t("district.form.leave")}
      </button>
      {props.removal && (
        <button class="button quiet" type="button" onClick={() => ask(true)}>
          <Icon name="trash" size={20} />
          {t("district.form.remove")}
        </button>
      )}
    </div>
  );
}

/** What Enter does where nobody has thought about it yet. */
function Keep({ keep }: { keep: () => void }) {
  const button = useFocus<HTMLButtonElement>();
  return (
    <button ref={button} class="button" type="button" onClick={keep}>
      {t("district.device.keep")}
    </button>
  );
}
