// The first login: whoever was given a password chooses one of their own.
import { useState } from "preact/hooks";
import { t, tOr } from "../../i18n";
import { Icon } from "../../style/Icon";
import { codeOf, post } from "../home/api";

/** `old` is the password they came with, "" where the page was loaded anew: then it is asked for. */
export function NewPassword({ old, done }: { old: string; done: () => void }) {
  const [before, setBefore] = useState(old);
  const [fresh, setFresh] = useState("");
  const [again, setAgain] = useState("");
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);

  async function change(event: Event) {
    event.preventDefault();
    if (busy) return;
    if (fresh !== again) return setProblem(t("login.new.error.differ"));
    setBusy(true);
    const words = await save(before, fresh);
    setProblem(words);
    setBusy(false);
    if (!words) done();
  }

  return (
    <form onSubmit={change} noValidate>
      <h1>{t("login.new.title")}</h1>
      <p>{t("login.new.why")}</p>
      {!old && (
        <Field label={t("login.new.old")} value={before} set={setBefore} fill="current-password" />
      )}
      <Field label={t("login.new.new")} value={fresh} set={setFresh} fill="new-password" />
      <Field label={t("login.new.again")} value={again} set={setAgain} fill="new-password" />
      <div aria-live="polite">
        {problem && (
          <p class="band danger" role="alert">
            <Icon name="alert" />
            {problem}
          </p>
        )}
      </div>
      <button class="button main" type="submit" disabled={busy}>
        {t("login.new.save")}
      </button>
    </form>
  );
}

function Field(field: {
  label: string;
  value: string;
  set: (value: string) => void;
  fill: string;
}) {
  return (
    <label class="field">
      <span>{field.label}</span>
      <input
        class="input"
        type="password"
        autocomplete={field.fill}
        value={field.value}
        onInput={(event) => field.set(event.currentTarget.value)}
      />
    </label>
  );
}

/** The words of what went wrong, or "". */
async function save(old: string, fresh: string): Promise<string> {
  try {
    await post("/api/password", { old, new: fresh });
    return "";
  } catch (error) {
    const why = codeOf(error);
    return tOr(`login.new.error.${why}`, why === "offline" ? "error.offline" : "error.unknown");
  }
}
