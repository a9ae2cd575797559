// How lessons of an alliance's schools were evaluated: points by school and criterion, and the latest words.
import { t } from "../../i18n";
import { Problem } from "./Problem";
import { nameOf, type Props, useSection } from "./alliance";

interface Average {
  name: string;
  most: number;
  points: number;
}

interface Found {
  schools: {
    school: string;
    lessons: number;
    evaluators: number;
    averages: Average[];
    points: number;
    most: number;
  }[];
  latest: {
    lesson: string;
    title: string;
    school: string;
    evaluator: string;
    rubric: string;
    points: number;
    most: number;
    summary: string;
  }[];
}

const one = (points: number) => Math.round(points * 10) / 10;

export function Judging({ page, at }: Props) {
  const { found, problem } = useSection<Found>(`${at}/evaluations`);
  if (!found) return <Problem words={problem} />;
  if (found.schools.length === 0) return <p class="none quiet-text">{t("alliance.judging.none")}</p>;
  const criteria = [...new Set(found.schools.flatMap(({ averages }) => averages.map(({ name }) => name)))];
  const of = (averages: Average[], name: string) => {
    const found = averages.find((each) => each.name === name);
    return found ? `${one(found.points)} / ${found.most}` : "–";
  };
  return (
    <>
      <div class="scroll">
        <table class="table">
          <thead>
            <tr>
              <th scope="col">{t("alliance.judging.criterion")}</th>
              {found.schools.map(({ school }) => (
                <th key={school} class="number" scope="col">
                  {nameOf(page, school)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <tr>
              <th scope="row">{t("alliance.judging.lessons")}</th>
              {found.schools.map(({ school, lessons }) => (
                <td key={school} class="number">
                  {lessons}
                </td>
              ))}
            </tr>
            <tr>
              <th scope="row">{t("alliance.judging.evaluators")}</th>
              {found.schools.map(({ school, evaluators }) => (
                <td key={school} class="number">
                  {evaluators}
                </td>
              ))}
            </tr>
            {criteria.map((name) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                {found.schools.map(({ school, averages }) => (
                  <td key={school} class="number">
                    {of(averages, name)}
                  </td>
                ))}
              </tr>
            ))}
            <tr>
              <th scope="row">
                <strong>{t("alliance.judging.points")}</strong>
              </th>
              {found.schools.map(({ school, points, most }) => (
                <td key={school} class="number">
                  <strong>
                    {one(points)} / {one(most)}
                  </strong>
                </td>
              ))}
            </tr>
          </tbody>
        </table>
      </div>
      <h4>{t("alliance.judging.latest")}</h4>
      <div class="scroll">
        <table class="table">
          <thead>
            <tr>
              <th scope="col">{t("alliance.lesson")}</th>
              <th scope="col">{t("alliance.school")}</th>
              <th scope="col">{t("alliance.judging.by")}</th>
              <th class="number" scope="col">
                {t("alliance.judging.points")}
              </th>
              <th scope="col">{t("alliance.judging.summary")}</th>
            </tr>
          </thead>
          <tbody>
            {found.latest.map((each) => (
              <tr key={`${each.lesson} ${each.evaluator}`}>
                <td>{each.title}</td>
                <td>{nameOf(page, each.school)}</td>
                <td>{each.evaluator}</td>
                <td class="number">
                  {each.points} / {each.most}
                </td>
                <td>{each.summary}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
