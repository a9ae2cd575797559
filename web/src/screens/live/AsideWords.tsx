// Words between the teacher and one co-teacher or room, read by nobody else in the class.
import { useSignal } from "@preact/signals";
import { t } from "../../i18n";
import type { Live } from "./live";

export function AsideWords({ live, aide }: { live: Live; aide: string }) {
  const said = live.store.signals.aside.value.words.filter((words) => words.aide === aide);
  const text = useSignal("");
  const teaches = live.way === "teach";
  function send(event: Event) {
    event.preventDefault();
    if (!text.value.trim()) return;
    live.connection.ask({ t: "aside.say", text: text.value, to: teaches ? aide : null });
    text.value = "";
  }
  return (
    <section class="aside-words">
      <h3 class="small">{teaches ? live.nameOf(aide) : t("aside.line")}</h3>
      <ul aria-live="polite">
        {said.map(({ id, who, text: words }) => (
          <li key={id} class="said">
            <span class="small quiet-text">{live.nameOf(who)}</span>
            {words}
          </li>
        ))}
      </ul>
      <form class="row" onSubmit={send}>
        <input
          class="input grow"
          maxLength={300}
          placeholder={t("aside.write")}
          aria-label={teaches ? `${t("aside.write")} ${live.nameOf(aide)}` : t("aside.write")}
          value={text.value}
          onInput={(event) => (text.value = event.currentTarget.value)}
        />
        <button class="button main" type="submit">
          {t("chat.send")}
        </button>
      </form>
    </section>
  );
}
