// What classes of several schools do together, and how much each school's classes took part.
import { useEffect, useState } from "preact/hooks";
import { t } from "../../i18n";
import { Icon } from "../../style/Icon";
import { get, remove } from "../home/api";
import { useOpen } from "../home/useOpen";
import { ChangeOrRemove, KeepOrLeave } from "./Buttons";
import { Problem } from "./Problem";
import { type Exchange, idOf, nameOf, type Page, type Prepared, type Props, type TakenPart, useSection } from "./alliance";

interface Room {
  id: string;
  school: string;
  name: string;
}

interface Found {
  exchanges: Exchange[];
  held: Record<string, TakenPart[]>;
  rooms: Room[];
  schools: {
    school: string;
    lessons: number;
    hands: number;
    words: number;
    on_stage: number;
    pupils: number;
    here: number;
  }[];
}

const SUMS = ["lessons", "hands", "words", "stage", "here"] as const;

export function Exchanges({ page, at }: Props) {
  const { found, problem, send, again, failed } = useSection<Found>(`${at}/exchanges`);
  const { open: written, show: write, close } = useOpen<Exchange | "new" | null>();
  if (!found) return <Problem words={problem} />;
  const save = async (exchange: object) => {
    if (await send(`${at}/exchanges`, exchange)) close(written);
  };
  const drop = ({ id, version }: Exchange) =>
    void remove(`${at}/exchanges/${encodeURIComponent(id)}?version=${version}`).then(again, failed);
  return (
    <>
      <Problem words={problem} />
      {page.leads && !written && (
        <button class="button main" type="button" onClick={() => write("new")}>
          <Icon name="plus" size={20} />
          {t("alliance.exchange.new")}
        </button>
      )}
      {written && (
        <Write
          key={idOf(written)}
          page={page}
          at={at}
          rooms={found.rooms}
          from={written === "new" ? null : written}
          save={save}
          leave={() => write(null)}
        />
      )}
      {found.exchanges.length === 0 && <p class="none quiet-text">{t("alliance.exchange.none")}</p>}
      {found.exchanges.map((one) => (
        <OneExchange key={one.id} page={page} one={one} found={found} change={() => write(one)} drop={() => drop(one)} />
      ))}
      <h4>{t("alliance.exchange.sums")}</h4>
      <div class="scroll">
        <table class="table">
          <thead>
            <tr>
              <th scope="col">{t("alliance.school")}</th>
              {SUMS.map((one) => (
                <th key={one} class="number" scope="col">
                  {t(`alliance.exchange.${one}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {found.schools.map((one) => (
              <tr key={one.school}>
                <th scope="row">{nameOf(page, one.school)}</th>
                <td class="number">{one.lessons}</td>
                <td class="number">{one.hands}</td>
                <td class="number">{one.words}</td>
                <td class="number">{Math.round(one.on_stage)}</td>
                <td class="number">{one.pupils ? `${Math.round((100 * one.here) / one.pupils)}%` : "–"}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

interface OneProps {
  page: Page;
  one: Exchange;
  found: Found;
  change: () => void;
  drop: () => void;
}

function OneExchange({ page, one, found, change, drop }: OneProps) {
  const classes = one.rooms.map((id) => {
    const room = found.rooms.find((each) => each.id === id);
    return room ? `${nameOf(page, room.school)} ${room.name}` : "";
  });
  const did = found.held[one.lesson] ?? [];
  return (
    <article class="card">
      <div class="row wrap">
        <h4 class="grow">{one.title}</h4>
        <span class="digits">{one.day}</span>
      </div>
      <p class="quiet-text">{classes.filter(Boolean).join("、")}</p>
      {one.about && <p class="text">{one.about}</p>}
      {one.lesson && did.length === 0 && <p class="quiet-text">{t("alliance.exchange.quiet")}</p>}
      <ul>
        {did.map((room) => (
          <li key={room.room}>{t("alliance.exchange.did", { ...room, stage: Math.round(room.on_stage) })}</li>
        ))}
      </ul>
      {page.leads && <ChangeOrRemove change={change} drop={drop} />}
    </article>
  );
}

const today = () => {
  const now = new Date();
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
};

interface WriteProps extends Props {
  rooms: Room[];
  from: Exchange | null;
  save: (exchange: object) => void;
  leave: () => void;
}

function Write({ page, at, rooms, from, save, leave }: WriteProps) {
  const [one, set] = useState({
    title: from?.title ?? "",
    about: from?.about ?? "",
    day: from?.day ?? today(),
    rooms: from?.rooms ?? [],
    lesson: from?.lesson ?? "",
  });
  const [lessons, setLessons] = useState<Prepared[]>([]);
  useEffect(() => {
    void get<{ prepared: Prepared[] }>(`${at}/research`).then(({ prepared }) => setLessons(prepared), () => undefined);
  }, [at]);
  const mark = (id: string) =>
    set({ ...one, rooms: one.rooms.includes(id) ? one.rooms.filter((each) => each !== id) : [...one.rooms, id] });
  return (
    <form
      class="card form"
      onSubmit={(event) => {
        event.preventDefault();
        save({ ...one, id: from?.id ?? "", version: from?.version ?? 0 });
      }}
    >
      <div class="row wrap">
        <label class="grow">
          {t("alliance.name")}
          <input class="input" maxLength={80} value={one.title} onInput={(event) => set({ ...one, title: event.currentTarget.value })} />
        </label>
        <label>
          {t("alliance.exchange.day")}
          <input class="input" type="date" value={one.day} onInput={(event) => set({ ...one, day: event.currentTarget.value })} />
        </label>
        <label>
          {t("alliance.exchange.lesson")}
          <select class="input" value={one.lesson} onChange={(event) => set({ ...one, lesson: event.currentTarget.value })}>
            <option value="">{t("alliance.exchange.no-lesson")}</option>
            {lessons.map(({ lesson, title }) => (
              <option key={lesson} value={lesson}>
                {title}
              </option>
            ))}
          </select>
        </label>
      </div>
      <fieldset>
        <legend>{t("alliance.exchange.rooms")}</legend>
        <div class="row wrap">
          {rooms.map(({ id, school, name }) => (
            <label key={id} class="row">
              <input type="checkbox" checked={one.rooms.includes(id)} onChange={() => mark(id)} />
              {nameOf(page, school)} {name}
            </label>
          ))}
        </div>
      </fieldset>
      <label>
        {t("alliance.about")}
        <textarea class="input" rows={3} maxLength={1000} value={one.about} onInput={(event) => set({ ...one, about: event.currentTarget.value })} />
      </label>
      <KeepOrLeave words={t("alliance.save")} leave={leave} />
    </form>
  );
}
