// The patrol's wall: every lesson that runs now, its board in small, its rooms, and a remark at this moment.
import "../../i18n/staff";
import { useEffect, useState } from "preact/hooks";
import { LangButton } from "../../i18n/LangButton";
import { t } from "../../i18n";
import { go } from "../../router";
import { Icon } from "../../style/Icon";
import { useTitle } from "../../style/title";
import { codeOf, get } from "../home/api";
import { LessonTile } from "./LessonTile";
import { fromAllLessons, type LessonSeen, lineOf } from "./patrol";
import "./patrol.css";

const EVERY_MS = 3000;

export default function Patrol() {
  useTitle(t("patrol.title"));
  const { lessons, problem } = useWall();
  const rooms = lessons?.flatMap((lesson) => lesson.rooms) ?? [];
  const bad = rooms.filter((room) => ["lost", "weak"].includes(lineOf(room))).length;
  return (
    <div class="patrol">
      <header>
        <button class="button quiet" type="button" onClick={() => go("/home")}>
          <Icon name="chevron-left" size={20} />
          {t("common.back")}
        </button>
        <h1>{t("patrol.title")}</h1>
        {lessons && (
          <span class="quiet-text">
            {t("patrol.sum", { lessons: lessons.length, rooms: rooms.length })}
            {bad > 0 && <strong class="bad"> {t("patrol.sum.bad", { n: bad })}</strong>}
          </span>
        )}
        <span class="grow" />
        <span class="row-tight small quiet-text">
          <Icon name="eye" size={16} /> {t("patrol.unseen")}
        </span>
        <LangButton />
      </header>
      {problem && (
        <p class="band warning" role="status">
          <Icon name="wifi-off" />
          {problem}
        </p>
      )}
      <main>
        {lessons?.length === 0 && <p class="none quiet-text">{t("patrol.none")}</p>}
        <ul class="tiles">
          {lessons?.map((lesson) => (
            <LessonTile key={lesson.id} lesson={lesson} />
          ))}
        </ul>
      </main>
    </div>
  );
}

/** Asked again every few seconds while the page is looked at; what was seen last stays while it fails. */
function useWall() {
  const [lessons, setLessons] = useState<LessonSeen[] | null>(null);
  const [problem, setProblem] = useState("");
  useEffect(() => {
    let current = true;
    fromAllLessons();
    async function refresh() {
      if (document.hidden) return;
      try {
        const wall = await get<{ lessons: LessonSeen[] }>("/api/patrol");
        if (current) setLessons(wall.lessons);
        if (current) setProblem("");
      } catch (error) {
        const code = codeOf(error);
        if (code === "login") return go("/login");
        if (current) setProblem(t(code === "offline" ? "error.offline" : "patrol.not-yours"));
      }
    }
    void refresh();
    const often = setInterval(refresh, EVERY_MS);
    return () => {
      current = false;
      clearInterval(often);
    };
  }, []);
  return { lessons, problem };
}
