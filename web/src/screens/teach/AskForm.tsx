// What a quiz asks for, chosen with two touches: the question itself stands on the board.
import { useSignal } from "@preact/signals";
import { t } from "../../i18n";
import type { Live } from "../live/live";
import { LETTERS } from "../live/quiz/answers";

const KINDS = ["choice", "number", "text", "drawn"] as const;
const CHOICES = [2, 3, 4, 5, 6];
const LONGEST_QUESTION = 200; // characters
const LONGEST_CHOICE = 40; // characters

export function AskForm({ live }: { live: Live }) {
  const kind = useSignal<(typeof KINDS)[number]>("choice");
  const many = useSignal(4);
  const words = useSignal<string[]>(LETTERS.map(() => ""));
  const question = useSignal("");
  function ask(event: Event) {
    event.preventDefault();
    const { pages, layers } = live.store.states;
    const choices = kind.value === "choice" ? words.value.slice(0, many.value) : [];
    if (kind.value === "drawn" && !layers.open) live.connection.ask({ t: "layers.open" });
    const asked = { kind: kind.value, question: question.value, choices, page: pages.current };
    live.connection.ask({ t: "quiz.ask", ...asked });
  }
  return (
    <form class="quiz-drawer" onSubmit={ask}>
      <Segments name={t("quiz.kind")} all={KINDS} is={kind.value} word={(one) => t(`quiz.kind.${one}`)} choose={(one) => (kind.value = one)} />
      {kind.value === "choice" && (
        <>
          <Segments name={t("quiz.many")} all={CHOICES} is={many.value} word={String} choose={(n) => (many.value = n)} />
          {LETTERS.slice(0, many.value).map((letter, i) => (
            <label class="row" key={letter}>
              <b>{letter}</b>
              <input
                class="input grow"
                maxLength={LONGEST_CHOICE}
                value={words.value[i]}
                placeholder={t("quiz.choice.on-board")}
                onInput={({ currentTarget }) =>
                  (words.value = words.value.map((word, n) => (n === i ? currentTarget.value : word)))
                }
              />
            </label>
          ))}
        </>
      )}
      <label class="field">
        <span>{t("quiz.question")}</span>
        <input
          class="input"
          maxLength={LONGEST_QUESTION}
          value={question.value}
          onInput={(event) => (question.value = event.currentTarget.value)}
        />
      </label>
      <button class="button main" type="submit">
        {t("quiz.ask")}
      </button>
    </form>
  );
}

interface SegmentsProps<T> {
  name: string;
  all: readonly T[];
  is: T;
  word(one: T): string;
  choose(one: T): void;
}

function Segments<T extends string | number>({ name, all, is, word, choose }: SegmentsProps<T>) {
  return (
    <div class="segments" role="group" aria-label={name}>
      {all.map((one) => (
        <button
          key={one}
          class="button small-button"
          type="button"
          aria-pressed={one === is}
          onClick={() => choose(one)}
        >
          {word(one)}
        </button>
      ))}
    </div>
  );
}
