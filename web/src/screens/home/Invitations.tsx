// An administrator invites people: a link for each, handed over once; those that are open can be taken back.
import { useEffect, useState } from "preact/hooks";
import { t, tOr } from "../../i18n";
import { Icon } from "../../style/Icon";
import { Once } from "../outside/Once";
import { type Account, type Role, ROLES, codeOf, get, post, remove } from "./api";
import { when } from "./when";
import "../outside/secret.css";

interface Invitation {
  id: string;
  shown: string;
  role: Role;
  school: string;
  expires_at: number;
  account: string;
}

interface Asked {
  shown: string;
  role: Role;
  school: string;
  days: number;
}

export function Invitations({ account }: { account: Account }) {
  const [held, setHeld] = useState<Invitation[]>([]);
  const [link, setLink] = useState("");
  const [inviting, setInviting] = useState(false);
  const [problem, setProblem] = useState("");
  const fail = (error: unknown) => setProblem(wordsOf(error));
  const open = () =>
    get<{ invitations: Invitation[] }>("/api/invitations").then((found) => setHeld(found.invitations), fail);
  useEffect(() => void open(), []);
  async function invite(asked: Asked) {
    setProblem("");
    const { token } = await post<{ token: string }>("/api/invitations", asked);
    setLink(`${location.origin}/invited#${token}`);
    setInviting(false);
    await open();
  }
  return (
    <section>
      <div class="row wrap">
        <h2 class="grow">{t("people.invitations")}</h2>
        <button class="button" type="button" aria-expanded={inviting} onClick={() => setInviting(!inviting)}>
          <Icon name={inviting ? "x" : "plus"} size={20} />
          {t(inviting ? "common.close" : "people.invite")}
        </button>
      </div>
      <p class="quiet-text">{t("people.invite.how")}</p>
      {problem && (
        <p class="band danger" role="alert">
          <Icon name="alert" />
          {problem}
        </p>
      )}
      {link && <Once words={t("people.invite.once")} secret={link} />}
      {inviting && <Form school={account.school} invite={(asked) => void invite(asked).catch(fail)} />}
      {held.length > 0 && (
        <Table held={held} revoke={({ id }) => void remove(`/api/invitations/${id}`).then(open, fail)} />
      )}
    </section>
  );
}

function Form({ school, invite }: { school: string; invite: (asked: Asked) => void }) {
  const [form, setForm] = useState<Asked>({ shown: "", role: "teacher", school, days: 7 });
  const words = (name: "shown" | "school") => (
    <label class="field">
      <span>{t(`people.${name}`)}</span>
      <input
        class="input"
        required={name === "shown"}
        readOnly={name === "school" && school !== ""}
        maxLength={60}
        value={form[name]}
        onInput={(event) => setForm({ ...form, [name]: event.currentTarget.value })}
      />
    </label>
  );
  return (
    <form
      class="card add-person"
      onSubmit={(event) => {
        event.preventDefault();
        invite(form);
      }}
    >
      {words("shown")}
      <label class="field">
        <span>{t("people.role")}</span>
        <select
          class="input"
          value={form.role}
          onChange={(event) => setForm({ ...form, role: event.currentTarget.value as Role })}
        >
          {ROLES.map((role) => (
            <option key={role} value={role}>
              {t(`role.${role}`)}
            </option>
          ))}
        </select>
      </label>
      {words("school")}
      <label class="field">
        <span>{t("people.invite.days")}</span>
        <input
          class="input digits"
          type="number"
          min={1}
          max={30}
          value={form.days}
          onInput={(event) => setForm({ ...form, days: Number(event.currentTarget.value) })}
        />
      </label>
      <button class="button main" type="submit">
        {t("people.invite.make")}
      </button>
    </form>
  );
}

function Table({ held, revoke }: { held: Invitation[]; revoke: (one: Invitation) => void }) {
  return (
    <table class="table">
      <thead>
        <tr>
          <th>{t("people.shown")}</th>
          <th>{t("people.role")}</th>
          <th>{t("people.school")}</th>
          <th>{t("people.invite.state")}</th>
          <th />
        </tr>
      </thead>
      <tbody>
        {held.map((one) => (
          <tr key={one.id}>
            <td>{one.shown}</td>
            <td>{t(`role.${one.role}`)}</td>
            <td>{one.school}</td>
            <td>{stateOf(one)}</td>
            <td>
              {!one.account && (
                <button
                  class="button quiet"
                  type="button"
                  aria-label={t("people.invite.revoke.of", { name: one.shown })}
                  onClick={() => revoke(one)}
                >
                  {t("people.invite.revoke")}
                </button>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function stateOf(one: Invitation): string {
  if (one.account) return t("people.invite.accepted", { name: one.account });
  if (one.expires_at < Date.now() / 1000) return t("people.invite.old");
  return t("people.invite.open", { when: when(one.expires_at) });
}

function wordsOf(error: unknown): string {
  const code = codeOf(error);
  return tOr(`people.error.${code}`, code === "offline" ? "error.offline" : "error.unknown");
}
