// Lessons that a studio opens: sat in while they run, watched afterwards, and talked about.
import { useEffect, useState } from "preact/hooks";
import { t } from "../../i18n";
import { keepTicket } from "../../core/tickets";
import { go } from "../../router";
import { Icon } from "../../style/Icon";
import { Problem } from "../alliance/Problem";
import { Thread } from "../alliance/Thread";
import { type Admission, type Card, get, post, remove } from "../home/api";
import { when } from "../home/when";
import type { Act } from "./OneStudio";
import { type Opened, type Page, wordsOf } from "./studios";

interface Props {
  page: Page;
  at: string;
  act: Act;
  say: (lesson: string) => (text: string, parent: number) => Promise<boolean>;
  schoolOf: (school: string) => string;
}

export function Lessons(props: Props) {
  const { page, at, act } = props;
  const [opening, open] = useState(false);
  return (
    <section class="card">
      <div class="row wrap">
        <h2 class="grow">{t("studio.lessons")}</h2>
        {page.inside && (
          <button class="button" type="button" aria-expanded={opening} onClick={() => open(!opening)}>
            <Icon name={opening ? "x" : "plus"} size={20} />
            {t(opening ? "common.close" : "studio.lesson.open")}
          </button>
        )}
      </div>
      {opening && <Pick page={page} choose={(lesson) => void act(post<Page>(`${at}/lessons/${lesson}`))} />}
      {page.lessons.length === 0 && <p class="quiet-text">{t("studio.lessons.none")}</p>}
      <ul>
        {page.lessons.map((one) => (
          <Lesson key={one.lesson} one={one} {...props} />
        ))}
      </ul>
    </section>
  );
}

function Lesson({ one, page, at, act, say, schoolOf }: Props & { one: Opened }) {
  const words = page.words.filter(({ lesson }) => lesson === one.lesson);
  const [problem, setProblem] = useState("");
  const its = `${at}/lessons/${one.lesson}`;
  const sitIn = () =>
    void post<Admission>(`${its}/ticket`).then(
      ({ ticket }) => {
        keepTicket(`watch.${one.lesson}`, ticket);
        go(`/watch/${one.lesson}`);
      },
      (error) => setProblem(wordsOf(error)),
    );
  return (
    <li class="lesson">
      <div class="row wrap">
        <span class={`badge ${one.stage === "inclass" ? "live" : ""}`}>{t(`studio.stage.${one.stage}`)}</span>
        <strong>{one.title}</strong>
        <span class="grow quiet-text">{[one.subject, one.by, when(one.at)].filter(Boolean).join(" · ")}</span>
        {page.inside && one.stage === "postclass" && (
          <a class="button" href={`/replay/${one.lesson}`}>
            <Icon name="play" size={20} />
            {t("alliance.resource.watch")}
          </a>
        )}
        {page.inside && !one.mine && one.stage !== "postclass" && (
          <button class="button main" type="button" onClick={sitIn}>
            <Icon name="eye" size={20} />
            {t("studio.sit-in")}
          </button>
        )}
        {one.mine && (
          <button
            class="button quiet"
            type="button"
            onClick={() => void act(remove<Page>(`${its}?version=${one.version}`))}
          >
            {t("studio.withdraw")}
          </button>
        )}
      </div>
      <Problem words={problem} />
      {(page.inside || words.length > 0) && (
        <details>
          <summary>{t("studio.words", { n: words.length })}</summary>
          <Thread words={words} schoolOf={schoolOf} say={page.inside ? say(one.lesson) : undefined} />
        </details>
      )}
    </li>
  );
}

/** Of one's own lessons, those that the studio does not open yet. */
function Pick({ page, choose }: { page: Page; choose: (lesson: string) => void }) {
  const [cards, setCards] = useState<Card[] | null>(null);
  useEffect(() => {
    get<{ lessons: Card[] }>(`/api/lessons?${new URLSearchParams({ teacher: page.me })}`).then(({ lessons }) => setCards(lessons), () => setCards([]));
  }, []);
  const opened = new Set(page.lessons.map(({ lesson }) => lesson));
  const free = cards?.filter(({ id }) => !opened.has(id));
  if (!free) return null;
  if (free.length === 0) return <p class="quiet-text">{t("studio.pick.none")}</p>;
  return (
    <ul>
      {free.map((card) => (
        <li key={card.id}>
          <button class="button" type="button" onClick={() => choose(card.id)}>
            {card.title} <span class="quiet-text">{[card.subject, when(card.began_at || card.made_at)].filter(Boolean).join(" · ")}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
