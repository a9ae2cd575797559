// Teaching research: lessons that are prepared together, and what teachers of all schools say of them.
import { t } from "../../i18n";
import { when } from "../home/when";
import { Problem } from "./Problem";
import { Thread, type Word } from "./Thread";
import { nameOf, type Prepared, type Props, useSection } from "./alliance";

interface Found {
  prepared: Prepared[];
  teachers: Record<string, string>;
  words: Word[];
}

export function Research({ page, at }: Props) {
  const { found, problem, send } = useSection<Found>(`${at}/research`);
  if (!found) return <Problem words={problem} />;
  const say = (lesson: string) => (text: string, parent: number) =>
    send(`${at}/research`, { text, parent, lesson: parent ? "" : lesson });
  const schoolOf = (school: string) => nameOf(page, school);
  const of = (lesson: string) => found.words.filter((word) => word.lesson === lesson);
  const known = new Set(found.prepared.map(({ lesson }) => lesson));
  const rest = found.words.filter((word) => !known.has(word.lesson));
  return (
    <>
      <Problem words={problem} />
      <p class="quiet-text">{t("alliance.research.about")}</p>
      {found.prepared.length === 0 && <p class="none quiet-text">{t("alliance.research.none")}</p>}
      {found.prepared.map((one) => (
        <article key={one.lesson} class="card">
          <h4>{[one.title, one.subject].filter(Boolean).join(" · ")}</h4>
          <p class="quiet-text">
            {t("alliance.research.plan", {
              by: found.teachers[one.teacher] ?? "",
              n: one.versions,
              m: one.remarks,
              when: when(one.last),
            })}
          </p>
          <Thread words={of(one.lesson)} schoolOf={schoolOf} say={say(one.lesson)} />
        </article>
      ))}
      <article class="card">
        <h4>{t("alliance.research.free")}</h4>
        <Thread words={rest} schoolOf={schoolOf} say={say("")} />
      </article>
    </>
  );
}
