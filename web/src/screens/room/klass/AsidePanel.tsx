// The co-teacher's line to the teacher: help, a pause of this room's own, and words for her alone.
import { useSignal } from "@preact/signals";
import { t } from "../../../i18n";
import { Icon } from "../../../style/Icon";
import type { Live } from "../../live/live";
import { AsideWords } from "../../live/AsideWords";

interface Props {
  live: Live;
  room: string;
}

export function AsidePanel({ live, room }: Props) {
  const you = live.store.you.value;
  return (
    <>
      <Help live={live} room={room} />
      <Pausing live={live} room={room} />
      {you && <AsideWords live={live} aide={you.id} />}
    </>
  );
}

function Help({ live, room }: Props) {
  const called = live.store.signals.aside.value.help.get(room);
  const words = useSignal("");
  if (called) {
    return (
      <p class="band warning" role="status">
        <Icon name="bell" />
        <span class="grow">{t("help.called")}</span>
        <button
          class="button"
          type="button"
          onClick={() => live.connection.ask({ t: "help.end", room })}
        >
          {t("help.end.own")}
        </button>
      </p>
    );
  }
  function call(event: Event) {
    event.preventDefault();
    live.connection.ask({ t: "help.call", room, words: words.value });
    words.value = "";
  }
  return (
    <form class="row" onSubmit={call}>
      <input
        class="input grow"
        maxLength={300}
        placeholder={t("help.words")}
        aria-label={t("help.words")}
        value={words.value}
        onInput={(event) => (words.value = event.currentTarget.value)}
      />
      <button class="button danger" type="submit">
        <Icon name="bell" />
        {t("help.call")}
      </button>
    </form>
  );
}

function Pausing({ live, room }: Props) {
  const paused = live.store.signals.aside.value.paused.has(room);
  return (
    <div class="row">
      <span class="grow small quiet-text">{t("pause.how")}</span>
      <button
        class={paused ? "button main" : "button"}
        type="button"
        onClick={() => live.connection.ask({ t: paused ? "pause.end" : "pause.begin", room })}
      >
        <Icon name={paused ? "play" : "pause"} />
        {t(paused ? "pause.end" : "pause.begin")}
      </button>
    </div>
  );
}
