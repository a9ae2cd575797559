// Teaching research: lessons that are prepared together, and what teachers of all schools say of them.
import { useState } from "preact/hooks";
import { t } from "../../i18n";
import { when } from "../home/when";
import { Problem } from "./Problem";
import { nameOf, type Page, type Prepared, type Props, useSection } from "./alliance";

interface Word {
  id: number;
  lesson: string;
  parent: number;
  shown: string;
  school: string;
  at: number;
  text: string;
}

interface Found {
  prepared: Prepared[];
  teachers: Record<string, string>;
  words: Word[];
}

export function Research({ page, at }: Props) {
  const { found, problem, send } = useSection<Found>(`${at}/research`);
  if (!found) return <Problem words={problem} />;
  const say = (lesson: string) => (text: string, parent: number) =>
    send(`${at}/research`, { text, parent, lesson: parent ? "" : lesson });
  const of = (lesson: string) => found.words.filter((word) => word.lesson === lesson);
  const known = new Set(found.prepared.map(({ lesson }) => lesson));
  const rest = found.words.filter((word) => !known.has(word.lesson));
  return (
    <>
      <Problem words={problem} />
      <p class="quiet-text">{t("alliance.research.about")}</p>
      {found.prepared.length === 0 && <p class="none quiet-text">{t("alliance.research.none")}</p>}
      {found.prepared.map((one) => (
        <article key={one.lesson} class="card">
          <h4>{[one.title, one.subject].filter(Boolean).join(" · ")}</h4>
          <p class="quiet-text">
            {t("alliance.research.plan", {
              by: found.teachers[one.teacher] ?? "",
              n: one.versions,
              m: one.remarks,
              when: when(one.last),
            })}
          </p>
          <Thread page={page} words={of(one.lesson)} say={say(one.lesson)} />
        </article>
      ))}
      <article class="card">
        <h4>{t("alliance.research.free")}</h4>
        <Thread page={page} words={rest} say={say("")} />
      </article>
    </>
  );
}

interface ThreadProps {
  page: Page;
  words: Word[];
  say: (text: string, parent: number) => Promise<boolean>;
}

function Thread({ page, words, say }: ThreadProps) {
  const [answered, answer] = useState(-1); // a word's id, 0 for a new thread, -1 for nothing
  const sent = async (text: string, parent: number) => {
    if (await say(text, parent)) answer(-1);
  };
  const one = (word: Word) => (
    <>
      <strong>{word.shown}</strong>{" "}
      <span class="quiet-text">
        {[nameOf(page, word.school), when(word.at)].filter(Boolean).join(" · ")}
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
            {answered === word.id ? (
              <Say send={(text) => sent(text, word.id)} />
            ) : (
              <button class="button quiet" type="button" onClick={() => answer(word.id)}>
                {t("alliance.research.answer")}
              </button>
            )}
          </li>
        ))}
      </ul>
      {answered === 0 ? (
        <Say send={(text) => sent(text, 0)} />
      ) : (
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
