// Questions pinned to moments of the lesson; in a packed lesson more can be written and carried off.
import { useState } from "preact/hooks";
import { LONGEST, LONGEST_NAME } from "../../channels/questions";
import { t } from "../../i18n";
import type { Asking } from "../../packed/asking";
import { Icon } from "../../style/Icon";
import { span } from "../home/when";
import type { Player } from "./player";
import "./questions.css";

export function Questions({ player }: { player: Player }) {
  const { asking } = player.source;
  const [, look] = useState(0);
  void player.endsAt.value; // more of the log has come
  const mine = asking?.mine.value ?? [];
  const known = new Set(mine.map(({ key }) => key));
  const others = player.timeline.last.questions.asked.filter(({ key }) => !known.has(key));
  const all = [...others, ...mine].sort((a, b) => a.at - b.at);
  return (
    <div class="questions">
      {asking && <Ask player={player} asking={asking} />}
      {player.source.pin && !player.live.value && (
        <Pin player={player} pinned={() => look((n) => n + 1)} />
      )}
      {!all.length && <p class="none quiet-text">{t("replay.questions.none")}</p>}
      <ol class="chat">
        {all.map(({ key, at, who, text }) => (
          <li key={key}>
            <div class="row small quiet-text">
              <span class="grow">{who}</span>
              {known.has(key) && (
                <button class="button quiet" type="button" onClick={() => asking?.takeBack(key)}>
                  {t("replay.questions.back")}
                </button>
              )}
              <button class="button quiet digits" type="button" onClick={() => player.seek(at)}>
                {span(at - player.startsAt.value)}
              </button>
            </div>
            <p>{text}</p>
          </li>
        ))}
      </ol>
    </div>
  );
}

function Ask({ player, asking }: { player: Player; asking: Asking }) {
  const [text, setText] = useState("");
  const [who, setWho] = useState("");
  const [at, setAt] = useState<number | null>(null); // where the first letter was written

  function ask(event: Event): void {
    event.preventDefault();
    if (!text.trim()) return;
    asking.ask(at ?? player.now(), who, text);
    setText("");
    setAt(null);
  }

  return (
    <form onSubmit={ask}>
      <textarea
        class="input"
        aria-label={t("replay.questions.text")}
        placeholder={t("replay.questions.text")}
        maxLength={LONGEST}
        rows={2}
        value={text}
        onInput={(event) => {
          setText(event.currentTarget.value);
          setAt(at ?? player.now());
        }}
      />
      <div class="row wrap">
        <input
          class="input grow"
          aria-label={t("replay.questions.who")}
          placeholder={t("replay.questions.who")}
          maxLength={LONGEST_NAME}
          value={who}
          onInput={(event) => setWho(event.currentTarget.value)}
        />
        <button class="button main" type="submit">
          {t("replay.questions.ask")}
        </button>
      </div>
      {asking.mine.value.length > 0 && (
        <button class="button" type="button" onClick={() => carryOff(player, asking)}>
          <Icon name="download" size={20} />
          {t("replay.questions.save")}
        </button>
      )}
    </form>
  );
}

/** Asked where everybody who watches sees it; the server knows who asks. */
function Pin({ player, pinned }: { player: Player; pinned: () => void }) {
  const [text, setText] = useState("");
  const [at, setAt] = useState<number | null>(null); // where the first letter was written
  const [problem, setProblem] = useState(false);

  async function ask(event: Event): Promise<void> {
    event.preventDefault();
    if (!text.trim()) return;
    try {
      await player.source.pin?.(at ?? player.now(), text);
      await player.refresh(true);
      setText("");
      setAt(null);
      setProblem(false);
      pinned();
    } catch {
      setProblem(true);
    }
  }

  return (
    <form onSubmit={(event) => void ask(event)}>
      <textarea
        class="input"
        aria-label={t("replay.questions.pin")}
        placeholder={t("replay.questions.pin")}
        maxLength={LONGEST}
        rows={2}
        value={text}
        onInput={(event) => {
          setText(event.currentTarget.value);
          setAt(at ?? player.now());
        }}
      />
      {problem && (
        <p class="band warning" role="alert">
          {t("replay.questions.failed")}
        </p>
      )}
      <button class="button main" type="submit">
        {t("replay.questions.ask")}
      </button>
    </form>
  );
}

/** Save the file beside the lesson's, for whoever takes it to a house with a line. */
function carryOff(player: Player, asking: Asking): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(asking.file());
  link.download = `${player.card.value?.title ?? ""}.questions.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000); // it may still be read
}
