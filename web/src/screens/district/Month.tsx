// What schools held in a month: the sums, a plot of the days, a line a school; each number opens what it counts.
import { useEffect, useState } from "preact/hooks";
import { t } from "../../i18n";
import { go } from "../../router";
import { Icon } from "../../style/Icon";
import { type Sum, Sums } from "../figures/Sums";
import { KINDS } from "../courses/courses";
import { get } from "../home/api";
import { type Overview, wordsOf } from "./district";

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

export function Month({ all }: { all: Overview }) {
  const [month, setMonth] = useState(thisMonth());
  const [alliance, setAlliance] = useState("");
  const [kind, setKind] = useState("");
  const [held, setHeld] = useState<Held | null>(null);
  const [opened, open] = useState("");
  const [problem, setProblem] = useState("");
  const asked = `${daysOf(month)}&alliance=${encodeURIComponent(alliance)}&kind=${kind}`;
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
        <select
          class="input"
          aria-label={t("district.slot.kind")}
          value={kind}
          onChange={(event) => setKind(event.currentTarget.value)}
        >
          <option value="">{t("course.all")}</option>
          {KINDS.map((one) => (
            <option key={one} value={one}>
              {t(`district.kind.${one}`)}
            </option>
          ))}
        </select>
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
      {held?.schools.length === 0 && <p class="none quiet-text">{t("district.month.none")}</p>}
      {held && held.schools.length > 0 && !opened && (
        <Sums rows={held.schools} days={held.days} names={held.names} open={open} />
      )}
      {held && opened && (
        <Lessons days={daysOf(month)} school={opened} name={held.names[opened] ?? ""} close={() => open("")} />
      )}
    </section>
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
