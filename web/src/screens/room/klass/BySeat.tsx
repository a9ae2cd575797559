// Who said what: an answer is chosen, then the seats of those who raised a hand for it are touched.
import { useSignal } from "@preact/signals";
import { t } from "../../../i18n";
import type { Quiz, Roster } from "../../../wire.gen";
import type { Live } from "../../live/live";
import { called, countHere, placeOf, rowsOf } from "../../live/pupils";
import { offered } from "../../live/quiz/answers";
import { AddRow } from "./AddRow";

interface Props {
  live: Live;
  quiz: Quiz;
  room: string;
  roster: Roster;
}

export function BySeat({ live, quiz, room, roster }: Props) {
  const kept = live.store.signals.quiz.value.answers.get(room)?.said ?? [];
  const said = roster.pupils.map((_, i) => kept[i] ?? "");
  const typed = useSignal<string[]>([]);
  const answers = quiz.kind === "choice" ? offered(quiz) : [...new Set([...said, ...typed.value])].filter(Boolean);
  const chosen = useSignal("");
  const now = answers.includes(chosen.value) ? chosen.value : (answers[0] ?? "");
  function touch(i: number) {
    const next = said.map((one, n) => (n === i ? (one === now ? "" : now) : one));
    live.connection.ask({ t: "quiz.tally", quiz: quiz.number, room, counts: {}, said: next });
  }
  return (
    <>
      <div class="row wrap">
        <span class="grow small quiet-text">{t("quiz.seat.how")}</span>
        <strong role="status">{t("quiz.counted.of", { n: said.filter(Boolean).length, m: countHere(roster) })}</strong>
      </div>
      <div class="segments by-seat" role="group">
        {answers.map((one) => (
          <button key={one} class="button" type="button" aria-pressed={one === now} onClick={() => (chosen.value = one)}>
            <b>{one}</b> <span class="digits">{said.filter((its) => its === one).length}</span>
          </button>
        ))}
      </div>
      {quiz.kind !== "choice" && <AddRow add={(one) => ((typed.value = [...typed.value, one]), (chosen.value = one))} />}
      <ol class="seats" style={rowsOf(roster.columns)}>
        {roster.pupils.map(({ name, here }, i) => (
          <li key={i} style={placeOf(roster, i)}>
            <button
              class={!here ? "seat absent" : said[i] ? "seat" : "seat silent"}
              type="button"
              disabled={!here || !now}
              aria-label={t("quiz.seat", { who: called(name, i + 1), said: said[i] || t("quiz.seat.none") })}
              onClick={() => touch(i)}
            >
              <b class="answered">{said[i] || "·"}</b>
              <span class="name">{called(name, i + 1)}</span>
            </button>
          </li>
        ))}
      </ol>
    </>
  );
}
