// Somebody opens the link they were handed: as what they are invited, and the name and password they choose.
import "../../i18n/staff";
import { useEffect, useState } from "preact/hooks";
import { LangButton } from "../../i18n/LangButton";
import { t, tOr } from "../../i18n";
import { go } from "../../router";
import { Icon } from "../../style/Icon";
import { useTitle } from "../../style/title";
import { type Role, codeOf, post } from "../home/api";
import "../../style/gate.css";
import "../login/login.css";

interface Invitation {
  shown: string;
  role: Role;
  school: string;
  by: string;
}

export default function Invited() {
  useTitle(t("invited.title"));
  const token = location.hash.slice(1);
  const [found, setFound] = useState<Invitation | null>(null);
  const [problem, setProblem] = useState("");
  const fail = (error: unknown) => setProblem(wordsOf(error));
  useEffect(() => void post<Invitation>("/api/invited", { token }).then(setFound, fail), []);
  async function accept(name: string, password: string) {
    setProblem("");
    await post("/api/invited/account", { token, name, password });
    history.replaceState(null, "", "/invited"); // the link is used: it stays in no list of pages
    go("/home");
  }
  return (
    <div class="gate login">
      <header>
        <strong>{t("app.name")}</strong>
        <LangButton />
      </header>
      <main>
        <div>
          <h1>{t("invited.title")}</h1>
          {found && <As found={found} />}
          <div aria-live="polite">
            {problem && (
              <p class="band danger" role="alert">
                <Icon name="alert" />
                {problem}
              </p>
            )}
          </div>
          {found && <Choose accept={(name, password) => void accept(name, password).catch(fail)} fail={setProblem} />}
        </div>
      </main>
      <footer>
        <a class="button quiet" href="/login">
          {t("invited.login")}
        </a>
      </footer>
    </div>
  );
}

function As({ found }: { found: Invitation }) {
  const school = found.school || t("people.district");
  return <p>{t("invited.as", { ...found, school, role: t(`role.${found.role}`) })}</p>;
}

function Choose({ accept, fail }: { accept: (name: string, password: string) => void; fail: (words: string) => void }) {
  const [form, setForm] = useState({ name: "", fresh: "", again: "" });
  const field = (name: keyof typeof form, label: string, fill: string) => (
    <label class="field">
      <span>{label}</span>
      <input
        class="input"
        type={fill === "username" ? "text" : ("password" as "text")}
        autocomplete={fill}
        autocapitalize="none"
        value={form[name]}
        onInput={(event) => setForm({ ...form, [name]: event.currentTarget.value })}
      />
    </label>
  );
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (form.fresh !== form.again) return fail(t("login.new.error.differ"));
        accept(form.name.trim(), form.fresh);
      }}
    >
      {field("name", t("invited.name"), "username")}
      {field("fresh", t("invited.password"), "new-password")}
      {field("again", t("login.new.again"), "new-password")}
      <button class="button main" type="submit">
        {t("invited.accept")}
      </button>
    </form>
  );
}

function wordsOf(error: unknown): string {
  const code = codeOf(error);
  return tOr(`invited.error.${code}`, code === "offline" ? "error.offline" : "error.unknown");
}
