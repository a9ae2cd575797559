// The login of teachers, supervisors and admins.
import "../../i18n/staff";
import { useEffect, useState } from "preact/hooks";
import { LangButton } from "../../i18n/LangButton";
import { t, tOr } from "../../i18n";
import { go } from "../../router";
import { Icon } from "../../style/Icon";
import { useTitle } from "../../style/title";
import { codeOf, get, me, post, type Account } from "../home/api";
import { NewPassword } from "./NewPassword";
import "../../style/gate.css";
import "./login.css";

export default function Login() {
  useTitle(t("login.title"));
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);
  const [given, setGiven] = useState(false);
  const [other, setOther] = useState("");

  useEffect(() => {
    setProblem(problemOf(new URLSearchParams(location.search)));
    get<{ name: string }>("/api/oidc").then(({ name }) => setOther(name), () => undefined);
    me().then(
      (account) => account && (account.given ? setGiven(true) : go(next())),
      () => undefined, // not reached now: the button will say so
    );
  }, []);

  async function enter(event: Event) {
    event.preventDefault();
    if (busy) return;
    if (!name.trim() || !password) return setProblem(t("login.error.empty"));
    setBusy(true);
    const { problem, given } = await logIn(name.trim(), password);
    setProblem(problem);
    setGiven(given);
    setBusy(false);
  }

  return (
    <div class="gate login">
      <header>
        <strong>{t("app.name")}</strong>
        <LangButton />
      </header>
      <main>
        {given ? (
          <NewPassword old={password} done={() => go(next())} />
        ) : (
        <form onSubmit={enter} noValidate>
          <h1>{t("login.title")}</h1>
          <label class="field">
            <span>{t("login.name")}</span>
            <input
              class="input"
              autocomplete="username"
              autocapitalize="none"
              autofocus
              value={name}
              onInput={(event) => setName(event.currentTarget.value)}
            />
          </label>
          <label class="field">
            <span>{t("login.password")}</span>
            <input
              class="input"
              type="password"
              autocomplete="current-password"
              value={password}
              onInput={(event) => setPassword(event.currentTarget.value)}
            />
          </label>
          <div aria-live="polite">
            {problem && (
              <p class="band danger" role="alert">
                <Icon name="alert" />
                {problem}
              </p>
            )}
          </div>
          <button class="button main" type="submit" disabled={busy}>
            {t(busy ? "login.entering" : "login.enter")}
          </button>
          {other && (
            <a class="button" href="/api/oidc/start">
              {t("login.other", { name: other })}
            </a>
          )}
        </form>
        )}
      </main>
      <footer>
        <a class="button quiet" href="/">
          {t("login.door")}
        </a>
      </footer>
    </div>
  );
}

/** What the other login came back with, in words. */
function problemOf(asked: URLSearchParams): string {
  const code = asked.get("problem");
  const subject = asked.get("subject") ?? "";
  return code ? tOr(`login.error.${code}`, "error.unknown", { subject }) : "";
}

interface Outcome {
  /** The words of what went wrong, or "". */
  problem: string;
  given: boolean;
}

/** Log in and go on, unless the password is one that was given. */
async function logIn(name: string, password: string): Promise<Outcome> {
  try {
    const { account } = await post<{ account: Account }>("/api/login", { name, password });
    if (!account.given) go(next());
    return { problem: "", given: account.given };
  } catch (error) {
    const why = codeOf(error);
    const problem = tOr(`login.error.${why}`, why === "offline" ? "error.offline" : "error.unknown");
    return { problem, given: false };
  }
}

/** Where to after the login: a page of ours only. */
function next(): string {
  const asked = new URLSearchParams(location.search).get("next") ?? "";
  return /^\/(?!\/)[\w/-]*$/.test(asked) ? asked : "/home";
}
