// The drawer of the quiz: asked, answered by every room, closed, and shown with the right answer.
import { useSignal } from "@preact/signals";
import { t } from "../../i18n";
import type { Quiz } from "../../wire.gen";
import type { Live } from "../live/live";
import { type ByRoom, countsOf, roomsOf, sum } from "../live/quiz/answers";
import { PerRoom, Results } from "../live/quiz/Results";
import { AskForm } from "./AskForm";

export function QuizDrawer({ live }: { live: Live }) {
  const { now } = live.store.signals.quiz.value;
  const inClass = live.store.signals.conduct.value.stage === "inclass";
  return (
    <section class="quiz-drawer">
      <h2>{t("quiz")}</h2>
      {!inClass && <p class="quiet-text">{t("refused.not-now")}</p>}
      {now ? (
        <Asked key={now.number} live={live} quiz={now} inClass={inClass} />
      ) : (
        inClass && <AskForm live={live} />
      )}
    </section>
  );
}

function Asked({ live, quiz, inClass }: { live: Live; quiz: Quiz; inClass: boolean }) {
  const { answers, sizes } = live.store.signals.quiz.value;
  const marked = useSignal<string[]>([]);
  const said: ByRoom = new Map([...answers].map(([room, { counts }]) => [room, countsOf(counts)]));
  const rooms = quiz.shown_at === null ? said : roomsOf(quiz);
  const right = quiz.shown_at === null ? marked.value : quiz.right;
  const mark = (answer: string) => {
    const others = marked.value.filter((one) => one !== answer);
    marked.value = others.length < marked.value.length ? others : [...others, answer];
  };
  const all = [...rooms.values()].reduce((n, counts) => n + sum(counts), 0);
  const marks = quiz.shown_at === null && quiz.kind !== "drawn";
  return (
    <>
      <p>
        <strong>{t(`quiz.kind.${quiz.kind}`)}</strong> {quiz.question}
      </p>
      <p role="status" class="small">
        {t(quiz.closed_at === null ? "quiz.is-open" : quiz.shown_at === null ? "quiz.is-closed" : "quiz.is-shown", {
          n: all,
        })}
      </p>
      <Results quiz={quiz} rooms={rooms} right={right} mark={marks ? mark : undefined} />
      {marks && <p class="small quiet-text">{t("quiz.mark")}</p>}
      {quiz.kind === "drawn" && <p class="small quiet-text">{t("quiz.drawn.where")}</p>}
      {inClass && <Acts live={live} quiz={quiz} right={marked.value} />}
      <PerRoom
        rooms={rooms}
        nameOf={(room) => live.nameOf(room)}
        here={(room) => sizes.get(room)?.here}
      />
    </>
  );
}

function Acts({ live, quiz, right }: { live: Live; quiz: Quiz; right: string[] }) {
  const { connection } = live;
  return (
    <div class="row wrap">
      {quiz.closed_at === null && (
        <button class="button" type="button" onClick={() => connection.ask({ t: "quiz.close" })}>
          {t("quiz.close")}
        </button>
      )}
      {quiz.shown_at === null && (
        <button
          class="button main"
          type="button"
          onClick={() => connection.ask({ t: "quiz.show", right })}
        >
          {t("quiz.show")}
        </button>
      )}
      <button class="button" type="button" onClick={() => connection.ask({ t: "quiz.end" })}>
        {t("quiz.end")}
      </button>
    </div>
  );
}
