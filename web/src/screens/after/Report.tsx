// What a lesson came to, room by room; a room's lessons over time, and when a pupil was there.
import { useEffect, useMemo, useState } from "preact/hooks";
import { type Key, t } from "../../i18n";
import { Icon } from "../../style/Icon";
import { get } from "../home/api";
import { when } from "../home/when";
import { Plot } from "./Plot";
import { wordsOf } from "./after";

export interface Room {
  lesson: string;
  room: string;
  began_at: number;
  minutes: number;
  on_stage: number;
  pupils: number;
  here: number;
  hands: number;
  words: number;
  answers: number;
  right: number;
}

export interface Told {
  lesson: string;
  title: string;
  minutes: number;
  rooms: Room[];
  quizzes: {
    number: number;
    question: string;
    right: string[];
    rooms: Record<string, Record<string, number>>;
  }[];
  absent: Record<string, string[]>;
}

export const MEASURES = ["hands", "on_stage", "words", "answers", "right", "here", "minutes"] as const;
export type Measure = (typeof MEASURES)[number];
const LETTERS = 12; // of a room's name below its bar

export function Report({ lesson }: { lesson: string }) {
  const [told, setTold] = useState<Told | null>(null);
  const [problem, setProblem] = useState("");
  const [measure, setMeasure] = useState<Measure>("hands");
  const [room, open] = useState("");
  const [pupil, look] = useState<[string, string] | null>(null);
  useEffect(() => {
    get<Told>(`/api/lessons/${lesson}/report`).then(setTold, (error) => setProblem(wordsOf(error)));
  }, [lesson]);
  const names = useMemo(() => told?.rooms.map((one) => one.room.slice(0, LETTERS)) ?? [], [told]);
  const values = useMemo(() => told?.rooms.map((one) => one[measure]) ?? [], [told, measure]);
  if (problem) return <p class="band danger" role="alert">{problem}</p>;
  if (!told) return null;
  if (room) return <OverTime room={room} close={() => open("")} />;
  if (pupil) return <OnePupil room={pupil[0]} pupil={pupil[1]} close={() => look(null)} />;
  return (
    <section>
      <div class="row wrap">
        <h2 class="grow">{t("after.report.of", { n: told.rooms.length, minutes: Math.round(told.minutes) })}</h2>
        <a class="button" href={`/api/lessons/${lesson}/report.csv`} download>
          <Icon name="download" size={20} />
          {t("after.report.csv")}
        </a>
      </div>
      {told.rooms.length ? (
        <>
          <Measures now={measure} choose={setMeasure} />
          <Plot label={t(`after.report.${measure}` satisfies Key)} names={names} values={values} />
          <Rooms told={told} open={open} look={look} />
        </>
      ) : (
        <p class="none quiet-text">{t("after.report.none")}</p>
      )}
      <Quizzes told={told} />
    </section>
  );
}

function Measures({ now, choose }: { now: Measure; choose: (measure: Measure) => void }) {
  return (
    <div class="row wrap" role="group" aria-label={t("after.report.plot")}>
      {MEASURES.map((one) => (
        <button
          key={one}
          class="button"
          type="button"
          aria-pressed={one === now}
          onClick={() => choose(one)}
        >
          {t(`after.report.${one}` satisfies Key)}
        </button>
      ))}
    </div>
  );
}

interface RoomsProps {
  told: Told;
  open: (room: string) => void;
  look: (pupil: [string, string]) => void;
}

