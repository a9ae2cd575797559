// A quiz slides up in a room: answered by whoever holds the device, or counted by whoever stands there.
import { useSignal } from "@preact/signals";
import { t } from "../../../i18n";
import type { Quiz } from "../../../wire.gen";
import type { Live } from "../../live/live";
import { ourRooms } from "../../live/pupils";
import { type ByRoom, countsOf, DONE, LETTERS, offered, roomsOf } from "../../live/quiz/answers";
import { Results } from "../../live/quiz/Results";
import { Tally } from "./Tally";

export function QuizUp({ live }: { live: Live }) {
  const { now } = live.store.signals.quiz.value;
  if (!now) return null;
  const state = now.shown_at !== null ? "shown" : now.closed_at !== null ? "closed" : "open";
  return (
    <section class="quiz-up card" aria-label={t("quiz")} key={now.number}>
      <h2>{now.question || t(`quiz.please.${now.kind}`)}</h2>
      {state === "open" && <Answering live={live} quiz={now} />}
      {state === "closed" && <p role="status">{t("quiz.closed.wait")}</p>}
      {state === "shown" && <Results quiz={now} rooms={roomsOf(now)} right={now.right} />}
    </section>
  );
}

function Answering({ live, quiz }: { live: Live; quiz: Quiz }) {
  const rooms = ourRooms(live);
  const { answers, sizes } = live.store.signals.quiz.value;
  const counting = useSignal<boolean | null>(null);
  const [room] = rooms;
  if (!room) return <Looking live={live} quiz={quiz} />;
  const helps = live.way === "watch";
  const tallied = answers.get(room.id)?.tallied ?? false;
  const counts = helps || (counting.value ?? (tallied || (sizes.get(room.id)?.here ?? 1) > 1));
  return (
    <>
      {counts ? (
        <Tally live={live} quiz={quiz} room={room.id} />
      ) : (
        <Single live={live} quiz={quiz} room={room.id} />
      )}
      {!helps && (
        <button class="button" type="button" onClick={() => (counting.value = !counts)}>
          {t(counts ? "quiz.single" : "quiz.count")}
        </button>
      )}
    </>
  );
}

/** Those who may see the answers, and give none; a guest may when they are shown. */
function Looking({ live, quiz }: { live: Live; quiz: Quiz }) {
  if (live.store.you.value?.role === "guest") return null;
  const { answers } = live.store.signals.quiz.value;
  const said: ByRoom = new Map([...answers].map(([id, { counts }]) => [id, countsOf(counts)]));
  return <Results quiz={quiz} rooms={said} right={[]} />;
}

interface Props {
  live: Live;
  quiz: Quiz;
  room: string;
}

function Single({ live, quiz, room }: Props) {
  const ours = live.store.signals.quiz.value.answers.get(room);
  const [said] = ours ? countsOf(ours.counts).keys() : [];
  const say = (answer: string) =>
    live.connection.ask({ t: "quiz.answer", quiz: quiz.number, answer });
  if (quiz.kind === "number" || quiz.kind === "text") return <Typed said={said} say={say} />;
  const answers = quiz.kind === "drawn" ? [DONE] : offered(quiz);
  return (
    <div class="choices">
      {answers.map((answer) => (
        <button
          key={answer}
          class="choice"
          type="button"
          aria-pressed={said === answer}
          onClick={() => say(answer)}
        >
          {answer === DONE ? t("quiz.drawn.done") : <b>{answer}</b>}
          {quiz.choices[LETTERS.indexOf(answer)]}
        </button>
      ))}
    </div>
  );
}

function Typed({ said, say }: { said: string | undefined; say(answer: string): void }) {
  const text = useSignal("");
  function send(event: Event) {
    event.preventDefault();
    if (text.value.trim()) say(text.value);
  }
  return (
    <form class="row" onSubmit={send}>
      <input
        class="input answer grow"
        maxLength={40}
        aria-label={t("quiz.your-answer")}
        placeholder={t("quiz.your-answer")}
        value={text.value}
        onInput={(event) => (text.value = event.currentTarget.value)}
      />
      <button class="button main big" type="submit">
        {t("quiz.send")}
      </button>
      {said !== undefined && <span role="status">{t("quiz.sent", { said })}</span>}
    </form>
  );
}
