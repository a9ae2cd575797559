// All that is kept of one pupil: to look at, to take out, and to erase for good.
import { useEffect, useState } from "preact/hooks";
import { t, tOr } from "../../i18n";
import { Icon } from "../../style/Icon";
import { codeOf, get, post } from "../home/api";
import { type Person, wordsOf } from "./district";

interface Dossier {
  person: Person;
  school: string;
  classroom: string;
  namesakes: number;
  consents: unknown[];
  took: { answers: unknown[] }[];
  listed: unknown[];
  handed: unknown[];
  heard: { tracks: { erased: boolean }[] }[];
  mentions: unknown[];
}

interface Erased {
  lessons: number;
  works: number;
  voices: number;
  left: unknown[];
}

const OURS = new Set(["held", "still-live", "wrong-name"]);
const pathOf = ({ id }: Person) => `/api/pupils/${encodeURIComponent(id)}`;

export function Pupil({ person, changed }: { person: Person; changed: () => void }) {
  const [dossier, setDossier] = useState<Dossier | null>(null);
  const [problem, setProblem] = useState("");
  const [erased, setErased] = useState<Erased | null>(null);
  const open = () =>
    void get<Dossier>(pathOf(person)).then(setDossier, (error) => setProblem(wordsOf(error)));
  useEffect(() => {
    setDossier(null);
    setProblem("");
    setErased(null);
  }, [person.id]);
  if (erased) return <Done erased={erased} changed={changed} />;
  if (!dossier) {
    return (
      <>
        {problem && (
          <p class="band danger" role="alert">
            {problem}
          </p>
        )}
        <button class="button" type="button" onClick={open}>
          <Icon name="eye" size={20} />
          {t("pupil.see", { name: person.name })}
        </button>
      </>
    );
  }
  return (
    <section class="pupil">
      <h3>{t("pupil.title", { name: person.name })}</h3>
      <p class="quiet-text">{t("pupil.how")}</p>
      <Kept dossier={dossier} />
      <p class="quiet-text">{t("pupil.class")}</p>
      <div class="row wrap">
        <a class="button" href={`${pathOf(person)}/export.zip`} download>
          <Icon name="download" size={20} />
          {t("pupil.export")}
        </a>
      </div>
      <Ending dossier={dossier} done={setErased} />
    </section>
  );
}

function Kept({ dossier }: { dossier: Dossier }) {
  const { person, took, heard } = dossier;
  const answers = took.reduce((sum, one) => sum + one.answers.length, 0);
  const tracks = heard.reduce((sum, one) => sum + one.tracks.filter((x) => !x.erased).length, 0);
  const n = (list: unknown[]) => (list.length ? t("pupil.n", { n: list.length }) : t("pupil.none"));
  const rows = [
    [t("pupil.consents"), n(dossier.consents)],
    [t("pupil.took"), took.length ? t("pupil.took.n", { n: took.length, m: answers }) : n(took)],
    [t("pupil.listed"), n(dossier.listed)],
    [t("pupil.handed"), n(dossier.handed)],
    [t("pupil.heard"), heard.length ? t("pupil.heard.n", { n: heard.length, m: tracks }) : n(heard)],
    [t("pupil.mentions"), n(dossier.mentions)],
  ];
  const where = { school: dossier.school, room: dossier.classroom, number: person.number };
  return (
    <>
      <p>{t("pupil.roster", where)}</p>
      <table class="table">
        <tbody>
          {rows.map(([what, count]) => (
            <tr key={what}>
              <th scope="row">{what}</th>
              <td>{count}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

function Ending({ dossier, done }: { dossier: Dossier; done: (erased: Erased) => void }) {
  const { person, namesakes } = dossier;
  const [asking, ask] = useState(false);
  const [name, setName] = useState("");
  const [named, setNamed] = useState(false);
  const [problem, setProblem] = useState("");
  function erase(event: Event) {
    event.preventDefault();
    const sure = { name: name.trim(), version: person.version, named };
    post<Erased>(`${pathOf(person)}/erasure`, sure).then(done, (error) =>
      setProblem(why(error)),
    );
  }
  if (!asking) {
    return (
      <button class="button quiet" type="button" onClick={() => ask(true)}>
        <Icon name="trash" size={20} />
        {t("pupil.erase")}
      </button>
    );
  }
  return (
    <form class="ending" aria-label={t("pupil.erase")} onSubmit={erase}>
      <p class="band danger">
        <Icon name="alert" />
        {t("pupil.erase.what")}
      </p>
      <p class="band warning">{t("pupil.erase.left")}</p>
      {namesakes > 0 && (
        <>
          <p>{t("pupil.erase.namesakes", { n: namesakes })}</p>
          <label class="row">
            <input type="checkbox" checked={named} onChange={() => setNamed(!named)} />
            {t("pupil.erase.named")}
          </label>
        </>
      )}
      <label>
        {t("pupil.erase.type")}
        <input class="input" value={name} onInput={(event) => setName(event.currentTarget.value)} />
      </label>
      {problem && (
        <p class="band danger" role="alert">
          {problem}
        </p>
      )}
      <div class="row wrap">
        <button class="button danger" type="submit" disabled={name.trim() !== person.name}>
          {t("pupil.erase.do")}
        </button>
        <button class="button quiet" type="button" onClick={() => ask(false)}>
          {t("pupil.erase.not")}
        </button>
      </div>
    </form>
  );
}

function why(error: unknown): string {
  const code = codeOf(error);
  return OURS.has(code) ? tOr(`pupil.error.${code}`, "error.unknown") : wordsOf(error);
}

function Done({ erased, changed }: { erased: Erased; changed: () => void }) {
  return (
    <div class="row wrap">
      <p class="band" role="status">
        <Icon name="check" />
        {t("pupil.erased", { works: erased.works, voices: erased.voices, lessons: erased.lessons })}
      </p>
      {erased.left.length > 0 && (
        <p class="band warning" role="alert">
          {t("pupil.left", { n: erased.left.length })}
        </p>
      )}
      <button class="button" type="button" onClick={changed}>
        {t("common.close")}
      </button>
    </div>
  );
}
