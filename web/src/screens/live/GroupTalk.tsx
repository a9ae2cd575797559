// What a group writes, and how long it still works.
import { useSignal } from "@preact/signals";
import { t } from "../../i18n";
import { Icon } from "../../style/Icon";
import type { Live } from "./live";
import { clockTime, useNow } from "./time";
import "./group.css";

const LONGEST = 300; // characters

export function GroupTalk({ live, number }: { live: Live; number: number }) {
  const words = live.store.signals.groups.value.words.filter((one) => one.number === number);
  const text = useSignal("");
  function say(event: Event) {
    event.preventDefault();
    if (text.value.trim()) live.connection.ask({ t: "groups.say", text: text.value.trim() });
    text.value = "";
  }
  return (
    <div class="group-talk">
      <ul aria-live="polite">
        {words.map((one) => (
          <li key={one.id}>
            <span class="small quiet-text">{live.nameOf(one.who)}</span> {one.text}
          </li>
        ))}
      </ul>
      <form class="row" onSubmit={say}>
        <input
          class="input grow"
          maxLength={LONGEST}
          aria-label={t("groups.write")}
          placeholder={t("groups.write")}
          value={text.value}
          onInput={(event) => (text.value = event.currentTarget.value)}
        />
        <button class="button" type="submit">
          {t("chat.send")}
        </button>
      </form>
    </div>
  );
}

/** How long the groups still work, where the teacher has set a time. */
export function RestOf({ live }: { live: Live }) {
  const { ends_at } = live.store.signals.groups.value;
  useNow(500);
  if (ends_at === null) return null;
  return (
    <span class="row-tight" role="timer">
      <Icon name="timer" size={20} />
      <span class="digits">{clockTime(Math.max(0, Math.ceil(ends_at - live.connection.now() / 1000)))}</span>
    </span>
  );
}
