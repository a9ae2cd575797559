// One studio: its master and apprentices, the lessons it opens, and what its people say of them.
import { useEffect, useState } from "preact/hooks";
import { t } from "../../i18n";
import { go } from "../../router";
import { Icon } from "../../style/Icon";
import { KeepOrLeave } from "../alliance/Buttons";
import { Problem } from "../alliance/Problem";
import { Thread } from "../alliance/Thread";
import { get, post, remove } from "../home/api";
import { Lessons } from "./Lessons";
import { People } from "./People";
import { Words } from "./Words";
import { type Page, wordsOf } from "./studios";

/** Does something to the studio, whose page is the answer; whether it went through. */
export type Act = (asked: Promise<Page>) => Promise<boolean>;

export function OneStudio({ id }: { id: string }) {
  const at = `/api/studios/${encodeURIComponent(id)}`;
  const [page, setPage] = useState<Page | null>(null);
  const [problem, setProblem] = useState("");
  async function act(asked: Promise<Page>): Promise<boolean> {
    try {
      setPage(await asked);
      setProblem("");
      return true;
    } catch (error) {
      setProblem(wordsOf(error));
      return false;
    }
  }
  useEffect(() => void act(get<Page>(at)), [at]);
  if (!page) return <Problem words={problem} />;
  const { studio, words, schools } = page;
  const schoolOf = (school: string) => schools[school] ?? school;
  const say = (lesson: string) => (text: string, parent: number) =>
    act(post<Page>(`${at}/words`, { text, parent, lesson: parent ? "" : lesson }));
  const opened = new Set(page.lessons.map(({ lesson }) => lesson));
  return (
    <>
      <About page={page} at={at} act={act} />
      <Problem words={problem} />
      <Mine page={page} at={at} act={act} />
      <People page={page} at={at} act={act} />
      <Lessons page={page} at={at} act={act} say={say} schoolOf={schoolOf} />
      {(page.inside || words.length > 0) && (
        <section class="card">
          <h2>{t("studio.research")}</h2>
          <Thread
            words={words.filter(({ lesson }) => !opened.has(lesson))}
            schoolOf={schoolOf}
            say={page.inside ? say("") : undefined}
          />
        </section>
      )}
      {page.founds && <Close name={studio.name} close={() => remove(`${at}?version=${studio.version}`)} failed={setProblem} />}
    </>
  );
}

interface Props {
  page: Page;
  at: string;
  act: Act;
}

function About({ page, at, act }: Props) {
  const { studio } = page;
  const [form, write] = useState<typeof studio | null>(null);
  async function save(event: Event) {
    event.preventDefault();
    if (form && (await act(post<Page>(at, form)))) write((now) => (now === form ? null : now));
  }
  if (form)
    return (
      <form class="card form" onSubmit={(event) => void save(event)}>
        <Words one={form} set={(words) => write({ ...form, ...words })} />
        <KeepOrLeave words={t("alliance.save")} leave={() => write(null)} />
      </form>
    );
  return (
    <div>
      <div class="row wrap">
        <h2>{studio.name}</h2>
        <span class="grow quiet-text">{studio.subject}</span>
        {page.leads && (
          <button class="button quiet" type="button" onClick={() => write(studio)}>
            {t("alliance.change")}
          </button>
        )}
      </div>
      {studio.about && <p class="text">{studio.about}</p>}
    </div>
  );
}

/** What one is to this studio, and may become; the server says no to who teaches nothing. */
function Mine({ page, at, act }: Props) {
  const { standing, version } = page;
  const join = () => void act(post<Page>(`${at}/join`, { version }));
  const leave = () => void act(remove<Page>(`${at}/join?version=${version}`));
  if (page.inside && !standing) return null; // the master
  if (!standing)
    return page.joins ? (
      <button class="button" type="button" onClick={join}>
        <Icon name="plus" size={20} />
        {t("studio.ask")}
      </button>
    ) : null;
  return (
    <div class="band row wrap">
      <span class="grow">{t(`studio.you.${standing}`)}</span>
      {standing === "invited" && (
        <button class="button main" type="button" onClick={join}>
          {t("studio.come")}
        </button>
      )}
      <button class="button quiet" type="button" onClick={leave}>
        {t(standing === "asked" ? "studio.unask" : standing === "invited" ? "studio.decline" : "studio.leave")}
      </button>
    </div>
  );
}

interface CloseProps {
  name: string;
  close: () => Promise<unknown>;
  failed: (words: string) => void;
}

/** Asked twice: what was said in it goes with it. */
function Close({ name, close, failed }: CloseProps) {
  const [sure, ask] = useState(false);
  const press = () => (sure ? void close().then(() => go("/studios"), (error) => failed(wordsOf(error))) : ask(true));
  return (
    <button class="button quiet" type="button" onClick={press}>
      <Icon name="trash" size={20} />
      {sure ? t("studio.close.sure", { name }) : t("studio.close")}
    </button>
  );
}
