// The live map: which school teaches which now, each line with a colour, a sign and a word.
import "../../i18n/figures";
import "../../i18n/staff";
import { useMemo } from "preact/hooks";
import { LangButton } from "../../i18n/LangButton";
import { t } from "../../i18n";
import { go } from "../../router";
import { Icon } from "../../style/Icon";
import { useTitle } from "../../style/title";
import { type Line, lineOf, type RoomSeen } from "../patrol/patrol";
import { useWatched } from "../patrol/useWatched";
import { bent, HEIGHT, type Place, type Plan, type Point, planOf, WIDTH } from "./plan";
import "./map.css";

interface Running {
  id: string;
  title: string;
  subject: string;
  teacher: string;
  school: string;
  rooms: { school: string; room: RoomSeen }[];
}

interface Seen {
  schools: Place[];
  alliances: Record<string, string>;
  lessons: Running[];
}

const MOST_NAMES = 40; // more would cover one another: then only those that take part have names
const SIGNS: Record<Line, string> = { good: "✓", weak: "!", lost: "×", unknown: "?" };

export default function LiveMap() {
  useTitle(t("map.title"));
  const { seen, problem } = useWatched<Seen>("/api/map", t("map.offline"));
  const rooms = seen?.lessons.flatMap((lesson) => lesson.rooms) ?? [];
  const bad = rooms.filter(({ room }) => ["lost", "weak"].includes(lineOf(room))).length;
  const unplaced = seen?.schools.some(({ latitude }) => latitude === null);
  return (
    <div class="live-map">
      <header>
        <button class="button quiet" type="button" onClick={() => go("/home")}>
          <Icon name="chevron-left" size={20} />
          {t("common.back")}
        </button>
        <h1>{t("map.title")}</h1>
        {seen && (
          <span class="quiet-text" role="status">
            {t("map.sum", { lessons: seen.lessons.length, rooms: rooms.length })}
            {bad > 0 && <strong class="bad"> {t("map.sum.bad", { n: bad })}</strong>}
          </span>
        )}
        <span class="grow" />
        <LangButton />
      </header>
      {problem && (
        <p class="band warning" role="status">
          <Icon name="wifi-off" />
          {problem}
        </p>
      )}
      {seen && (
        <main>
          <figure>
            <Drawing seen={seen} />
            <figcaption class="row wrap small" aria-label={t("map.legend")}>
              <span class="key teaches">{t("map.teaches")}</span>
              <span class="key">{t("map.school")}</span>
              {(Object.keys(SIGNS) as Line[]).map((line) => (
                <How key={line} line={line} loss={null} />
              ))}
            </figcaption>
            {unplaced && <p class="quiet-text small">{t("map.grid")}</p>}
          </figure>
          <Lessons seen={seen} />
        </main>
      )}
    </div>
  );
}

function How({ line, loss }: { line: Line; loss: number | null }) {
  return (
    <span class={`how ${line}`}>
      <span class="sign" aria-hidden="true">
        {SIGNS[line]}
      </span>
      {t(`map.how.${line}`)}
      {line === "weak" && loss !== null && ` ${t("map.loss", { n: loss })}`}
    </span>
  );
}

function Drawing({ seen }: { seen: Seen }) {
  const plan = useMemo(() => planOf(seen.schools, seen.alliances, t("map.alone")), [seen.schools, seen.alliances]);
  const teaching = new Set(seen.lessons.map(({ school }) => school));
  const there = new Set(seen.lessons.flatMap(({ school, rooms }) => [school, ...rooms.map((room) => room.school)]));
  const ways = waysOf(seen, plan);
  const named = (id: string) => seen.schools.length <= MOST_NAMES || there.has(id);
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={t("map.plan")}>
      {plan.boxes.map((box) => (
        <g key={box.name}>
          <rect class="box" x={box.x + 4} y={box.y + 4} width={box.width - 8} height={box.height - 8} rx={10} />
          <text class="alliance" x={box.x + 16} y={box.y + 26}>
            {box.name}
          </text>
        </g>
      ))}
      <Ways ways={ways} />
      {seen.schools.map(({ id, name }) => {
        const at = plan.points.get(id);
        if (!at) return null;
        return (
          <g key={id} class={teaching.has(id) ? "school teaches" : there.has(id) ? "school listens" : "school"}>
            {teaching.has(id) && <circle class="ring" cx={at.x} cy={at.y} r={18} />}
            <circle cx={at.x} cy={at.y} r={teaching.has(id) ? 12 : 8} />
            {named(id) ? (
              <text x={at.x} y={at.y + 38}>
                {name}
              </text>
            ) : (
              <title>{name}</title>
            )}
          </g>
        );
      })}
      {ways.map(({ key, line, told, sign }) => (
        <g key={key} class={`sign-of ${line}`}>
          <title>{told}</title>
          <circle cx={sign.x} cy={sign.y} r={11} />
          <text x={sign.x} y={sign.y + 5}>
            {SIGNS[line]}
          </text>
        </g>
      ))}
    </svg>
  );
}

interface Way {
  key: string;
  line: Line;
  told: string;
  path: string;
  sign: Point;
}

function Ways({ ways }: { ways: Way[] }) {
  return (
    <g>
      {ways.map(({ key, line, told, path }) => (
        <g key={key} class={`way ${line}`}>
          <title>{told}</title>
          <path d={path} />
        </g>
      ))}
    </g>
  );
}

/** From the school that teaches to each room. */
function waysOf(seen: Seen, plan: Plan): Way[] {
  const before = new Map<string, number>();
  const names = new Map(seen.schools.map(({ id, name }) => [id, name]));
  const signs: Point[] = [];
  return seen.lessons.flatMap((lesson) =>
    lesson.rooms.flatMap(({ school, room }) => {
      const [from, to] = [plan.points.get(lesson.school), plan.points.get(school)];
      if (!from || !to || lesson.school === school) return [];
      const pair = `${lesson.school} ${school}`;
      const nth = before.get(pair) ?? 0;
      before.set(pair, nth + 1);
      const line = lineOf(room);
      const { path, sign } = bent(from, to, nth, plan, signs);
      signs.push(sign);
      const words = { school: names.get(lesson.school) ?? "", room: room.name, how: t(`map.how.${line}`) };
      return [{ key: `${lesson.id} ${room.id}`, line, told: t("map.line", words), path, sign }];
    }),
  );
}

/** The same in words. */
function Lessons({ seen }: { seen: Seen }) {
  const names = new Map(seen.schools.map(({ id, name }) => [id, name]));
  if (seen.lessons.length === 0) return <p class="none quiet-text">{t("map.none")}</p>;
  return (
    <ul class="lessons">
      {seen.lessons.map((lesson) => (
        <li key={lesson.id} class="card">
          <h2>{lesson.title}</h2>
          <p class="quiet-text">
            {[names.get(lesson.school), lesson.teacher, lesson.subject].filter(Boolean).join(" · ")}
          </p>
          <ul class="small">
            {lesson.rooms.map(({ school, room }) => (
              <li key={room.id} class="row">
                <span class="grow">
                  {room.name}
                  {!school && <span class="quiet-text"> {t("map.nowhere")}</span>}
                </span>
                <How line={lineOf(room)} loss={room.loss} />
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ul>
  );
}
