// Among which lessons is looked: a subject, a teacher, a stretch of days.
import { useRef } from "preact/hooks";
import { t } from "../../i18n";
import { KINDS } from "../courses/courses";
import type { Card } from "./api";

export interface Within {
  subject: string;
  /** The account's name. */
  teacher: string;
  kind: string;
  /** Days as an <input type="date"> has them, "" where none is chosen. */
  from: string;
  to: string;
}

export const EVERYWHERE: Within = { subject: "", teacher: "", kind: "", from: "", to: "" };

interface Props {
  within: Within;
  choose: (within: Within) => void;
  cards: readonly Card[];
  /** Whether there are other teachers' lessons. */
  ofAll: boolean;
}

export function Where({ within, choose, cards, ofAll }: Props) {
  const subjects = useSeen(cards, (card) => [card.subject, card.subject]);
  const teachers = useSeen(cards, (card) => [card.teacher, card.by || card.teacher]);
  const chosen = Object.values(within).some(Boolean);
  return (
    <div class="row wrap within">
      <Choice
        words={t("home.within.subject")}
        options={subjects}
        value={within.subject}
        choose={(subject) => choose({ ...within, subject })}
      />
      {ofAll && (
        <Choice
          words={t("home.within.teacher")}
          options={teachers}
          value={within.teacher}
          choose={(teacher) => choose({ ...within, teacher })}
        />
      )}
      <Choice
        words={t("district.slot.kind")}
        options={new Map(KINDS.map((kind) => [kind, t(`district.kind.${kind}`)]))}
        value={within.kind}
        choose={(kind) => choose({ ...within, kind })}
      />
      <Day words={t("home.within.from")} value={within.from} choose={(from) => choose({ ...within, from })} />
      <Day words={t("home.within.to")} value={within.to} choose={(to) => choose({ ...within, to })} />
      {chosen && (
        <button class="button quiet" type="button" onClick={() => choose(EVERYWHERE)}>
          {t("home.within.all")}
        </button>
      )}
    </div>
  );
}

/** As the server is asked; a day is one of this device's. */
export function query({ subject, teacher, kind, from, to }: Within): string {
  const asked = new URLSearchParams();
  if (subject) asked.set("subject", subject);
  if (teacher) asked.set("teacher", teacher);
  if (kind) asked.set("kind", kind);
  if (from) asked.set("since", String(new Date(`${from}T00:00:00`).getTime() / 1000));
  if (to) asked.set("until", String(new Date(`${to}T23:59:59.999`).getTime() / 1000));
  return asked.toString();
}

interface ChoiceProps {
  words: string;
  options: ReadonlyMap<string, string>;
  value: string;
  choose: (value: string) => void;
}

function Choice({ words, options, value, choose }: ChoiceProps) {
  return (
    <label class="field">
      <span class="small quiet-text">{words}</span>
      <select class="input" value={value} onChange={(event) => choose(event.currentTarget.value)}>
        <option value="">{t("home.within.any")}</option>
        {[...options].map(([key, name]) => (
          <option key={key} value={key}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

function Day({ words, value, choose }: Omit<ChoiceProps, "options">) {
  return (
    <label class="field">
      <span class="small quiet-text">{words}</span>
      <input
        class="input"
        type="date"
        value={value}
        onInput={(event) => choose(event.currentTarget.value)}
      />
    </label>
  );
}

/** What has been on any card so far: it stays to be chosen when fewer are found. */
function useSeen(
  cards: readonly Card[],
  of: (card: Card) => [key: string, name: string],
): ReadonlyMap<string, string> {
  const seen = useRef(new Map<string, string>());
  for (const card of cards) if (of(card)[0]) seen.current.set(...of(card));
  return new Map([...seen.current].sort(([, a], [, b]) => a.localeCompare(b, "zh")));
}
