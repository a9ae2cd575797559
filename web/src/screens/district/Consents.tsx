// What guardians have said of a classroom and its pupils: whose picture and voice may be recorded.
import { useEffect, useState } from "preact/hooks";
import { type Key, t } from "../../i18n";
import { Icon } from "../../style/Icon";
import { get, post } from "../home/api";
import { type Classroom, type Person, wordsOf } from "./district";

type Answer = "none" | "granted" | "refused";
type Kind = "school" | "classroom" | "pupil";
interface Consent {
  kind: Kind;
  id: string;
  picture: Answer;
  voice: Answer;
}
interface OnFile {
  consents: Consent[];
  may: [picture: boolean, voice: boolean];
}

const ANSWERS: Answer[] = ["none", "granted", "refused"];

export function Consents({ classroom, pupils }: { classroom: Classroom; pupils: Person[] }) {
  const [file, setFile] = useState<OnFile | null>(null);
  const [problem, setProblem] = useState("");
  const fail = (error: unknown) => setProblem(wordsOf(error));
  const open = () =>
    void get<OnFile>(`/api/consents/${encodeURIComponent(classroom.id)}`).then((found) => {
      setFile(found);
      setProblem("");
    }, fail);
  useEffect(open, [classroom.id]);
  if (!file) return problem ? <p class="band danger">{problem}</p> : null;

  const of = (kind: Kind, id: string): Consent =>
    file.consents.find((one) => one.kind === kind && one.id === id) ??
    { kind, id, picture: "none", voice: "none" };
  const save = ({ kind, id, picture, voice }: Consent) =>
    void post("/api/consents", { kind, id, picture, voice }).then(open, fail);
  const [picture, voice] = file.may;
  return (
    <section class="consents">
      <h3>{t("consent.title")}</h3>
      <p class={picture ? "band" : "band warning"} role="status">
        <Icon name={picture ? "record" : "shield"} />
        {t(verdict(picture, voice))}
      </p>
      <p class="quiet-text">{t("consent.how")}</p>
      {problem && (
        <p class="band danger" role="alert">
          {problem}
        </p>
      )}
      <table class="table">
        <thead>
          <tr>
            <th />
            <th>{t("consent.picture")}</th>
            <th>{t("consent.voice")}</th>
          </tr>
        </thead>
        <tbody>
          <Line name={t("consent.school")} said={of("school", classroom.school)} save={save} />
          <Line name={classroom.name} said={of("classroom", classroom.id)} save={save} />
          {pupils.map(({ id, name }) => (
            <Line key={id} name={name} said={of("pupil", id)} save={save} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function verdict(picture: boolean, voice: boolean): Key {
  if (picture) return voice ? "consent.both" : "consent.only-picture";
  return voice ? "consent.only-voice" : "consent.neither";
}

function Line({ name, said, save }: { name: string; said: Consent; save: (said: Consent) => void }) {
  const choice = (what: "picture" | "voice") => (
    <td>
      <select
        class="input"
        aria-label={`${name} ${t(`consent.${what}`)}`}
        value={said[what]}
        onChange={(event) => save({ ...said, [what]: event.currentTarget.value as Answer })}
      >
        {ANSWERS.map((answer) => (
          <option key={answer} value={answer}>
            {t(`consent.${answer}`)}
          </option>
        ))}
      </select>
    </td>
  );
  return (
    <tr>
      <td>{name}</td>
      {choice("picture")}
      {choice("voice")}
    </tr>
  );
}
