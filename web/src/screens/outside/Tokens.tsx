// Programs' tokens: made for some scopes and days, shown once, revoked.
import { useEffect, useState } from "preact/hooks";
import { type Key, t } from "../../i18n";
import { Icon } from "../../style/Icon";
import { get, post, remove } from "../home/api";
import { when } from "../home/when";
import { Once } from "./Once";

interface Token {
  id: string;
  name: string;
  scopes: string[];
  made_at: number;
  expires_at: number;
  used_at: number;
}

export const scopeOf = (scope: string): string => t(`outside.scope.${scope}` as Key);

export function Tokens({ wordsOf }: { wordsOf: (error: unknown) => string }) {
  const [held, setHeld] = useState<{ tokens: Token[]; scopes: string[] }>({ tokens: [], scopes: [] });
  const [made, setMade] = useState("");
  const [making, setMaking] = useState(false);
  const [problem, setProblem] = useState("");
  const fail = (error: unknown) => setProblem(wordsOf(error));
  function open() {
    get<typeof held>("/api/tokens").then(setHeld, fail);
  }
  useEffect(open, []);
  async function make(asked: Asked) {
    setProblem("");
    const { token } = await post<{ token: string }>("/api/tokens", asked);
    setMade(token);
    setMaking(false);
    open();
  }
  return (
    <section>
      <div class="row wrap">
        <h2 class="grow">{t("outside.tokens")}</h2>
        <button class="button" type="button" aria-expanded={making} onClick={() => setMaking(!making)}>
          <Icon name={making ? "x" : "plus"} size={20} />
          {t(making ? "common.close" : "outside.token.new")}
        </button>
      </div>
      <p class="quiet-text">{t("outside.tokens.how")}</p>
      {problem && (
        <p class="band danger" role="alert">
          <Icon name="alert" />
          {problem}
        </p>
      )}
      {made && <Once words={t("outside.token.once")} secret={made} />}
      {making && <Form scopes={held.scopes} make={(asked) => void make(asked).catch(fail)} />}
      <Table tokens={held.tokens} revoke={({ id }) => void remove(`/api/tokens/${id}`).then(open, fail)} />
    </section>
  );
}

interface Asked {
  name: string;
  days: number;
  scopes: string[];
}

function Form({ scopes, make }: { scopes: string[]; make: (asked: Asked) => void }) {
  const [form, setForm] = useState<Asked>({ name: "", days: 90, scopes: [] });
  const turn = (scope: string, on: boolean) =>
    setForm({ ...form, scopes: on ? [...form.scopes, scope] : form.scopes.filter((one) => one !== scope) });
  return (
    <form
      class="card"
      onSubmit={(event) => {
        event.preventDefault();
        make(form);
      }}
    >
      <label class="field">
        <span>{t("outside.token.name")}</span>
        <input
          class="input"
          required
          maxLength={60}
          placeholder={t("outside.token.name.example")}
          value={form.name}
          onInput={(event) => setForm({ ...form, name: event.currentTarget.value })}
        />
      </label>
      <label class="field">
        <span>{t("outside.token.days")}</span>
        <input
          class="input digits"
          type="number"
          min={1}
          max={366}
          value={form.days}
          onInput={(event) => setForm({ ...form, days: Number(event.currentTarget.value) })}
        />
      </label>
      <fieldset>
        <legend>{t("outside.token.scopes")}</legend>
        {scopes.map((scope) => (
          <label key={scope}>
            <input
              type="checkbox"
              checked={form.scopes.includes(scope)}
              onChange={(event) => turn(scope, event.currentTarget.checked)}
            />
            {scopeOf(scope)}
          </label>
        ))}
      </fieldset>
      <button class="button main" type="submit">
        {t("outside.token.make")}
      </button>
    </form>
  );
}

function Table({ tokens, revoke }: { tokens: Token[]; revoke: (token: Token) => void }) {
  if (!tokens.length) return <p class="none quiet-text">{t("outside.token.none")}</p>;
  const old = ({ expires_at }: Token) => expires_at < Date.now() / 1000;
  return (
    <table class="table">
      <thead>
        <tr>
          <th>{t("outside.token.name")}</th>
          <th>{t("outside.token.scopes")}</th>
          <th>{t("outside.token.used")}</th>
          <th>{t("outside.token.ends")}</th>
          <th />
        </tr>
      </thead>
      <tbody>
        {tokens.map((token) => (
          <tr key={token.id}>
            <th scope="row">{token.name}</th>
            <td>{token.scopes.map(scopeOf).join(" · ")}</td>
            <td>{token.used_at ? when(token.used_at) : t("outside.token.never")}</td>
            <td>{old(token) ? t("outside.token.old") : when(token.expires_at)}</td>
            <td>
              <button
                class="button quiet"
                type="button"
                aria-label={t("outside.token.revoke.of", { name: token.name })}
                onClick={() => revoke(token)}
              >
                {t("outside.token.revoke")}
              </button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
