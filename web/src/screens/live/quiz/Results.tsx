// What was answered, as bars: over all rooms, and how far each room is.
import { t } from "../../../i18n";
import { Icon } from "../../../style/Icon";
import type { Quiz } from "../../../wire.gen";
import { type ByRoom, DONE, LETTERS, sum, totals } from "./answers";
import "./quiz.css";

const MOST_BARS = 12; // of short texts: more is a list, not a picture

interface Props {
  quiz: Quiz;
  rooms: ByRoom;
  right: readonly string[];
  /** Called with an answer that is touched, where right ones may be marked. */
  mark?: (answer: string) => void;
}

export function Results({ quiz, rooms, right, mark }: Props) {
  const found = totals(quiz, rooms).slice(0, MOST_BARS);
  const most = Math.max(1, ...found.map(([, n]) => n));
  if (!found.length) return <p class="quiet-text">{t("quiz.nobody")}</p>;
  return (
    <ul class="bars-list">
      {found.map(([answer, n]) => (
        <li key={answer}>
          <Bar {...{ quiz, answer, n, most, mark }} is={right.includes(answer)} />
        </li>
      ))}
    </ul>
  );
}

interface BarProps {
  quiz: Quiz;
  answer: string;
  n: number;
  most: number;
  is: boolean;
  mark?: (answer: string) => void;
}

function Bar({ quiz, answer, n, most, is, mark }: BarProps) {
  const inside = (
    <>
      <span class="bar-name">
        {is && <Icon name="check" size={20} />}
        <b>{answer === DONE ? t("quiz.drawn.done") : answer}</b>{" "}
        {quiz.kind === "choice" && quiz.choices[LETTERS.indexOf(answer)]}
        {is && <span class="said-only">{t("quiz.right")}</span>}
      </span>
      <span class="bar-of" style={{ width: `${(n / most) * 100}%` }} />
      <span class="digits">{n}</span>
    </>
  );
  const look = is ? "quiz-bar right" : "quiz-bar";
  if (!mark) return <span class={look}>{inside}</span>;
  return (
    <button class={look} type="button" aria-pressed={is} onClick={() => mark(answer)}>
      {inside}
    </button>
  );
}

interface RoomsProps {
  rooms: ByRoom;
  nameOf(room: string): string;
  /** How many pupils are here, where that is known. */
  here?: (room: string) => number | undefined;
}

/** How many of each room have answered, and what. */
export function PerRoom({ rooms, nameOf, here }: RoomsProps) {
  return (
    <ul class="per-room small">
      {[...rooms].map(([room, counts]) => {
        const m = here?.(room);
        const said = [...counts].map(([answer, n]) => `${answer === DONE ? "" : answer} ${n}`);
        return (
          <li key={room} class="row">
            <span class="grow name">{nameOf(room)}</span>
            <span class="quiet-text">{said.join(" · ")}</span>
            <span class="digits">{m === undefined ? sum(counts) : `${sum(counts)}/${m}`}</span>
          </li>
        );
      })}
    </ul>
  );
}
