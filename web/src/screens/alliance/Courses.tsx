// What this term's timetable holds for each school of an alliance, and which classrooms lack what.
import { t } from "../../i18n";
import { Icon } from "../../style/Icon";
import { Problem } from "./Problem";
import { nameOf, type Props, useSection } from "./alliance";

interface Found {
  term: string;
  taught: { school: string; subject: string; lessons: number; rooms: number; gives: boolean }[];
  gaps: { school: string; subject: string; rooms: string[] }[];
}

export function Courses({ page, at }: Props) {
  const { found, problem } = useSection<Found>(`${at}/courses`);
  if (!found) return <Problem words={problem} />;
  if (found.taught.length === 0) return <p class="none quiet-text">{t("alliance.course.none")}</p>;
  const subjects = [...new Set(found.taught.map(({ subject }) => subject))];
  const cell = (school: string, subject: string) => {
    const one = found.taught.find((each) => each.school === school && each.subject === subject);
    if (!one) return <span class="missing">{t("alliance.course.missing")}</span>;
    const told = { n: one.lessons, rooms: one.rooms };
    return t(one.gives ? "alliance.course.cell" : "alliance.course.cell.listens", told);
  };
  return (
    <>
      <p class="quiet-text">{t("alliance.course.about", { term: found.term })}</p>
      <div class="scroll">
        <table class="table">
          <thead>
            <tr>
              <th scope="col">{t("alliance.school")}</th>
              {subjects.map((subject) => (
                <th key={subject} scope="col">
                  {subject}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {page.schools.map(({ id, name }) => (
              <tr key={id}>
                <th scope="row">{name}</th>
                {subjects.map((subject) => (
                  <td key={subject}>{cell(id, subject)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <h4>{t("alliance.course.gaps")}</h4>
      {found.gaps.length === 0 && <p class="quiet-text">{t("alliance.course.whole")}</p>}
      <ul class="list">
        {found.gaps.map(({ school, subject, rooms }) => (
          <li key={`${school} ${subject}`} class="band warning">
            <Icon name="alert" size={20} />
            {t("alliance.course.gap", { school: nameOf(page, school), rooms: rooms.join("、"), subject })}
          </li>
        ))}
      </ul>
    </>
  );
}
