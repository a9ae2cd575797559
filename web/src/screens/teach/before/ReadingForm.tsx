// A new reading task: a title, what to read or look for, and pages of a handout by their numbers.
import { useSignal } from "@preact/signals";
import { t } from "../../../i18n";
import type { Live } from "../../live/live";
import { numbersIn } from "./numbers";

const LONGEST_TITLE = 60; // characters; synclass/preclass/reading.py
const LONGEST_TEXT = 3000;

export function ReadingForm({ live }: { live: Live }) {
  const title = useSignal("");
  const text = useSignal("");
  const handout = useSignal(0);
  const range = useSignal("");
  const { handouts } = live.store.signals.handout.value;
  function assign(event: Event) {
    event.preventDefault();
    const sheets = handouts.get(handout.value)?.sheets ?? [];
    const pages = numbersIn(range.value, sheets.length).map((n) => sheets[n - 1].name);
    live.connection.ask({ t: "reading.assign", title: title.value, text: text.value, pages });
    title.value = text.value = range.value = "";
  }
  return (
    <form class="field" onSubmit={assign}>
      <label class="field">
        <span>{t("reading.title")}</span>
        <input
          class="input"
          required
          maxLength={LONGEST_TITLE}
          value={title.value}
          onInput={({ currentTarget }) => (title.value = currentTarget.value)}
        />
      </label>
      <label class="field">
        <span>{t("reading.text")}</span>
        <textarea
          class="input"
          rows={3}
          required={!range.value.trim()}
          maxLength={LONGEST_TEXT}
          value={text.value}
          onInput={({ currentTarget }) => (text.value = currentTarget.value)}
        />
      </label>
      {handouts.size > 0 && (
        <div class="row">
          <select
            class="input select grow"
            aria-label={t("courseware.title")}
            onChange={({ currentTarget }) => (handout.value = Number(currentTarget.value))}
          >
            <option value={0}>{t("reading.no-pages")}</option>
            {[...handouts].map(([number, one]) => (
              <option key={number} value={number}>
                {one.title}
              </option>
            ))}
          </select>
          <input
            class="input"
            size={6}
            placeholder={t("reading.range")}
            aria-label={t("reading.range.what")}
            disabled={!handout.value}
            value={range.value}
            onInput={({ currentTarget }) => (range.value = currentTarget.value)}
          />
        </div>
      )}
      <button class="button" type="submit">
        {t("reading.assign")}
      </button>
    </form>
  );
}
