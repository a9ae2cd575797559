// What schools held in a month: the sums, a plot of the days, a line a school; each number opens what it counts.
import { useEffect, useMemo, useState } from "preact/hooks";
import { t } from "../../i18n";
import { go } from "../../router";
import { Icon } from "../../style/Icon";
import { Plot } from "../after/Plot";
import { get } from "../home/api";
import { type Overview, wordsOf } from "./district";

interface Sum {
  of: string;
  lessons: number;
  minutes: number;
  rooms: number;
  room_minutes: number;
  possible: number;
  fairness: number;
  pupils: number;
  here: number;
  answers: number;
  right: number;
}

interface Held {
  schools: Sum[];
  days: Sum[];
  names: Record<string, string>;
}

interface Counted {
  lessons: {
    figure: { day: string; lesson: string; minutes: number; rooms: number; pupils: number; here: number };
    title: string;
    teacher: string;
  }[];
  teachers: Record<string, string>;
}

const two = (n: number) => String(n).padStart(2, "0");

const thisMonth = () => {
  const now = new Date();
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}`;
};

/** `2026-09` as what the server asks for. */
function daysOf(month: string): string {
  const [year = 0, number = 1] = month.split("-").map(Number);
  const last = new Date(year, number, 0).getDate();
  return `first=${month}-01&last=${month}-${two(last)}`;
}

const share = (part: number, of: number) => (of ? `${Math.round((100 * part) / of)}%` : "–");

export function Month({ all }: { all: Overview }) {
  const [month, setMonth] = useState(thisMonth());
  const [alliance, setAlliance] = useState("");
  const [held, setHeld] = useState<Held | null>(null);
  const [opened, open] = useState("");
  const [problem, setProblem] = useState("");
  const asked = `${daysOf(month)}&alliance=${encodeURIComponent(alliance)}`;
  useEffect(() => {
    if (!month) return;
    setProblem("");
    get<Held>(`/api/months?${asked}`).then(setHeld, (error) => setProblem(wordsOf(error)));
  }, [month, asked]);
  return (
    <section class="month">
      <div class="row wrap">
        <label class="row">
          {t("district.month.which")}
          <input
            class="input"
            type="month"
            value={month}
            onInput={(event) => setMonth(event.currentTarget.value)}
          />
        </label>
        {!all.own && all.alliances.length > 0 && (
          <select
            class="input"
            aria-label={t("district.month.of")}
            value={alliance}
            onChange={(event) => setAlliance(event.currentTarget.value)}
          >
            <option value="">{t("district.month.region")}</option>
            {all.alliances.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        )}
        <span class="grow" />
        <a class="button" href={`/api/months.csv?${asked}`} download>
          <Icon name="download" size={20} />
          {t("district.month.csv")}
        </a>
      </div>
      {problem && (
        <p class="band danger" role="alert">
          {problem}
        </p>
      )}
      {held && !opened && <Sums held={held} open={open} />}
      {held && opened && (
        <Lessons days={daysOf(month)} school={opened} name={held.names[opened] ?? ""} close={() => open("")} />
      )}
    </section>
  );
}

function Sums({ held, open }: { held: Held; open: (school: string) => void }) {
  const times = useMemo(() => held.days.map(({ of }) => new Date(`${of}T12:00`).getTime() / 1000), [held]);
  const values = useMemo(() => held.days.map(({ lessons }) => lessons), [held]);
  if (held.schools.length === 0) return <p class="none quiet-text">{t("district.month.none")}</p>;
  return (
    <>
      <h3>{t("district.month.days")}</h3>
      <Plot label={t("district.month.days")} names={null} times={times} values={values} />
      <div class="scroll">
        <table class="table">
          <thead>
            <tr>
              <th scope="col">{t("district.month.school")}</th>
              {(["lessons", "minutes", "rooms", "line", "fair", "here", "right"] as const).map((one) => (
                <th key={one} class="number" scope="col">
                  {t(`district.month.${one}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {held.schools.map((one) => (
              <tr key={one.of}>
                <th scope="row">{held.names[one.of] ?? t("district.month.nobody")}</th>
                <td class="number">
                  <button class="button quiet" type="button" onClick={() => open(one.of)}>
                    {one.lessons}
                  </button>
                </td>
                <td class="number">{Math.round(one.minutes)}</td>
                <td class="number">{one.rooms}</td>
                <td class="number">{share(one.room_minutes, one.possible)}</td>
                <td class="number">{share(one.fairness, one.rooms)}</td>
                <td class="number">{share(one.here, one.pupils)}</td>
                <td class="number">{share(one.right, one.answers)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p class="quiet-text">{t("district.month.about")}</p>
    </>
  );
}

function Lessons(props: { days: string; school: string; name: string; close: () => void }) {
  const [found, setFound] = useState<Counted | null>(null);
  const [problem, setProblem] = useState("");
  useEffect(() => {
    get<Counted>(`/api/months/lessons?${props.days}&school=${encodeURIComponent(props.school)}`).then(
      setFound,
      (error) => setProblem(wordsOf(error)),
    );
  }, [props.days, props.school]);
  return (
    <>
      <div class="row">
        <button class="button quiet" type="button" onClick={props.close}>
          <Icon name="chevron-left" size={20} />
          {t("common.back")}
        </button>
        <h3>{props.name}</h3>
      </div>
      {problem && (
        <p class="band danger" role="alert">
          {problem}
        </p>
      )}
      <table class="table">
        <tbody>
          {found?.lessons.map(({ figure, title, teacher }) => (
            <tr key={figure.lesson}>
              <td class="number">{figure.day}</td>
              <td>
                <button class="button quiet" type="button" onClick={() => go(`/after/${figure.lesson}`)}>
                  {title}
                </button>
              </td>
              <td>{found.teachers[teacher] ?? ""}</td>
              <td class="number">{t("district.month.told", { ...figure, minutes: Math.round(figure.minutes) })}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
