// The district of who looks after it: a school, its week, its classrooms, and sheets in and out.
import "../../i18n/after";
import "../../i18n/staff";
import { useEffect, useState } from "preact/hooks";
import { LangButton } from "../../i18n/LangButton";
import { type Key, t } from "../../i18n";
import { go } from "../../router";
import { Icon } from "../../style/Icon";
import { useTitle } from "../../style/title";
import { codeOf, get } from "../home/api";
import { Devices } from "./Devices";
import { Month } from "./Month";
import { Rooms } from "./Rooms";
import { Rubrics } from "./Rubrics";
import { Sheets } from "./Sheets";
import { WeekView } from "./WeekView";
import { type Inside, type Overview, wordsOf } from "./district";
import "./district.css";

const VIEWS = ["month", "week", "rooms", "devices", "sheets", "rubrics"] as const;
type View = (typeof VIEWS)[number];

export default function District() {
  useTitle(t("district.title"));
  const [all, setAll] = useState<Overview | null>(null);
  const [school, setSchool] = useState("");
  const [problem, setProblem] = useState("");
  function open() {
    get<Overview>("/api/district").then(
      (found) => {
        setAll(found);
        setSchool((now) => now || (found.schools[0]?.id ?? ""));
      },
      (error) => (codeOf(error) === "login" ? go("/login") : setProblem(wordsOf(error))),
    );
  }
  useEffect(open, []);
  return (
    <div class="district">
      <header>
        <button class="button quiet" type="button" onClick={() => go("/home")}>
          <Icon name="chevron-left" size={20} />
          {t("common.back")}
        </button>
        <h1>{t("district.title")}</h1>
        {all && <span class="quiet-text">{t("district.tally", { ...all.tally })}</span>}
        <span class="grow" />
        <LangButton />
      </header>
      {problem && (
        <p class="band danger" role="alert">
          {problem}
        </p>
      )}
      {all && (
        <main>
          <Schools all={all} now={school} choose={setSchool} />
          {school ? (
            <OneSchool key={school} id={school} all={all} changed={open} />
          ) : (
            <section>
              <p class="none quiet-text">{t("district.empty")}</p>
              <Sheets school="" changed={open} />
            </section>
          )}
        </main>
      )}
    </div>
  );
}

const MOST_SHOWN = 60; // names in the list: of more, a part of the name is typed

function Schools(props: { all: Overview; now: string; choose: (id: string) => void }) {
  const [text, setText] = useState("");
  const found = props.all.schools.filter(({ name }) => name.includes(text.trim()));
  return (
    <nav class="schools" aria-label={t("district.schools")}>
      {props.all.schools.length > 8 && (
        <input
          class="input"
          type="search"
          aria-label={t("district.find")}
          placeholder={t("district.find")}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
      )}
      {found.slice(0, MOST_SHOWN).map(({ id, name }) => (
        <button
          key={id}
          class="button quiet"
          type="button"
          aria-current={id === props.now}
          onClick={() => props.choose(id)}
        >
          {name}
        </button>
      ))}
    </nav>
  );
}

function OneSchool({ id, all, changed }: { id: string; all: Overview; changed: () => void }) {
  const [inside, setInside] = useState<Inside | null>(null);
  const [view, setView] = useState<View>("week");
  const [problem, setProblem] = useState("");
  function open() {
    get<Inside>(`/api/district/schools/${encodeURIComponent(id)}`).then(setInside, (error) =>
      setProblem(wordsOf(error)),
    );
  }
  useEffect(open, [id]);
  if (problem) return <p class="band danger">{problem}</p>;
  if (!inside) return null;
  return (
    <section>
      <div class="row wrap">
        <h2 class="grow">{inside.school.name}</h2>
        <div class="row" role="tablist">
          {VIEWS.map((one) => (
            <button
              key={one}
              class="button quiet"
              type="button"
              role="tab"
              aria-selected={one === view}
              onClick={() => setView(one)}
            >
              {t(one === "rubrics" ? "after.rubric" : `district.${one}` satisfies Key)}
            </button>
          ))}
        </div>
      </div>
      {view === "month" && <Month all={all} />}
      {view === "week" && <WeekView inside={inside} all={all} />}
      {view === "rooms" && <Rooms inside={inside} changed={open} />}
      {view === "devices" && <Devices inside={inside} />}
      {view === "rubrics" && <Rubrics />}
      {view === "sheets" && (
        <Sheets
          school={id}
          changed={() => {
            open();
            changed();
          }}
        />
      )}
    </section>
  );
}
