// A school's classrooms, and who sits where in the one that is chosen.
import { useEffect, useState } from "preact/hooks";
import { t } from "../../i18n";
import { asking, post } from "../home/api";
import { Icon } from "../../style/Icon";
import { Consents } from "./Consents";
import { RoomForm } from "./Places";
import { Pupil } from "./Pupil";
import { type Classroom, type Inside, type Person, wordsOf } from "./district";

interface Roster {
  classroom: Classroom;
  pupils: Person[];
  standing: string[];
  /** Of its latest door check. */
  grade: string | null;
  checked_at: number;
}

export function Rooms({ inside, changed }: { inside: Inside; changed: () => void }) {
  const [id, choose] = useState(inside.classrooms[0]?.id ?? "");
  const [form, edit] = useState<"new" | "old" | "">("");
  const room = inside.classrooms.find((one) => one.id === id);
  function done(kept?: Classroom) {
    edit("");
    if (!kept) return;
    choose(kept.id);
    changed();
  }
  return (
    <>
      {form && (
        <RoomForm
          key={`${form} ${id}`}
          school={inside.school.id}
          room={form === "old" && room ? room : null}
          done={done}
          removed={() => {
            edit("");
            choose(inside.classrooms.find((one) => one.id !== id)?.id ?? "");
            changed();
          }}
        />
      )}
      {!room && <p class="none quiet-text">{t("district.no-rooms")}</p>}
      <div class="row wrap">
        {inside.classrooms.map((room) => (
          <button
            key={room.id}
            class="button quiet"
            type="button"
            aria-pressed={room.id === id}
            onClick={() => choose(room.id)}
          >
            {room.name}
          </button>
        ))}
        <span class="grow" />
        {room && (
          <button class="button quiet" type="button" onClick={() => edit("old")}>
            {t("district.room.edit")}
          </button>
        )}
        <button class="button" type="button" onClick={() => edit("new")}>
          <Icon name="plus" size={20} />
          {t("district.room.new")}
        </button>
      </div>
      {room && <Seats key={`${id} ${room.version}`} id={id} changed={changed} />}
    </>
  );
}

function Seats({ id, changed }: { id: string; changed: () => void }) {
  const [roster, setRoster] = useState<Roster | null>(null);
  const [taken, take] = useState<Person | null>(null);
  const [problem, setProblem] = useState("");
  const fail = (error: unknown) => setProblem(wordsOf(error));
  function open() {
    take(null);
    return asking<Roster>(`/api/district/classrooms/${encodeURIComponent(id)}`, setRoster, fail);
  }
  useEffect(open, [id]);
  if (!roster) return problem ? <p class="band danger">{problem}</p> : null;
  const { classroom, pupils, standing } = roster;

  function put(row: number, column: number) {
    if (!taken) return;
    post("/api/district/people", { ...taken, row, column }).then(() => {
      setProblem("");
      open();
      changed();
    }, fail);
  }
  const seated = (row: number, column: number) =>
    pupils.find((one) => one.row === row && one.column === column && !standing.includes(one.id));
  const one = (pupil: Person) => (
    <button
      key={pupil.id}
      class="seat"
      type="button"
      aria-pressed={taken?.id === pupil.id}
      onClick={() => take(taken?.id === pupil.id ? null : pupil)}
    >
      {pupil.name}
      <span class="quiet-text">{pupil.number}</span>
    </button>
  );
  const when = new Date(roster.checked_at * 1000).toLocaleString(document.documentElement.lang);
  return (
    <>
      <p>
        {roster.grade ? t("district.checked", { grade: roster.grade, when }) : t("district.unchecked")}
      </p>
      <p class="quiet-text">
        {t(taken ? "district.seats.where" : "district.seats.how", { name: taken?.name ?? "" })}
      </p>
      {problem && (
        <p class="band danger" role="alert">
          {problem}
        </p>
      )}
      <div class="seats" style={{ "--columns": String(classroom.columns) }}>
        <p class="front">{t("district.seats.front")}</p>
        {Array.from({ length: classroom.rows * classroom.columns }, (_, n) => {
          const [row, column] = [Math.floor(n / classroom.columns) + 1, (n % classroom.columns) + 1];
          const pupil = seated(row, column);
          if (pupil) return one(pupil);
          return (
            <button
              key={n}
              class="seat free"
              type="button"
              disabled={!taken}
              aria-label={t("district.seats.free", { row, column })}
              onClick={() => put(row, column)}
            />
          );
        })}
      </div>
      {standing.length > 0 && (
        <>
          <h3>{t("district.seats.standing", { n: standing.length })}</h3>
          <div class="row wrap">{pupils.filter(({ id }) => standing.includes(id)).map(one)}</div>
        </>
      )}
      {taken?.part === "student" && (
        <Pupil
          person={taken}
          changed={() => {
            open();
            changed();
          }}
        />
      )}
      <Consents classroom={classroom} pupils={pupils} />
    </>
  );
}
