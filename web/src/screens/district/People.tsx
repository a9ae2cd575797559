// The teachers and pupils of a school: found, added, changed, moved to another school, taken off.
import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../../i18n";
import { Icon } from "../../style/Icon";
import { asking, get, post } from "../home/api";
import { useOpen } from "../home/useOpen";
import { Editing, newId } from "./Editing";
import { Choice, Words } from "./Fields";
import { type Classroom, type Inside, type Overview, type Person, wordsOf } from "./district";

interface Props {
  inside: Inside;
  all: Overview;
  changed: () => void;
}

interface Found {
  people: Person[];
}

const MOST = 100; // people that the server shows at once

export function People({ inside, all, changed }: Props) {
  const { school, classrooms } = inside;
  const [people, setPeople] = useState<Person[] | null>(null);
  const [text, setText] = useState("");
  const [looks, lookAgain] = useState(0);
  const { open: chosen, show: choose, close } = useOpen<Person>();
  const [said, say] = useState("");
  const [gone, setGone] = useState<Person | null>(null);
  const [problem, setProblem] = useState("");
  const add = useRef<HTMLButtonElement>(null);
  const fail = (error: unknown) => setProblem(wordsOf(error));
  useEffect(() => {
    const asked = new URLSearchParams({ school: school.id, text });
    return asking<Found>(`/api/district/people?${asked}`, ({ people }) => setPeople(people), fail);
  }, [school.id, text, looks]);
  function told(words: string, removed: Person | null = null) {
    const still = close(chosen);
    say(words);
    setGone(removed);
    lookAgain(looks + 1);
    if (words) changed();
    if (still) add.current?.focus();
  }
  const undo = (person: Person) =>
    void post<Person>("/api/district/people", { ...person, version: 0 }).then(
      ({ name }) => told(t("district.people.back", { name })),
      fail,
    );
  const saved = (kept?: Person) => {
    if (!kept) return told("");
    const { name, number } = kept;
    setPeople(people && people.map((one) => (one.id === kept.id ? kept : one))); // whoever is quick changes this
    setText(text && (number || name)); // who was found by what has just been changed is still shown
    const away = all.schools.find(({ id }) => id === kept.school && id !== school.id)?.name;
    told(away ? t("district.people.moved", { name, school: away }) : t("district.form.saved", { name }));
  };
  const room = (id: string) => classrooms.find((one) => one.id === id)?.name ?? "";
  return (
    <>
      <div class="row wrap">
        <input
          class="input grow"
          type="search"
          aria-label={t("district.people.find")}
          placeholder={t("district.people.find")}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
        <button ref={add} class="button main" type="button" onClick={() => choose(blank(school.id))}>
          <Icon name="plus" size={20} />
          {t("district.people.new")}
        </button>
      </div>
      {problem && (
        <p class="band danger" role="alert">
          {problem}
        </p>
      )}
      {said && (
        <p class="band row wrap" role="status">
          {said}
          {gone && (
            <button class="button" type="button" onClick={() => undo(gone)}>
              <Icon name="undo" size={20} />
              {t("district.people.undo")}
            </button>
          )}
        </p>
      )}
      {chosen && (
        <PersonForm
          key={chosen.id}
          person={chosen}
          inside={inside}
          all={all}
          done={saved}
          removed={(one) => told(t("district.people.gone", { name: one.name }), one)}
        />
      )}
      {people?.length === 0 && <p class="none quiet-text">{t("district.people.none")}</p>}
      {people && people.length > 0 && (
        <table class="table">
          <thead>
            <tr>
              <th>{t("district.people.name")}</th>
              <th>{t("district.people.number")}</th>
              <th>{t("district.people.part")}</th>
              <th>{t("district.people.room")}</th>
              <th />
            </tr>
          </thead>
          <tbody>
            {people.map((one) => (
              <tr key={one.id}>
                <th scope="row">{one.name}</th>
                <td>{one.number}</td>
                <td>{t(`district.part.${one.part}`)}</td>
                <td>{room(one.classroom)}</td>
                <td>
                  <button
                    class="button quiet"
                    type="button"
                    aria-label={t("district.people.edit", { name: one.name })}
                    onClick={() => choose(one)}
                  >
                    {t("district.form.edit")}
                  </button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {people && people.length >= MOST && (
        <p class="quiet-text">{t("district.people.more", { n: MOST })}</p>
      )}
    </>
  );
}

function blank(school: string): Person {
  const rest = { number: "", account: "", classroom: "", row: 0, column: 0, version: 0 };
  return { id: newId("p"), school, name: "", part: "student", ...rest };
}

interface Form {
  person: Person;
  inside: Inside;
  all: Overview;
  done: (kept?: Person) => void;
  removed: (person: Person) => void;
}

function PersonForm({ person, inside, all, done, removed }: Form) {
  const [rooms, setRooms] = useState<Classroom[]>(inside.classrooms);
  const parts = [
    ["student", t("district.part.student")],
    ["teacher", t("district.part.teacher")],
  ];
  const schools = all.schools.map(({ id, name }) => [id, name]);
  const nameOf = (list: { id: string; name: string }[], id: string) =>
    list.find((one) => one.id === id)?.name ?? "";
  function move(school: string) {
    const path = `/api/district/schools/${encodeURIComponent(school)}`;
    get<Inside>(path).then((there) => setRooms(there.classrooms), () => setRooms([]));
    return { school, ...NOWHERE };
  }
  return (
    <Editing
      title={t(person.version ? "district.people.edit" : "district.people.new", { name: person.name })}
      first={person}
      path="/api/district/people"
      now={(id) => personNow(id)}
      told={(one) => [
        [t("district.people.name"), one.name],
        [t("district.people.number"), one.number],
        [t("district.people.part"), t(`district.part.${one.part}`)],
        [t("district.schools"), nameOf(all.schools, one.school)],
        [t("district.people.room"), nameOf(rooms, one.classroom)],
        [t("district.people.seat"), one.row ? `${one.row}-${one.column}` : ""],
        [t("district.people.account"), one.account],
      ]}
      explain={numberTaken}
      removal={t("district.people.sure", { name: person.name })}
      done={done}
      removed={removed}
      fields={(form, change) => (
        <>
          <Words first label={t("district.people.name")} value={form.name} input={(name) => change({ name })} />
          <Choice
            label={t("district.people.part")}
            value={form.part}
            options={parts}
            choose={(part) => change(part === "teacher" ? { part, ...NOWHERE } : { part: "student" })}
          />
          <Words
            optional
            label={t("district.people.number")}
            hint={t("district.people.number.how")}
            value={form.number}
            most={60}
            input={(number) => change({ number: number.trim() })}
          />
          {!all.own && schools.length > 1 && (
            <Choice
              label={t("district.schools")}
              value={form.school}
              options={schools}
              choose={(school) => change(move(school))}
            />
          )}
          {form.part === "student" ? (
            <Choice
              label={t("district.people.room")}
              value={form.classroom}
              options={[["", t("district.people.no-room")], ...rooms.map(({ id, name }) => [id, name])]}
              choose={(classroom) => change({ ...NOWHERE, classroom })}
            />
          ) : (
            <Words
              optional
              label={t("district.people.account")}
              hint={t("district.people.account.how")}
              value={form.account}
              most={60}
              input={(account) => change({ account: account.trim() })}
            />
          )}
        </>
      )}
    />
  );
}

const NOWHERE = { classroom: "", row: 0, column: 0 };

async function personNow(id: string): Promise<Person | undefined> {
  return (await get<Found>(`/api/district/people?${new URLSearchParams({ id })}`)).people[0];
}

/** Whose number it is that somebody else was to have. */
async function numberTaken(code: string, { number, school, id }: Person): Promise<string> {
  if (code !== "taken" || !number) return "";
  const asked = new URLSearchParams({ school, text: number });
  const { people } = await get<Found>(`/api/district/people?${asked}`);
  const other = people.find((one) => one.number === number && one.id !== id);
  return other ? t("district.people.taken", { number, name: other.name }) : "";
}
