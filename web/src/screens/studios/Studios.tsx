// Studios of famous teachers; one of them opened: its people, the lessons it opens, and what they say.
import "../../i18n/alliance";
import "../../i18n/staff";
import "../../i18n/studio";
import { useState } from "preact/hooks";
import { LangButton } from "../../i18n/LangButton";
import { t } from "../../i18n";
import { go } from "../../router";
import { Icon } from "../../style/Icon";
import { useTitle } from "../../style/title";
import { KeepOrLeave } from "../alliance/Buttons";
import { Problem } from "../alliance/Problem";
import { useSection } from "../alliance/alliance";
import { type Colleague, Colleagues } from "./Colleagues";
import { post } from "../home/api";
import { OneStudio } from "./OneStudio";
import { Words } from "./Words";
import { type Found, type Page, wordsOf } from "./studios";
import "../alliance/alliance.css";
import "./studios.css";

export default function Studios({ id }: { id?: string }) {
  useTitle(t("studio.title"));
  return (
    <div class="alliance studios">
      <header>
        <button class="button quiet" type="button" onClick={() => go(id ? "/studios" : "/home")}>
          <Icon name="chevron-left" size={20} />
          {t("common.back")}
        </button>
        <h1>{t("studio.title")}</h1>
        <span class="grow" />
        <a class="button quiet" href="/contests">
          {t("studio.contests")}
        </a>
        <LangButton />
      </header>
      <main>{id ? <OneStudio key={id} id={id} /> : <All />}</main>
    </div>
  );
}

function All() {
  const { found, problem } = useSection<Found>("/api/studios");
  const [founding, begin] = useState(false);
  if (!found) return <Problem words={problem} />;
  return (
    <>
      <Problem words={problem} />
      <p class="quiet-text">{t("studio.about.all")}</p>
      {found.founds && !founding && (
        <button class="button main" type="button" onClick={() => begin(true)}>
          <Icon name="plus" size={20} />
          {t("studio.new")}
        </button>
      )}
      {founding && <Foundation leave={() => begin(false)} />}
      {found.studios.length === 0 && <p class="none quiet-text">{t("studio.none")}</p>}
      <ul>
        {found.studios.map(({ studio, master, school, apprentices, mine }) => (
          <li key={studio.id} class="card row wrap">
            <div class="grow">
              <h2>{studio.name}</h2>
              <p class="quiet-text">
                {[studio.subject, master, school, t("studio.count", { n: apprentices })].filter(Boolean).join(" · ")}
              </p>
            </div>
            {mine && <span class="badge ready">{t("studio.mine")}</span>}
            <a class="button" href={`/studios/${studio.id}`}>
              {t("studio.open")}
            </a>
          </li>
        ))}
      </ul>
    </>
  );
}

/** A new one needs a name and its master. */
function Foundation({ leave }: { leave: () => void }) {
  const [one, set] = useState({ name: "", subject: "", about: "" });
  const [master, choose] = useState<Colleague | null>(null);
  const [problem, setProblem] = useState("");
  function save(event: Event) {
    event.preventDefault();
    if (!master) return setProblem(t("studio.master.first"));
    post<Page>("/api/studios", { ...one, master: master.account }).then(
      ({ studio }) => go(`/studios/${studio.id}`),
      (error) => setProblem(wordsOf(error)),
    );
  }
  return (
    <form class="card form" onSubmit={save}>
      <Problem words={problem} />
      <Words one={one} set={set} />
      {master ? (
        <p class="row">
          {t("studio.master")} <strong>{master.shown}</strong> <span class="quiet-text">{master.school}</span>
        </p>
      ) : (
        <Colleagues label={t("studio.master.find")} roles={["teacher"]} choose={choose} />
      )}
      <KeepOrLeave words={t("studio.found")} leave={leave} />
    </form>
  );
}
