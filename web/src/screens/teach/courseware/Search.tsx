// Finds the pages of all handouts in which some words stand.
import { type Signal, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { t } from "../../../i18n";
import type { Live } from "../../live/live";

interface Props {
  live: Live;
  /** `handout index` of each page that has the words, or null. */
  found: Signal<ReadonlySet<string> | null>;
}

export function Search({ live, found }: Props) {
  const words = useSignal("");
  const { handouts } = live.store.signals.handout.value;
  useEffect(() => {
    let stale = false;
    const wanted = plain(words.value);
    if (!wanted) found.value = null;
    else void look(live, wanted).then((pages) => !stale && (found.value = pages));
    return () => {
      stale = true;
    };
  }, [words.value, handouts.size]);
  return (
    <label class="field">
      <input
        class="input"
        type="search"
        placeholder={t("courseware.search")}
        aria-label={t("courseware.search")}
        value={words.value}
        onInput={({ currentTarget }) => (words.value = currentTarget.value)}
      />
      {found.value && (
        <span role="status">{t("courseware.found", { n: found.value.size })}</span>
      )}
    </label>
  );
}

async function look(live: Live, wanted: string): Promise<ReadonlySet<string>> {
  const pages = new Set<string>();
  for (const [number, { words }] of live.store.states.handout.handouts) {
    const texts = words ? await live.courier.words(words) : [];
    texts.forEach((text, i) => plain(text).includes(wanted) && pages.add(`${number} ${i}`));
  }
  return pages;
}

/** Words as one looks for them: PDFs break Chinese lines anywhere. */
function plain(text: string): string {
  return text.toLowerCase().replace(/\s+/g, "");
}
