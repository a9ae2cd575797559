// The patrol's wall: every lesson that runs now, its board in small, its rooms, and a remark at this moment.
import "../../i18n/staff";
import { useEffect } from "preact/hooks";
import { LangButton } from "../../i18n/LangButton";
import { t } from "../../i18n";
import { go } from "../../router";
import { Icon } from "../../style/Icon";
import { useTitle } from "../../style/title";
import { LessonTile } from "./LessonTile";
import { fromAllLessons, type LessonSeen, lineOf } from "./patrol";
import { useWatched } from "./useWatched";
import "./patrol.css";

export default function Patrol() {
  useTitle(t("patrol.title"));
  const { seen, problem } = useWatched<{ lessons: LessonSeen[] }>("/api/patrol", t("error.offline"));
  const lessons = seen?.lessons ?? null;
  useEffect(fromAllLessons, []);
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
