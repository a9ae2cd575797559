// Two lessons side by side: their boards page by page, and what each came to.
import "../../i18n/after";
import "../../i18n/staff";
import { useEffect, useState } from "preact/hooks";
import { LangButton } from "../../i18n/LangButton";
import { type Key, t } from "../../i18n";
import { Icon } from "../../style/Icon";
import { useTitle } from "../../style/title";
import { wordsOf } from "../after/after";
import { get } from "../home/api";
import type { Summary } from "./library";
import "../after/after.css";

const TRIES = 3;
const AGAIN_MS = 1500;
const ROWS = ["minutes", "rooms", "hands", "on_stage", "words", "quizzes"] as const;

export default function Compare({ id = "" }: { id?: string }) {
  useTitle(t("after.compare.title"));
  const lessons = id.split("/");
  const [both, setBoth] = useState<Summary[] | null>(null);
  const [problem, setProblem] = useState("");
  useEffect(() => {
    Promise.all(lessons.map((one) => get<Summary>(`/api/lessons/${one}/summary`))).then(
      setBoth,
      (error) => setProblem(wordsOf(error)),
    );
  }, [id]);
  return (
    <div class="after compare">
      <header>
        <a class="button quiet" href="/library">
          <Icon name="chevron-left" size={20} />
          {t("common.back")}
        </a>
        <h1 class="grow">{t("after.compare.title")}</h1>
        <LangButton />
      </header>
      <main>
        {problem && <p class="band danger" role="alert">{problem}</p>}
        {both && (
          <>
            <div class="beside">
              {lessons.map((one, n) => (
                <Board key={one} lesson={one} told={both[n]} />
              ))}
            </div>
            <Figures both={both} />
          </>
        )}
      </main>
    </div>
  );
}

function Board({ lesson, told }: { lesson: string; told: Summary }) {
  const [page, turn] = useState(1);
  const [last, setLast] = useState(Infinity);
  const [tries, tryAgain] = useState(0);
  const source = `/api/lessons/${lesson}/board/${page}.png?width=960&try=${tries}`;
  return (
    <section>
      <h2>{told.title}</h2>
      <p class="quiet-text">{[told.subject, told.by].filter(Boolean).join(" · ")}</p>
      <img
        class="page"
        src={source}
        alt={t("replay.page", { n: page })}
        onError={() => {
          // others are being printed; what has no picture at all is behind the last page
          if (tries < TRIES) setTimeout(() => tryAgain(tries + 1), AGAIN_MS);
          else setLast(page - 1);
          if (tries >= TRIES && page > 1) turn(page - 1);
        }}
      />
      <div class="row">
        <button class="button" type="button" disabled={page <= 1} onClick={() => turn(page - 1)}>
          <Icon name="chevron-left" size={20} />
          {t("after.compare.before")}
        </button>
        <span class="grow">{t("replay.page", { n: page })}</span>
        <button class="button" type="button" disabled={page >= last} onClick={() => {
            tryAgain(0);
            turn(page + 1);
          }}>
          {t("after.compare.next")}
          <Icon name="chevron-right" size={20} />
        </button>
        <a class="button" href={`/replay/${lesson}`}>
          <Icon name="play" size={20} />
          {t("home.replay")}
        </a>
      </div>
    </section>
  );
}

function Figures({ both }: { both: readonly Summary[] }) {
  const right = ({ answers, right }: Summary) => (answers ? `${right}/${answers}` : "–");
  const points = ({ evaluators, points, most }: Summary) =>
    evaluators ? t("after.compare.points", { points, most, n: evaluators }) : "–";
  const rows: [string, (told: Summary) => string | number][] = [
    ...ROWS.map((row): [string, (told: Summary) => number] => [
      t(`after.compare.${row}` satisfies Key),
      (told) => Math.round(told[row] * 10) / 10,
    ]),
    [t("after.report.right"), right],
    [t("after.evaluate.average"), points],
  ];
  return (
    <table class="table">
      <thead>
        <tr>
          <th />
          {both.map((told, n) => (
            <th key={n} scope="col">
              {told.title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(([name, of]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            {both.map((told, n) => (
              <td key={n}>{of(told)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
