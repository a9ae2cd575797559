// Who of the other login somebody's account is: an administrator sees it, links a number, and unlinks.
import { useEffect, useState } from "preact/hooks";
import { t } from "../../i18n";
import { Icon } from "../../style/Icon";
import { type Linked, sinceOf, wordsOf } from "../account/linked";
import { type Account, get, post, remove } from "./api";

export function LinkedTo({ person, close }: { person: Account; close: () => void }) {
  const [linked, setLinked] = useState<Linked | null>(null);
  const [number, setNumber] = useState("");
  const [said, setSaid] = useState({ words: "", good: true });
  const at = `/api/accounts/${encodeURIComponent(person.name)}/subjects`;
  const failed = (error: unknown) => setSaid({ words: wordsOf(error), good: false });
  const look = () => get<Linked>(at).then(setLinked, failed);
  useEffect(() => void look(), []);
  function tell(words: string) {
    setSaid({ words, good: true });
    setNumber("");
    void look();
  }
  return (
    <section class="card linked-to" aria-label={t("people.login.of", { name: person.shown })}>
      <div class="row">
        <h3 class="grow">{t("people.login.of", { name: person.shown })}</h3>
        <button class="button quiet" type="button" onClick={close}>
          <Icon name="x" size={20} />
          {t("common.close")}
        </button>
      </div>
      {linked?.subjects.length === 0 && <p class="quiet-text">{t("people.login.none")}</p>}
      {linked?.subjects.map(({ subject, since }) => (
        <p key={subject} class="row wrap">
          <Icon name="check" size={20} />
          <strong>{subject}</strong>
          <span class="quiet-text">{sinceOf(since)}</span>
        </p>
      ))}
      {said.words && (
        <p class={said.good ? "band" : "band danger"} role={said.good ? "status" : "alert"}>
          <Icon name={said.good ? "check" : "alert"} />
          {said.words}
        </p>
      )}
      {linked && linked.subjects.length > 0 ? (
        <div>
          <button
            class="button"
            type="button"
            onClick={() => void remove(at).then(() => tell(t("people.login.unlinked")), failed)}
          >
            {t("account.unlink")}
          </button>
        </div>
      ) : (
        <form
          class="row wrap"
          onSubmit={(event) => {
            event.preventDefault();
            void post(at, { subject: number }).then(() => tell(t("people.login.linked")), failed);
          }}
        >
          <label class="field">
            <span>{t("people.login.number")}</span>
            <input
              class="input"
              required
              maxLength={255}
              value={number}
              onInput={(event) => setNumber(event.currentTarget.value)}
            />
          </label>
          <button class="button" type="submit">
            {t("people.login.link")}
          </button>
        </form>
      )}
    </section>
  );
}
