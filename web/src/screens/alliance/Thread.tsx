// What people say of a lesson or of teaching, and what others answer.
import { useState } from "preact/hooks";
import { t } from "../../i18n";
import { when } from "../home/when";

export interface Word {
  id: number;
  lesson: string;
  parent: number;
  shown: string;
  school: string;
  at: number;
  text: string;
}

interface ThreadProps {
  words: Word[];
  schoolOf: (school: string) => string;
  /** Nobody speaks who has none. */
  say?: (text: string, parent: number) => Promise<boolean>;
}

export function Thread({ words, schoolOf, say }: ThreadProps) {
  const [answered, answer] = useState(-1); // a word's id, 0 for a new thread, -1 for nothing
  const sent = async (text: string, parent: number) => {
    if (await say?.(text, parent)) answer((now) => (now === parent ? -1 : now));
  };
  const one = (word: Word) => (
    <>
      <strong>{word.shown}</strong>{" "}
      <span class="quiet-text">
        {[schoolOf(word.school), when(word.at)].filter(Boolean).join(" · ")}
      </span>
      <p class="text">{word.text}</p>
    </>
  );
  const first = words.filter(({ parent }) => parent === 0);
  return (
    <>
      {first.length === 0 && <p class="quiet-text">{t("alliance.research.quiet")}</p>}
      <ul class="thread">
        {first.map((word) => (
          <li key={word.id}>
            {one(word)}
            <ul>
              {words
                .filter(({ parent }) => parent === word.id)
                .map((reply) => (
                  <li key={reply.id}>{one(reply)}</li>
                ))}
            </ul>
            {say && answered === word.id && <Say send={(text) => sent(text, word.id)} />}
            {say && answered !== word.id && (
              <button class="button quiet" type="button" onClick={() => answer(word.id)}>
                {t("alliance.research.answer")}
              </button>
            )}
          </li>
        ))}
      </ul>
      {say && answered === 0 && <Say send={(text) => sent(text, 0)} />}
      {say && answered !== 0 && (
        <button class="button" type="button" onClick={() => answer(0)}>
          {t("alliance.research.say")}
        </button>
      )}
    </>
  );
}

function Say({ send }: { send: (text: string) => void }) {
  const [text, setText] = useState("");
  return (
    <form
      class="row"
      onSubmit={(event) => {
        event.preventDefault();
        send(text);
      }}
    >
      <input
        class="input grow"
        maxLength={1000}
        aria-label={t("alliance.research.say")}
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <button class="button main" type="submit">
        {t("alliance.research.send")}
      </button>
    </form>
  );
}