function Rooms({ told, open, look }: RoomsProps) {
  return (
    <div class="scroll">
      <table class="table">
        <thead>
          <tr>
            <th>{t("after.report.room")}</th>
            {MEASURES.map((one) => (
              <th key={one} class="number" scope="col">
                {t(`after.report.${one}` satisfies Key)}
              </th>
            ))}
            <th>{t("after.report.absent")}</th>
          </tr>
        </thead>
        <tbody>
          {told.rooms.map((one) => (
            <tr key={one.room}>
              <td>
                <button class="button quiet" type="button" onClick={() => open(one.room)}>
                  {one.room}
                </button>
              </td>
              {MEASURES.map((measure) => (
                <td key={measure} class="number">
                  {cell(one, measure)}
                </td>
              ))}
              <td>
                {(told.absent[one.room] ?? []).map((name) => (
                  <button
                    key={name}
                    class="button quiet"
                    type="button"
                    onClick={() => look([one.room, name])}
                  >
                    {name}
                  </button>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function cell(room: Room, measure: Measure): string {
  if (measure === "here") return room.pupils ? `${room.here}/${room.pupils}` : "–";
  if (measure === "right") return room.answers ? `${room.right}/${room.answers}` : "–";
  return `${Math.round(room[measure] * 10) / 10}`;
}

function Quizzes({ told }: { told: Told }) {
  return (
    <>
      {told.quizzes.map(({ number, question, right, rooms }) => (
        <section key={number}>
          <h3>
            {t("after.report.quiz", { n: number })} {question}{" "}
            {right.length > 0 && (
              <span class="badge ready">{t("after.report.answer", { right: right.join(" ") })}</span>
            )}
          </h3>
          <table class="table">
            <tbody>
              {Object.entries(rooms).map(([room, counts]) => (
                <tr key={room}>
                  <td>{room}</td>
                  <td>
                    {Object.entries(counts)
                      .map(([said, n]) => t("after.report.said", { said, n }))
                      .join("　")}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      ))}
    </>
  );
}

function Back({ close, title }: { close: () => void; title: string }) {
  return (
    <div class="row">
      <button class="button quiet" type="button" onClick={close}>
        <Icon name="chevron-left" size={20} />
        {t("common.back")}
      </button>
      <h2>{title}</h2>
    </div>
  );
}

function OverTime({ room, close }: { room: string; close: () => void }) {
  const [lessons, setLessons] = useState<Room[] | null>(null);
  const [measure, setMeasure] = useState<Measure>("hands");
  const [problem, setProblem] = useState("");
  useEffect(() => {
    const asked = new URLSearchParams({ room });
    get<{ lessons: Room[] }>(`/api/results/room?${asked}`).then(
      (found) => setLessons(found.lessons),
      (error) => setProblem(wordsOf(error)),
    );
  }, [room]);
  const times = useMemo(() => lessons?.map((one) => one.began_at) ?? [], [lessons]);
  const values = useMemo(() => lessons?.map((one) => one[measure]) ?? [], [lessons, measure]);
  return (
    <section>
      <Back close={close} title={t("after.report.over", { who: room })} />
      {problem && <p class="band danger" role="alert">{problem}</p>}
      {lessons && (
        <>
          <Measures now={measure} choose={setMeasure} />
          <Plot label={t(`after.report.${measure}` satisfies Key)} names={null} times={times} values={values} />
          <table class="table">
            <tbody>
              {[...lessons].reverse().map((one) => (
                <tr key={one.lesson}>
                  <td>{when(one.began_at)}</td>
                  <td class="number">
                    {t(`after.report.${measure}` satisfies Key)} {cell(one, measure)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
    </section>
  );
}

interface Pupil {
  lessons: { at: number; lesson: string; here: boolean }[];
  homework: { at: number; homework: string; mark: string }[];
}

function OnePupil({ room, pupil, close }: { room: string; pupil: string; close: () => void }) {
  const [told, setTold] = useState<Pupil | null>(null);
  const [problem, setProblem] = useState("");
  useEffect(() => {
    const asked = new URLSearchParams({ room, pupil });
    get<Pupil>(`/api/results/pupil?${asked}`).then(setTold, (error) => setProblem(wordsOf(error)));
  }, [room, pupil]);
  const here = told?.lessons.filter((one) => one.here).length ?? 0;
  return (
    <section>
      <Back close={close} title={`${pupil} · ${room}`} />
      {problem && <p class="band danger" role="alert">{problem}</p>}
      {told && (
        <>
          <p>{t("after.report.attended", { n: told.lessons.length, here })}</p>
          <table class="table">
            <tbody>
              {[...told.lessons].reverse().map(({ at, lesson, here }) => (
                <tr key={lesson}>
                  <td>{when(at)}</td>
                  <td>{t(here ? "after.report.was" : "after.report.was-not")}</td>
                </tr>
              ))}
              {told.homework.map(({ at, homework, mark }) => (
                <tr key={at}>
                  <td>{when(at)}</td>
                  <td>
                    {t("after.homework")}：{homework} <strong>{mark}</strong>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
    </section>
  );
}
