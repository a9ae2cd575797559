// The district of who looks after it: a school, its week, its classrooms, and sheets in and out.
import "../../i18n/after";
import "../../i18n/staff";
import { useEffect, useState } from "preact/hooks";
import { LangButton } from "../../i18n/LangButton";
import { type Key, t } from "../../i18n";
import { go } from "../../router";
import { Icon } from "../../style/Icon";
import { useTitle } from "../../style/title";
import { asking, codeOf, get } from "../home/api";
import { Devices } from "./Devices";
import { Month } from "./Month";
import { People } from "./People";
import { SchoolForm, Terms } from "./Places";
import { Rooms } from "./Rooms";
import { Rubrics } from "./Rubrics";
import { Sheets } from "./Sheets";
import { WeekView } from "./WeekView";
import { type Inside, type Overview, wordsOf } from "./district";
import "./district.css";

const VIEWS = ["month", "week", "after", "people", "rooms", "school", "devices", "sheets", "rubrics"] as const;
const NEW = " "; // no school has such an id
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
  function show(id: string | undefined) {
    setSchool(id ?? "");
    open();
  }
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
          {school === NEW && (
            <section>
              <SchoolForm
                school={null}
                all={all}
                done={(kept) => show(kept?.id)}
                removed={() => show(undefined)}
              />
            </section>
          )}
          {school && school !== NEW && (
            <OneSchool key={school} id={school} all={all} changed={open} gone={() => show(undefined)} />
          )}
          {!school && (
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
      {!props.all.own && (
        <button
          class="button"
          type="button"
          aria-current={props.now === NEW}
          onClick={() => props.choose(NEW)}
        >
          <Icon name="plus" size={20} />
          {t("district.school.new")}
        </button>
      )}
    </nav>
  );
}

interface One {
  id: string;
  all: Overview;
  changed: () => void;
  gone: () => void;
}

function OneSchool({ id, all, changed, gone }: One) {
  const [inside, setInside] = useState<Inside | null>(null);
  const [view, setView] = useState<View>("week");
  const [said, say] = useState("");
  const [problem, setProblem] = useState("");
  function open() {
    const asked = `/api/district/schools/${encodeURIComponent(id)}`;
    return asking<Inside>(asked, setInside, (error) => setProblem(wordsOf(error)));
  }
  useEffect(open, [id]);
  function both() {
    open();
    changed();
  }
  if (problem) return <p class="band danger">{problem}</p>;
  if (!inside) return null;
  return (
    <section>
      <div class="row wrap">
        <h2 class="grow">{inside.school.name}</h2>
        <div class="row wrap" role="tablist">
          {VIEWS.map((one) => (
            <button
              key={one}
              class="button quiet"
              type="button"
              role="tab"
              aria-selected={one === view}
              onClick={() => {
                say("");
                setView(one);
              }}
            >
              {t(one === "rubrics" ? "after.rubric" : `district.${one}` satisfies Key)}
            </button>
          ))}
        </div>
      </div>
      {said && (
        <p class="band" role="status">
          {said}
        </p>
      )}
      {view === "month" && <Month all={all} />}
      {view === "week" && <WeekView key="week" inside={inside} all={all} after={false} />}
      {view === "after" && <WeekView key="after" inside={inside} all={all} after />}
      {view === "people" && <People inside={inside} all={all} changed={both} />}
      {view === "rooms" && <Rooms inside={inside} changed={both} />}
      {view === "school" && (
        <>
          <SchoolForm
            key={`${inside.school.id} ${inside.school.version}`}
            school={inside.school}
            all={all}
            done={(kept) => {
              say(kept ? t("district.form.saved", { name: kept.name }) : "");
              both();
            }}
            removed={gone}
          />
          {!all.own && <Terms all={all} changed={changed} />}
        </>
      )}
      {view === "devices" && <Devices inside={inside} />}
      {view === "rubrics" && <Rubrics />}
      {view === "sheets" && (
        <Sheets school={id} changed={both} />
      )}
    </section>
  );
}
