// The quiz as it was at the moment that is shown, over the board.
import { t } from "../../i18n";
import { type ByRoom, countsOf, roomsOf } from "../live/quiz/answers";
import { Results } from "../live/quiz/Results";
import type { Player } from "./player";

export function Quiz({ player }: { player: Player }) {
  const { now, answers } = player.scene.moment.value.states.quiz;
  if (!now) return null;
  const shown = now.shown_at !== null;
  const said: ByRoom = new Map([...answers].map(([id, { counts }]) => [id, countsOf(counts)]));
  const state = shown ? "quiz.is-shown" : now.closed_at === null ? "quiz.is-open" : "quiz.is-closed";
  const n = [...(shown ? roomsOf(now) : said).values()].reduce(
    (all, counts) => all + [...counts.values()].reduce((sum, one) => sum + one, 0),
    0,
  );
  return (
    <section class="quiz-up card" aria-label={t("quiz")}>
      <h2>{now.question || t(`quiz.please.${now.kind}`)}</h2>
      <Results quiz={now} rooms={shown ? roomsOf(now) : said} right={now.right} />
      <p class="small">{t(state, { n })}</p>
    </section>
  );
}
