// The lessons that a school's figures count; each leads to its report.
import "../../i18n/staff";
import { useEffect, useState } from "preact/hooks";
import { t } from "../../i18n";
import { go } from "../../router";
import { Icon } from "../../style/Icon";
import { asking } from "../home/api";
import { wordsOf } from "./district";
import "../figures/figures.css";

interface Counted {
  lessons: {
    figure: { day: string; lesson: string; minutes: number; rooms: number; pupils: number; here: number };
    title: string;
    teacher: string;
  }[];
  teachers: Record<string, string>;
}

export function Lessons(props: { days: string; school: string; name: string; close?: () => void }) {
  const [found, setFound] = useState<Counted | null>(null);
  const [problem, setProblem] = useState("");
  useEffect(() => {
    const asked = `${props.days}&school=${encodeURIComponent(props.school)}`;
    return asking<Counted>(`/api/months/lessons?${asked}`, setFound, (error) => setProblem(wordsOf(error)));
  }, [props.days, props.school]);
  return (
    <>
      <div class="row">
        {props.close && (
          <button class="button quiet" type="button" onClick={props.close}>
            <Icon name="chevron-left" size={20} />
            {t("common.back")}
          </button>
        )}
        <h3>{props.name}</h3>
      </div>
      {problem && (
        <p class="band danger" role="alert">
          {problem}
        </p>
      )}
      <table class="table told">
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
