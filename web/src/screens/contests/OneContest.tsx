// One contest: a teacher enters a lesson, judges give points, whoever announced it closes it; then its places.
import { useEffect, useState } from "preact/hooks";
import { t } from "../../i18n";
import { go } from "../../router";
import { Icon } from "../../style/Icon";
import { ChangeOrRemove } from "../alliance/Buttons";
import { Problem } from "../alliance/Problem";
import { get, post, remove } from "../home/api";
import { day, when } from "../home/when";
import { Announce } from "./Announce";
import { Entries } from "./Entries";
import { type Act, most, type Page, wordsOf } from "./contests";

export function OneContest({ id }: { id: string }) {
  const at = `/api/contests/${encodeURIComponent(id)}`;
  const [page, setPage] = useState<Page | null>(null);
  const [problem, setProblem] = useState("");
  const failed = (error: unknown) => setProblem(wordsOf(error));
  async function act(asked: Promise<Page>): Promise<boolean> {
    try {
      setPage(await asked);
      setProblem("");
      return true;
    } catch (error) {
      failed(error);
      return false;
    }
  }
  useEffect(() => void act(get<Page>(at)), [at]);
  if (!page) return <Problem words={problem} />;
  return (
    <>
      <About page={page} set={setPage} drop={() => void remove(`${at}?version=${page.version}`).then(() => go("/contests"), failed)} />
      <Problem words={problem} />
      {page.announces && !page.closed_at && <Judging page={page} close={() => void act(post<Page>(`${at}/close?version=${page.version}`))} />}
      <Enter page={page} at={at} act={act} />
      <Entries page={page} at={at} act={act} />
    </>
  );
}

interface AboutProps {
  page: Page;
  set: (page: Page) => void;
  drop: () => void;
}

function About({ page, set, drop }: AboutProps) {
  const [changing, change] = useState(false);
  if (changing) {
    const kept = (now: Page) => {
      set(now);
      change(false);
    };
    return <Announce before={page} kept={kept} leave={() => change(false)} />;
  }
  const { rubric, criteria } = page;
  return (
    <div>
      <h2>{page.title}</h2>
      <p class="quiet-text">
        {page.closed_at ? t("contest.over", { day: day(page.closed_at) }) : t("contest.until", { day: page.until })}
      </p>
      {page.about && <p class="text">{page.about}</p>}
      <p class="small quiet-text">
        {rubric} · {criteria.map((one) => `${one.name} ${one.most}`).join(" · ")} · {t("contest.most", { n: most(criteria) })}
      </p>
      {page.announces && !page.closed_at && <ChangeOrRemove change={() => change(true)} drop={drop} />}
    </div>
  );
}

/** How far each judge is; closed by whoever announced it, asked twice. */
function Judging({ page, close }: { page: Page; close: () => void }) {
  const [sure, ask] = useState(false);
  const all = page.entries.length;
  return (
    <section class="card">
      <h2>{t("contest.judges")}</h2>
      <ul>
        {page.judges.map(({ account, shown, school, judged }) => (
          <li key={account}>
            {shown} <span class="quiet-text">{school}</span> {t("contest.judged", { n: judged, all })}
          </li>
        ))}
      </ul>
      <button class={sure ? "button danger" : "button"} type="button" onClick={() => (sure ? close() : ask(true))}>
        {t(sure ? "contest.close.sure" : "contest.close")}
      </button>
    </section>
  );
}

interface EnterProps {
  page: Page;
  at: string;
  act: Act;
}

/** One lesson of one's own, while lessons are entered; it may be withdrawn until the same day. */
function Enter({ page, at, act }: EnterProps) {
  const mine = page.entries.find((one) => one.mine);
  if (mine && page.open)
    return (
      <div class="band row wrap">
        <span class="grow">{t("contest.entered", { title: mine.title })}</span>
        <button
          class="button quiet"
          type="button"
          onClick={() => void act(remove<Page>(`${at}/lessons/${mine.lesson}?version=${mine.version}`))}
        >
          {t("contest.withdraw")}
        </button>
      </div>
    );
  if (!page.offered.length) return null;
  return (
    <section class="card">
      <h2>{t("contest.enter")}</h2>
      <p class="quiet-text">{t("contest.enter.how")}</p>
      <ul>
        {page.offered.map(({ lesson, title, ended_at }) => (
          <li key={lesson}>
            <button class="button" type="button" onClick={() => void act(post<Page>(`${at}/lessons/${lesson}`))}>
              <Icon name="plus" size={20} />
              {title} <span class="quiet-text">{when(ended_at)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
