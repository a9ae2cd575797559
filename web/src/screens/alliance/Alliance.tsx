// An alliance: what its schools do in common, in eight sections beside one another.
import "../../i18n/after";
import "../../i18n/alliance";
import "../../i18n/staff";
import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { LangButton } from "../../i18n/LangButton";
import { t } from "../../i18n";
import { go } from "../../router";
import { Icon } from "../../style/Icon";
import { useTitle } from "../../style/title";
import { codeOf, get, post } from "../home/api";
import { Courses } from "./Courses";
import { Exchanges } from "./Exchanges";
import { Judging } from "./Judging";
import { Policies } from "./Policies";
import { Quality } from "./Quality";
import { Research } from "./Research";
import { Resources } from "./Resources";
import { Trainings } from "./Trainings";
import { type Alliance as Known, type Page, type Props, wordsOf } from "./alliance";
import "../after/after.css";
import "./alliance.css";

const SECTIONS: Record<string, ComponentType<Props>> = {
  policies: Policies,
  resources: Resources,
  trainings: Trainings,
  courses: Courses,
  research: Research,
  exchanges: Exchanges,
  quality: Quality,
  evaluations: Judging,
};
type Name = "policies" | "resources" | "trainings" | "courses" | "research" | "exchanges" | "quality" | "evaluations";
const NAMES = Object.keys(SECTIONS) as Name[];

export default function Alliance() {
  useTitle(t("alliance.title"));
  const [all, setAll] = useState<Known[] | null>(null);
  const [id, choose] = useState("");
  const [region, setRegion] = useState(false);
  const [problem, setProblem] = useState("");
  function open() {
    get<{ alliances: Known[] }>("/api/alliances").then(
      ({ alliances }) => {
        setAll(alliances);
        choose((now) => now || (alliances[0]?.id ?? ""));
      },
      (error) => (codeOf(error) === "login" ? go("/login") : setProblem(wordsOf(error))),
    );
    get<{ account: { role: string; school: string } | null }>("/api/me").then(
      ({ account }) => setRegion(account?.role === "admin" && !account.school),
      () => undefined, // it only says whether an alliance may be made here
    );
  }
  useEffect(open, []);
  return (
    <div class="alliance">
      <header>
        <button class="button quiet" type="button" onClick={() => go("/home")}>
          <Icon name="chevron-left" size={20} />
          {t("common.back")}
        </button>
        <h1>{t("alliance.title")}</h1>
        {all && all.length > 1 && (
          <select
            class="input"
            aria-label={t("alliance.which")}
            value={id}
            onChange={(event) => choose(event.currentTarget.value)}
          >
            {all.map((one) => (
              <option key={one.id} value={one.id}>
                {one.name}
              </option>
            ))}
          </select>
        )}
        <span class="grow" />
        <LangButton />
      </header>
      {problem && (
        <p class="band danger" role="alert">
          {problem}
        </p>
      )}
      {all?.length === 0 && (
        <main>
          <p class="none quiet-text">{t(region ? "alliance.none.region" : "alliance.none")}</p>
          {region && <NewAlliance made={open} />}
        </main>
      )}
      {id && <OneAlliance key={id} id={id} />}
    </div>
  );
}

function OneAlliance({ id }: { id: string }) {
  const at = `/api/alliances/${encodeURIComponent(id)}`;
  const [page, setPage] = useState<Page | null>(null);
  const [name, show] = useState<Name>("policies");
  const [problem, setProblem] = useState("");
  const open = () => void get<Page>(at).then(setPage, (error) => setProblem(wordsOf(error)));
  useEffect(open, [at]);
  if (problem) return <p class="band danger">{problem}</p>;
  if (!page) return null;
  const Section = SECTIONS[name] as ComponentType<Props>;
  return (
    <main class="sections">
      <nav aria-label={t("alliance.sections")} role="tablist" aria-orientation="vertical">
        {NAMES.map((one, n) => (
          <button
            key={one}
            class="button quiet"
            type="button"
            role="tab"
            aria-selected={one === name}
            onClick={() => show(one)}
          >
            <span class="quiet-text digits">{n + 1}</span>
            {t(`alliance.${one}`)}
          </button>
        ))}
      </nav>
      <section>
        <div class="row wrap">
          <h2>{page.alliance.name}</h2>
          <span class="quiet-text grow">{t("alliance.schools", { n: page.schools.length })}</span>
          <Lead page={page} changed={open} />
        </div>
        <h3>{t(`alliance.${name}`)}</h3>
        <Section key={name} page={page} at={at} />
      </section>
    </main>
  );
}

/** Who writes for all; the district's administrator says so. */
function Lead({ page, changed }: { page: Page; changed: () => void }) {
  const [problem, setProblem] = useState("");
  const { alliance, schools } = page;
  const lead = schools.find(({ id }) => id === alliance.lead);
  if (!page.anywhere)
    return (
      <span class="quiet-text">
        {t("alliance.lead")} {lead?.name ?? t("alliance.lead.none")}
      </span>
    );
  const choose = (id: string) =>
    void post("/api/district/alliances", { ...alliance, lead: id }).then(changed, (error) =>
      setProblem(wordsOf(error)),
    );
  return (
    <label class="row">
      {problem || t("alliance.lead")}
      <select class="input" value={alliance.lead} onChange={(event) => choose(event.currentTarget.value)}>
        <option value="">{t("alliance.lead.none")}</option>
        {schools.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

function NewAlliance({ made }: { made: () => void }) {
  const [name, setName] = useState("");
  const [problem, setProblem] = useState("");
  function make(event: Event) {
    event.preventDefault();
    const id = crypto.getRandomValues(new Uint32Array(2)).join("-");
    post("/api/district/alliances", { id, name: name.trim() }).then(made, (error) => setProblem(wordsOf(error)));
  }
  return (
    <form class="row wrap" onSubmit={make}>
      <input
        class="input grow"
        aria-label={t("alliance.new")}
        placeholder={t("alliance.new")}
        value={name}
        onInput={(event) => setName(event.currentTarget.value)}
      />
      <button class="button main" type="submit">
        {t("alliance.new.go")}
      </button>
      {problem && <p class="band danger">{problem}</p>}
    </form>
  );
}
