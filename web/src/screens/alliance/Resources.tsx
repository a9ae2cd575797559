// Lessons that schools of an alliance share with one another.
import { t } from "../../i18n";
import { Icon } from "../../style/Icon";
import { day } from "../home/when";
import { Problem } from "./Problem";
import { type Props, useSection } from "./alliance";

interface Found {
  resources: {
    resource: { lesson: string; school: string; about: string; tags: string[]; made_at: number };
    title: string;
    subject: string;
    by: string;
  }[];
}

export function Resources({ page, at }: Props) {
  const { found, problem } = useSection<Found>(`${at}/resources`);
  const named = (of: string) => page.schools.find(({ id, name }) => of === id || of === name)?.name ?? of;
  return (
    <>
      <Problem words={problem} />
      {found?.resources.length === 0 && <p class="none quiet-text">{t("alliance.resource.none")}</p>}
      <ul class="list">
        {found?.resources.map(({ resource, title, subject, by }) => (
          <li key={resource.lesson} class="card row wrap">
            <div class="grow">
              <h4>{title}</h4>
              <p class="quiet-text">
                {[subject, by, named(resource.school), day(resource.made_at)].filter(Boolean).join(" · ")}
              </p>
              {resource.about && <p>{resource.about}</p>}
              <div class="row wrap">
                {resource.tags.map((tag) => (
                  <span key={tag} class="badge">
                    {tag}
                  </span>
                ))}
              </div>
            </div>
            <a class="button" href={`/replay/${resource.lesson}`}>
              <Icon name="play" size={20} />
              {t("alliance.resource.watch")}
            </a>
          </li>
        ))}
      </ul>
    </>
  );
}
