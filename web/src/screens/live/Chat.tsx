// Words beside the lesson.
import { useEffect, useRef, useState } from "preact/hooks";
import { LONGEST } from "../../channels/chat";
import { t } from "../../i18n";
import { Icon } from "../../style/Icon";
import type { Message } from "../../wire.gen";
import type { Live } from "./live";

export function Chat({ live }: { live: Live }) {
  const { messages } = live.store.signals.chat.value;
  const end = useRef<HTMLLIElement>(null);
  useEffect(() => end.current?.scrollIntoView({ block: "nearest" }), [messages.length]);
  return (
    <section class="chat" aria-label={t("teach.chat")}>
      {!messages.length && <p class="quiet-text">{t("chat.none")}</p>}
      <ul aria-live="polite">
        {messages.map((message) => (
          <Said key={message.id} live={live} message={message} />
        ))}
        <li ref={end} />
      </ul>
      {mayTalk(live) && <Write live={live} />}
    </section>
  );
}

function mayTalk(live: Live): boolean {
  const role = live.store.you.value?.role;
  return role === "teacher" || role === "co-teacher" || role === "classroom";
}

function Said({ live, message }: { live: Live; message: Message }) {
  const { id, who, text, to } = message;
  const you = live.store.you.value;
  const mayRemove = text !== "" && (you?.role === "teacher" || you?.id === who);
  return (
    <li class="said">
      <span class="small quiet-text">
        {live.nameOf(who)}
        {to === "teachers" && ` · ${t("chat.to-teachers")}`}
      </span>
      <span class="row">
        <span class={`grow ${text ? "" : "quiet-text"}`}>{text || t("chat.gone")}</span>
        {mayRemove && (
          <button
            class="button quiet only-icon"
            type="button"
            aria-label={t("chat.remove")}
            onClick={() => live.connection.ask({ t: "chat.remove", message: id })}
          >
            <Icon name="trash" size={16} />
          </button>
        )}
      </span>
    </li>
  );
}

function Write({ live }: { live: Live }) {
  const [text, setText] = useState("");
  function send(event: Event) {
    event.preventDefault();
    if (!text.trim()) return;
    live.connection.ask({ t: "chat.say", text: text.trim(), to: "everyone" });
    setText("");
  }
  return (
    <form class="row" onSubmit={send}>
      <input
        class="input grow"
        maxLength={LONGEST}
        value={text}
        placeholder={t("chat.write")}
        aria-label={t("chat.write")}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <button class="button main" type="submit">
        {t("chat.send")}
      </button>
    </form>
  );
}
