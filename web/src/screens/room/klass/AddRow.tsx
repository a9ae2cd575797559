// An answer that somebody gave and that stands in no list yet.
import { useSignal } from "@preact/signals";
import { t } from "../../../i18n";

const LONGEST = 40; // characters of an answer

export function AddRow({ add }: { add(answer: string): void }) {
  const text = useSignal("");
  function put(event: Event) {
    event.preventDefault();
    const answer = text.value.trim();
    if (answer) add(answer);
    text.value = "";
  }
  return (
    <form class="row" onSubmit={put}>
      <input
        class="input answer grow"
        maxLength={LONGEST}
        aria-label={t("quiz.an-answer")}
        placeholder={t("quiz.an-answer")}
        value={text.value}
        onInput={(event) => (text.value = event.currentTarget.value)}
      />
      <button class="button" type="submit">
        {t("quiz.add")}
      </button>
    </form>
  );
}
