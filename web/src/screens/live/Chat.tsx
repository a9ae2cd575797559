// Words beside the lesson.
import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../../i18n";
import { Icon } from "../../style/Icon";
import type { Message } from "../../wire.gen";
import type { Live } from "./live";

const LONGEST = 500; // characters

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
      {mayTalk(live) && (isMuted(live) ? <p role="status">{t("refused.muted")}</p> : <Write live={live} />)}
    </section>
  );
}

function mayTalk(live: Live): boolean {
  const role = live.store.you.value?.role;
  return role === "teacher" || role === "co-teacher" || role === "classroom";
}

function isMuted(live: Live): boolean {
  const { muted } = live.store.signals.chat.value;
  return muted.includes(live.store.you.value?.id ?? "");
}

function Said({ live, message }: { live: Live; message: Message }) {
  const { id, who, text, to } = message;
  const you = live.store.you.value;
  const closed = live.store.signals.chat.value.muted.includes(who);
  const mayRemove = text !== "" && (you?.role === "teacher" || you?.id === who);
  return (
    <li class="said">
      <span class="small quiet-text">
        {live.nameOf(who)}
        {to === "teachers" && ` · ${t("chat.to-teachers")}`}
      </span>
      <span class="row">
        <span class={`grow ${text ? "" : "quiet-text"}`}>{text || t("chat.gone")}</span>
        {live.way === "teach" && who !== you?.id && <Mute live={live} who={who} closed={closed} />}
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

/** The teacher closes and opens one room's chat. */
function Mute({ live, who, closed }: { live: Live; who: string; closed: boolean }) {
  const word = t(closed ? "chat.unmute" : "chat.mute", { who: live.nameOf(who) });
  return (
    <button
      class="button quiet only-icon"
      type="button"
      aria-label={word}
      title={word}
      aria-pressed={closed}
      onClick={() => live.connection.ask({ t: closed ? "chat.unmute" : "chat.mute", who })}
    >
      <Icon name={closed ? "volume-off" : "volume"} size={16} />
    </button>
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
