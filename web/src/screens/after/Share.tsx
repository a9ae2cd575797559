// For whom an ended lesson is in the library, and by which tags it is found.
import { useEffect, useState } from "preact/hooks";
import { type Key, t } from "../../i18n";
import { get, post, remove } from "../home/api";
import { type Reach, REACHES, type Resource } from "../library/library";
import { wordsOf } from "./after";

export function Share({ lesson }: { lesson: string }) {
  const path = `/api/lessons/${lesson}/resource`;
  const [now, setNow] = useState<Resource | null | undefined>(undefined);
  const [problem, setProblem] = useState("");
  const failed = (error: unknown) => setProblem(wordsOf(error));
  const look = () => void get<{ resource: Resource | null }>(path).then((found) => setNow(found.resource), failed);
  useEffect(look, [path]);
  const take = () => void remove(`${path}?version=${now?.version ?? 0}`).then(look, failed);
  return (
    <section>
      {problem && <p class="band danger" role="alert">{problem}</p>}
      {now && (
        <div class="band" role="status">
          <span class="grow">{t("after.share.now", { who: t(`after.share.${now.reach}` satisfies Key) })}</span>
          <button class="button" type="button" onClick={take}>
            {t("after.share.end")}
          </button>
        </div>
      )}
      {now !== undefined && <Form key={now?.version ?? 0} path={path} now={now} done={setNow} />}
    </section>
  );
}

interface FormProps {
  path: string;
  now: Resource | null;
  done: (now: Resource) => void;
}

function Form({ path, now, done }: FormProps) {
  const [reach, setReach] = useState<Reach>(now?.reach ?? "school");
  const [tags, setTags] = useState(now?.tags.join(" ") ?? "");
  const [about, setAbout] = useState(now?.about ?? "");
  const [problem, setProblem] = useState("");
  async function save(event: Event): Promise<void> {
    event.preventDefault();
    setProblem("");
    const body = { reach, about, tags: tags.split(/[\s,，、]+/), version: now?.version ?? 0 };
    await post<Resource>(path, body).then(done, (error) => setProblem(wordsOf(error)));
  }
  return (
    <form class="card set" onSubmit={(event) => void save(event)}>
      <h2>{t("after.share")}</h2>
      <p class="quiet-text">{t("after.share.how")}</p>
      <div class="row wrap" role="group" aria-label={t("after.share")}>
        {REACHES.map((one) => (
          <button
            key={one}
            class="button"
            type="button"
            aria-pressed={one === reach}
            onClick={() => setReach(one)}
          >
            {t(`after.share.${one}` satisfies Key)}
          </button>
        ))}
      </div>
      <label class="field">
        <span>{t("after.share.tags")}</span>
        <input
          class="input"
          placeholder={t("after.share.tags.example")}
          value={tags}
          onInput={(event) => setTags(event.currentTarget.value)}
        />
      </label>
      <label class="field">
        <span>{t("after.share.about")}</span>
        <textarea
          class="input"
          rows={3}
          maxLength={500}
          value={about}
          onInput={(event) => setAbout(event.currentTarget.value)}
        />
      </label>
      {problem && <p class="band danger" role="alert">{problem}</p>}
      <button class="button main" type="submit">
        {t(now ? "after.share.change" : "after.share.do")}
      </button>
    </form>
  );
}
