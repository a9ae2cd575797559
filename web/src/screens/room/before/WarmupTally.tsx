// The warm-up in the room: each question in large letters, and how many hands were up for each choice.
import { useSignal } from "@preact/signals";
import { countsOf } from "../../../channels/warmup";
import { t } from "../../../i18n";
import { Icon } from "../../../style/Icon";
import type { Warming } from "../../../wire.gen";
import type { Live } from "../../live/live";

const MOST = 80; // pupils of a classroom; synclass/preclass/warmup.py

export function WarmupTally({ live, room }: { live: Live; room: string }) {
  const { questions } = live.store.signals.warmup.value;
  return (
    <section class="warmup-tally" aria-label={t("warmup")}>
      <h2>{t("warmup.how")}</h2>
      <ol>
        {[...questions].map(([number, question]) => (
          <Question key={number} live={live} room={room} number={number} question={question} />
        ))}
      </ol>
    </section>
  );
}

interface Props {
  live: Live;
  room: string;
  number: number;
  question: Warming;
}

function Question({ live, room, number, question }: Props) {
  const told = countsOf(live.store.signals.warmup.value, room).get(number);
  const counts = useSignal<number[]>(told ?? question.choices.map(() => 0));
  const same = told?.every((count, i) => count === counts.value[i]) ?? false;
  const change = (i: number, by: number) => {
    const next = counts.value.map((count, j) => (i === j ? Math.max(0, count + by) : count));
    if (next.reduce((sum, one) => sum + one, 0) <= MOST) counts.value = next;
  };
  return (
    <li>
      <p class="asked">{question.text}</p>
      <ul>
        {question.choices.map((choice, i) => (
          <li class="row" key={i}>
            <span class="grow choice">{choice}</span>
            <button class="button only-icon" type="button" aria-label={t("warmup.less", { choice })} onClick={() => change(i, -1)}>
              <Icon name="minus" />
            </button>
            <b class="digits" aria-live="polite">
              {counts.value[i]}
            </b>
            <button class="button only-icon" type="button" aria-label={t("warmup.more", { choice })} onClick={() => change(i, 1)}>
              <Icon name="plus" />
            </button>
            <button class="button quiet" type="button" aria-label={t("warmup.more.ten", { choice })} onClick={() => change(i, 10)}>
              +10
            </button>
          </li>
        ))}
      </ul>
      <button
        class={same ? "button big" : "button main big"}
        type="button"
        disabled={same}
        onClick={() =>
          live.connection.ask({ t: "warmup.tally", question: number, room, counts: counts.value })
        }
      >
        <Icon name="check" size={20} />
        {t(same ? "warmup.sent" : told ? "warmup.send.again" : "warmup.send")}
      </button>
    </li>
  );
}
