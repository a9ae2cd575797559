// Courses by kind; one of them opened: its week, or its recorded lessons taken one after the other.
import "../../i18n/staff";
import { useEffect, useState } from "preact/hooks";
import { LangButton } from "../../i18n/LangButton";
import { t } from "../../i18n";
import { go } from "../../router";
import { Icon } from "../../style/Icon";
import { useTitle } from "../../style/title";
import { newId } from "../district/Editing";
import { asking, type Account, me } from "../home/api";
import { CourseForm } from "./CourseForm";
import { OpenCourse } from "./OpenCourse";
import { type Course, type Found, KINDS, type Kind, kindOf, wordsOf } from "./courses";
import "../district/district.css";
import "./courses.css";

export default function Courses({ id }: { id?: string }) {
  useTitle(t("course.title"));
  const [account, setAccount] = useState<Account | null>(null);
  const [problem, setProblem] = useState("");
  useEffect(() => {
    me().then((found) => (found ? setAccount(found) : go("/login")), (error) => setProblem(wordsOf(error)));
  }, []);
  return (
    <div class="courses">
      <header>
        <button class="button quiet" type="button" onClick={() => go(id ? "/courses" : "/home")}>
          <Icon name="chevron-left" size={20} />
          {t("common.back")}
        </button>
        <h1>{t("course.title")}</h1>
        <span class="grow" />
        <LangButton />
      </header>
      <main>
        {problem && (
          <p class="band danger" role="alert">
            {problem}
          </p>
        )}
        {account && (id ? <OpenCourse key={id} id={id} account={account} /> : <All account={account} />)}
      </main>
    </div>
  );
}

function All({ account }: { account: Account }) {
  const [kind, setKind] = useState<Kind | "">("");
  const [text, setText] = useState("");
  const [found, setFound] = useState<Found | null>(null);
  const [making, setMaking] = useState(false);
  const [archived, setArchived] = useState(false);
  const [problem, setProblem] = useState("");
  function look() {
    const asked = new URLSearchParams({ kind, text, ...(archived && { archived: "1" }) });
    return asking<Found>(`/api/courses?${asked}`, setFound, (error) => setProblem(wordsOf(error)));
  }
  useEffect(look, [kind, text, archived]);
  return (
    <>
      <div class="row wrap">
        <div class="row wrap" role="group" aria-label={t("district.slot.kind")}>
          {(["", ...KINDS] as const).map((one) => (
            <button
              key={one}
              class="button"
              type="button"
              aria-pressed={one === kind}
              onClick={() => setKind(one)}
            >
              {one ? kindOf(one) : t("course.all")}
            </button>
          ))}
        </div>
        <input
          class="input grow"
          type="search"
          aria-label={t("course.find")}
          placeholder={t("course.find")}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
        <button class="button quiet" type="button" aria-pressed={archived} onClick={() => setArchived(!archived)}>
          {t("course.archived")}
        </button>
        {account.role === "teacher" && found?.me && (
          <button class="button" type="button" aria-expanded={making} onClick={() => setMaking(!making)}>
            <Icon name={making ? "x" : "plus"} size={20} />
            {t(making ? "common.close" : "course.new")}
          </button>
        )}
      </div>
      {problem && (
        <p class="band danger" role="alert">
          {problem}
        </p>
      )}
      {making && found && (
        <CourseForm
          first={newCourse(found)}
          done={(course) => (course ? go(`/courses/${course.id}`) : setMaking(false))}
          removed={() => setMaking(false)}
        />
      )}
      {found?.courses.length === 0 && <p class="none quiet-text">{t("course.none")}</p>}
      <ul class="cards">
        {found?.courses.map((one) => <Card key={one.id} one={one} found={found} />)}
      </ul>
    </>
  );
}

function newCourse(found: Found): Course {
  const blank = { title: "", subject: "", grade: "", term: "", lessons: [], version: 0, archived: false };
  return { id: newId("c"), school: found.school, teacher: found.me, kind: "library", ...blank };
}

function Card({ one, found }: { one: Course; found: Found }) {
  const about = [one.subject, one.grade, found.teachers[one.teacher], found.schools[one.school]];
  return (
    <li class="card">
      <span class="badge ready">{kindOf(one.kind)}</span>
      <h2>{one.title}</h2>
      <p class="quiet-text">{about.filter(Boolean).join(" · ")}</p>
      {one.kind === "library" && <p class="quiet-text">{t("course.lessons", { n: one.lessons.length })}</p>}
      <button class="button" type="button" onClick={() => go(`/courses/${one.id}`)}>
        {t("course.open")}
      </button>
    </li>
  );
}
