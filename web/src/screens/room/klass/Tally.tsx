// Raised hands are counted: a large minus and plus for each answer, never more than are here.
import { useSignal } from "@preact/signals";
import { t } from "../../../i18n";
import { Icon } from "../../../style/Icon";
import type { Quiz } from "../../../wire.gen";
import type { Live } from "../../live/live";
import { countsOf, DONE, LETTERS, offered, sum } from "../../live/quiz/answers";
import { AddRow } from "./AddRow";
import { BySeat } from "./BySeat";

const MOST_PUPILS = 80;
const NOTHING = new Map<string, number>();

interface Props {
  live: Live;
  quiz: Quiz;
  room: string;
}

/** Counted by the number of hands or, where there is a roster, by who raised them. */
export function Tally({ live, quiz, room }: Props) {
  const roster = live.store.signals.roll.value.rosters.get(room);
  const bySeat = useSignal(false);
  if (!roster || quiz.kind === "drawn") return <Hands live={live} quiz={quiz} room={room} />;
  const Part = bySeat.value ? BySeat : Hands;
  return (
    <>
      <Part live={live} quiz={quiz} room={room} roster={roster} />
      <button class="button" type="button" onClick={() => (bySeat.value = !bySeat.value)}>
        {t(bySeat.value ? "quiz.by-count" : "quiz.by-seat")}
      </button>
    </>
  );
}

function Hands({ live, quiz, room }: Props) {
  const { answers, sizes } = live.store.signals.quiz.value;
  const kept = answers.get(room);
  const rows = useSignal<string[]>([]);
  const counts = new Map(kept?.tallied ? countsOf(kept.counts) : NOTHING);
  const [all, most] = [sum(counts), sizes.get(room)?.here];
  function set(answer: string, n: number) {
    counts.set(answer, Math.max(0, Math.min(n, (most ?? MOST_PUPILS) - all + (counts.get(answer) ?? 0))));
    const said = Object.fromEntries(counts);
    live.connection.ask({ t: "quiz.tally", quiz: quiz.number, room, counts: said, said: [] });
  }
  const fixed = quiz.kind === "choice" ? offered(quiz) : quiz.kind === "drawn" ? [DONE] : null;
  const named = fixed ?? [...new Set([...counts.keys(), ...rows.value])];
  return (
    <>
      <div class={fixed ? "choices" : "tally-rows"}>
        {named.map((answer) => (
          <div key={answer} class={fixed ? "choice" : "row"}>
            {answer === DONE ? t("quiz.drawn.done") : fixed ? <b>{answer}</b> : <span class="grow name">{answer}</span>}
            {fixed && quiz.choices[LETTERS.indexOf(answer)]}
            <Stepper answer={answer} n={counts.get(answer) ?? 0} full={most !== undefined && all >= most} set={set} />
          </div>
        ))}
      </div>
      {!fixed && <AddRow add={(answer) => (rows.value = [...rows.value, answer])} />}
      <p role="status">
        {most === undefined ? t("quiz.counted", { n: all }) : t("quiz.counted.of", { n: all, m: most })}
      </p>
    </>
  );
}

interface StepperProps {
  answer: string;
  n: number;
  full: boolean;
  set(answer: string, n: number): void;
}

function Stepper({ answer, n, full, set }: StepperProps) {
  return (
    <span class="stepper">
      <button
        class="button"
        type="button"
        aria-label={t("quiz.less", { answer })}
        disabled={n === 0}
        onClick={() => set(answer, n - 1)}
      >
        <Icon name="minus" size={32} />
      </button>
      <input
        class="input digits"
        type="number"
        min={0}
        max={MOST_PUPILS}
        aria-label={t("quiz.hands", { answer })}
        value={n}
        onChange={(event) => set(answer, Math.floor(Number(event.currentTarget.value)) || 0)}
      />
      <button
        class="button"
        type="button"
        aria-label={t("quiz.more", { answer })}
        disabled={full}
        onClick={() => set(answer, n + 1)}
      >
        <Icon name="plus" size={32} />
      </button>
    </span>
  );
}
