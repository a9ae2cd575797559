// An admin's list of those who may log in, and the form that adds one.
import { useEffect, useState } from "preact/hooks";
import { t, tOr } from "../../i18n";
import { Icon } from "../../style/Icon";
import { type Account, type Role, ROLES, codeOf, get, post } from "./api";
import { Invitations } from "./Invitations";
import { LinkedTo } from "./LinkedTo";

const BLANK = { name: "", shown: "", role: "teacher" as Role, school: "", password: "" };
type Words = "name" | "shown" | "school" | "password";

export function People({ account }: { account: Account }) {
  const [people, setPeople] = useState<Account[]>([]);
  const [form, setForm] = useState(BLANK);
  const [said, setSaid] = useState({ words: "", good: true });
  const [adding, setAdding] = useState(false);
  const [other, setOther] = useState("");
  const [looked, look] = useState<Account | null>(null);

  function refresh() {
    get<{ accounts: Account[] }>("/api/accounts").then(
      ({ accounts }) => setPeople(accounts),
      (error) => setSaid({ words: wordsOf(error), good: false }),
    );
  }
  useEffect(() => {
    refresh();
    get<{ name: string }>("/api/oidc").then(({ name }) => setOther(name), () => undefined);
  }, []);

  async function add(event: Event) {
    event.preventDefault();
    if (people.some((person) => person.name === form.name)) {
      return setSaid({ words: t("people.error.taken", { name: form.name }), good: false });
    }
    try {
      await post("/api/accounts", form);
      setSaid({ words: t("people.added", { name: form.shown || form.name }), good: true });
      setForm(BLANK);
      setAdding(false);
      refresh();
    } catch (error) {
      setSaid({ words: wordsOf(error), good: false });
    }
  }

  return (
    <>
    <section>
      <div class="row">
        <h2 class="grow">{t("home.people")}</h2>
        <button
          class="button"
          type="button"
          aria-expanded={adding}
          onClick={() => setAdding(!adding)}
        >
          <Icon name={adding ? "x" : "plus"} size={20} />
          {t(adding ? "common.close" : "people.add")}
        </button>
      </div>
      {said.words && (
        <p class={said.good ? "band" : "band danger"} role="status">
          <Icon name={said.good ? "check" : "alert"} />
          {said.words}
        </p>
      )}
      {adding && <Add form={form} change={setForm} add={add} />}
      {looked && <LinkedTo key={looked.name} person={looked} close={() => look(null)} />}
      <Table people={people} look={other ? look : undefined} />
    </section>
    <Invitations account={account} />
    </>
  );
}

type Form = typeof BLANK;

function Add(props: { form: Form; change: (form: Form) => void; add: (event: Event) => void }) {
  const { form, change } = props;
  const words = (field: Words) => (
    <label class="field">
      <span>{t(`people.${field}`)}</span>
      <input
        class="input"
        type={field === "password" ? ("password" as "text") : "text"}
        required={field !== "school"}
        minLength={field === "password" ? 8 : undefined}
        placeholder={field === "password" ? t("people.password.hint") : ""}
        autocomplete={field === "password" ? "new-password" : "off"}
        value={form[field]}
        onInput={(event) => change({ ...form, [field]: event.currentTarget.value })}
      />
    </label>
  );
  return (
    <form class="card add-person" onSubmit={props.add}>
      {words("name")}
      {words("shown")}
      <label class="field">
        <span>{t("people.role")}</span>
        <select
          class="input"
          value={form.role}
          onChange={(event) => change({ ...form, role: event.currentTarget.value as Role })}
        >
          {ROLES.map((role) => (
            <option key={role} value={role}>
              {t(`role.${role}`)}
            </option>
          ))}
        </select>
      </label>
      {words("school")}
      {words("password")}
      <button class="button main" type="submit">
        {t("people.add")}
      </button>
    </form>
  );
}

/** `look` opens who of the other login they are, where there is one. */
function Table({ people, look }: { people: Account[]; look?: (person: Account) => void }) {
  return (
    <table class="table">
      <thead>
        <tr>
          <th>{t("people.shown")}</th>
          <th>{t("people.role")}</th>
          <th>{t("people.school")}</th>
          <th>{t("people.name")}</th>
          {look && <th>{t("people.login")}</th>}
        </tr>
      </thead>
      <tbody>
        {people.map((person) => (
          <tr key={person.name}>
            <td>{person.shown}</td>
            <td>{t(`role.${person.role}`)}</td>
            <td>{person.school}</td>
            <td class="quiet-text">{person.name}</td>
            {look && (
              <td>
                <button
                  class="button quiet"
                  type="button"
                  aria-label={t("people.login.see.of", { name: person.shown })}
                  onClick={() => look(person)}
                >
                  {t("people.login.see")}
                </button>
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function wordsOf(error: unknown): string {
  const code = codeOf(error);
  return tOr(`people.error.${code}`, code === "offline" ? "error.offline" : "error.unknown");
}
