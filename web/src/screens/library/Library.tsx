// The library: shared lessons by tag and words, to be watched, forked as one's own, and compared.
import "../../i18n/after";
import "../../i18n/staff";
import { useEffect, useState } from "preact/hooks";
import { LangButton } from "../../i18n/LangButton";
import { type Key, t } from "../../i18n";
import { go } from "../../router";
import { Icon } from "../../style/Icon";
import { useTitle } from "../../style/title";
import { wordsOf } from "../after/after";
import { asking, type Account, me, post } from "../home/api";
import { when } from "../home/when";
import type { Found } from "./library";
import "../after/after.css";

const TYPING_MS = 250;

export default function Library() {
  useTitle(t("after.library"));
  const [account, setAccount] = useState<Account | null>(null);
  const [text, setText] = useState("");
  const [tag, setTag] = useState("");
  const [shelf, setShelf] = useState<{ found: Found[]; tags: string[] } | null>(null);
  const [chosen, choose] = useState<readonly string[]>([]);
  const [problem, setProblem] = useState("");
  const failed = (error: unknown) => setProblem(wordsOf(error));
  useEffect(() => {
    me().then((found) => (found ? setAccount(found) : go("/login?next=/library")), failed);
  }, []);
  useEffect(() => {
    if (!account) return;
    const asked = new URLSearchParams({ text, tag });
    let undo = () => {};
    const waited = setTimeout(() => {
      undo = asking<{ found: Found[]; tags: string[] }>(`/api/library?${asked}`, setShelf, failed);
    }, text ? TYPING_MS : 0);
    return () => {
      clearTimeout(waited);
      undo();
    };
  }, [account, text, tag]);
  const mark = (id: string) =>
    choose(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id].slice(-2));
  return (
    <div class="after">
      <header>
        <a class="button quiet" href="/home">
          <Icon name="chevron-left" size={20} />
          {t("common.back")}
        </a>
        <h1 class="grow">{t("after.library")}</h1>
        <LangButton />
      </header>
      <main>
        <input
          class="input"
          type="search"
          aria-label={t("after.library.find")}
          placeholder={t("after.library.find")}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
        <div class="row wrap" role="group" aria-label={t("after.library.tags")}>
          {[...new Set([...(tag ? [tag] : []), ...(shelf?.tags ?? [])])].map((one) => (
            <button
              key={one}
              class="button"
              type="button"
              aria-pressed={one === tag}
              onClick={() => setTag(one === tag ? "" : one)}
            >
              {one}
            </button>
          ))}
        </div>
        {problem && <p class="band danger" role="alert">{problem}</p>}
        {chosen.length > 0 && (
          <div class="band" role="status">
            <span class="grow">{t("after.compare.chosen", { n: chosen.length })}</span>
            {chosen.length === 2 && (
              <a class="button main" href={`/compare/${chosen.join("/")}`}>
                {t("after.compare.go")}
              </a>
            )}
          </div>
        )}
        {shelf?.found.length === 0 && <p class="none quiet-text">{t("after.library.none")}</p>}
        {shelf?.found.map((one) => (
          <Lesson
            key={one.resource.lesson}
            one={one}
            chosen={chosen.includes(one.resource.lesson)}
            mark={() => mark(one.resource.lesson)}
            may={account?.role === "teacher"}
          />
        ))}
      </main>
    </div>
  );
}

interface Props {
  one: Found;
  chosen: boolean;
  mark: () => void;
  /** Whether lessons can be forked: by teachers. */
  may: boolean;
}

function Lesson({ one, chosen, mark, may }: Props) {
  const { resource, title, subject, by } = one;
  const [forking, setForking] = useState(false);
  const [made, setMade] = useState("");
  const [problem, setProblem] = useState("");
  async function fork(): Promise<void> {
    setForking(true);
    setProblem("");
    try {
      setMade((await post<{ lesson: string }>(`/api/lessons/${resource.lesson}/fork`)).lesson);
    } catch (error) {
      setProblem(wordsOf(error));
    }
    setForking(false);
  }
  return (
    <section class="card">
      <div class="row wrap">
        <h2>{title}</h2>
        <span class="grow quiet-text">{[subject, by, resource.school].filter(Boolean).join(" · ")}</span>
        <span class="badge ready">{t(`after.share.${resource.reach}` satisfies Key)}</span>
      </div>
      {resource.about && <p>{resource.about}</p>}
      <p class="small quiet-text">
        {[...resource.tags, when(resource.made_at)].join(" · ")}
      </p>
      {problem && <p class="band danger" role="alert">{problem}</p>}
      <div class="row wrap">
        <a class="button" href={`/replay/${resource.lesson}`}>
          <Icon name="play" size={20} />
          {t("home.replay")}
        </a>
        {may &&
          (made ? (
            <a class="button main" href={`/teach/${made}`}>
              {t("after.fork.open")}
            </a>
          ) : (
            <button class="button" type="button" disabled={forking} onClick={() => void fork()}>
              <Icon name="book" size={20} />
              {t(forking ? "after.fork.making" : "after.fork")}
            </button>
          ))}
        <button class="button" type="button" aria-pressed={chosen} onClick={mark}>
          <Icon name="layers" size={20} />
          {t("after.compare")}
        </button>
      </div>
    </section>
  );
}
