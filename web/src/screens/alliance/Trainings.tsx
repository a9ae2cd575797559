// Trainings of an alliance's teachers: when and where, who has registered, and who came.
import { useState } from "preact/hooks";
import { t } from "../../i18n";
import { Icon } from "../../style/Icon";
import { remove } from "../home/api";
import { useOpen } from "../home/useOpen";
import { when } from "../home/when";
import { Tick } from "./Policies";
import { ChangeOrRemove, KeepOrLeave } from "./Buttons";
import { Problem } from "./Problem";
import { idOf, nameOf, type Page, type Props, useSection } from "./alliance";

interface Training {
  id: string;
  title: string;
  about: string;
  place: string;
  starts_at: number;
  seats: number;
  version: number;
}

interface Attendee {
  training: string;
  account: string;
  shown: string;
  school: string;
  came: boolean;
}

interface Found {
  trainings: Training[];
  attendees: Attendee[];
  me: string;
}

export function Trainings({ page, at }: Props) {
  const { found, problem, send, again, failed } = useSection<Found>(`${at}/trainings`);
  const { open: written, show: write, close } = useOpen<Training | "new" | null>();
  const save = async (training: object) => {
    if (await send(`${at}/trainings`, training)) close(written);
  };
  return (
    <>
      <Problem words={problem} />
      {page.leads && !written && (
        <button class="button main" type="button" onClick={() => write("new")}>
          <Icon name="plus" size={20} />
          {t("alliance.training.new")}
        </button>
      )}
      {written && (
        <Write key={idOf(written)} from={written === "new" ? null : written} save={save} leave={() => write(null)} />
      )}
      {found?.trainings.length === 0 && <p class="none quiet-text">{t("alliance.training.none")}</p>}
      {found?.trainings.map((one) => {
        const its = `${at}/trainings/${encodeURIComponent(one.id)}`;
        return (
          <OneTraining
            key={one.id}
            page={page}
            one={one}
            me={found.me}
            who={found.attendees.filter(({ training }) => training === one.id)}
            register={(coming) => void send(`${its}/register`, { coming })}
            note={(account, came) => void send(`${its}/came`, { account, came })}
            change={() => write(one)}
            remove={() => void remove(`${its}?version=${one.version}`).then(again, failed)}
          />
        );
      })}
    </>
  );
}

interface OneProps {
  page: Page;
  one: Training;
  me: string;
  who: Attendee[];
  register: (coming: boolean) => void;
  note: (account: string, came: boolean) => void;
  change: () => void;
  remove: () => void;
}

function OneTraining({ page, one, me, who, register, note, change, remove: drop }: OneProps) {
  const mine = who.some(({ account }) => account === me);
  const over = one.starts_at * 1000 < Date.now();
  const came = who.filter((attendee) => attendee.came).length;
  const full = one.seats > 0 && who.length >= one.seats;
  return (
    <article class="card">
      <div class="row wrap">
        <h4 class="grow">{one.title}</h4>
        {mine && <Tick words={t("alliance.training.registered")} />}
        {page.own && !over && (
          <button class={mine ? "button quiet" : "button"} type="button" disabled={!mine && full} onClick={() => register(!mine)}>
            {t(mine ? "alliance.training.back" : "alliance.training.register")}
          </button>
        )}
        {over && <span class="badge over">{t("alliance.training.over")}</span>}
      </div>
      <p class="quiet-text">
        {[when(one.starts_at), one.place].filter(Boolean).join(" · ")} ·{" "}
        {t(one.seats ? "alliance.training.taken.of" : "alliance.training.taken", { n: who.length, m: one.seats })}
        {came > 0 && ` · ${t("alliance.training.came", { n: came })}`}
      </p>
      {one.about && <p class="text">{one.about}</p>}
      {who.length > 0 && (
        <details open={page.leads}>
          <summary>{t("alliance.training.who")}</summary>
          <ul>
            {who.map(({ account, shown, school, came }) => (
              <li key={account} class="row">
                <span class="grow">
                  {shown} <span class="quiet-text">{nameOf(page, school)}</span>
                </span>
                {page.leads ? (
                  <label class="row">
                    <input type="checkbox" checked={came} onChange={(event) => note(account, event.currentTarget.checked)} />
                    {t("alliance.training.here")}
                  </label>
                ) : (
                  came && <Tick words={t("alliance.training.here")} />
                )}
              </li>
            ))}
          </ul>
        </details>
      )}
      {page.leads && <ChangeOrRemove change={change} drop={drop} />}
    </article>
  );
}

/** A moment as a field of the browser has it, in its own time zone. */
function local(at: number): string {
  const day = new Date(at * 1000);
  return new Date(day.getTime() - day.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

interface WriteProps {
  from: Training | null;
  save: (training: object) => void;
  leave: () => void;
}

function Write({ from, save, leave }: WriteProps) {
  const [one, set] = useState({
    title: from?.title ?? "",
    about: from?.about ?? "",
    place: from?.place ?? "",
    seats: from?.seats ?? 0,
    starts_at: from?.starts_at ?? Math.ceil(Date.now() / 3_600_000) * 3600 + 7 * 24 * 3600,
  });
  return (
    <form
      class="card form"
      onSubmit={(event) => {
        event.preventDefault();
        save({ ...one, id: from?.id ?? "", version: from?.version ?? 0 });
      }}
    >
      <label>
        {t("alliance.name")}
        <input class="input" maxLength={80} value={one.title} onInput={(event) => set({ ...one, title: event.currentTarget.value })} />
      </label>
      <div class="row wrap">
        <label>
          {t("alliance.training.when")}
          <input
            class="input"
            type="datetime-local"
            value={local(one.starts_at)}
            onInput={(event) => {
              const at = new Date(event.currentTarget.value).getTime() / 1000;
              if (at) set({ ...one, starts_at: at });
            }}
          />
        </label>
        <label class="grow">
          {t("alliance.training.place")}
          <input class="input" maxLength={80} value={one.place} onInput={(event) => set({ ...one, place: event.currentTarget.value })} />
        </label>
        <label>
          {t("alliance.training.seats")}
          <input
            class="input"
            type="number"
            min={0}
            value={one.seats}
            onInput={(event) => set({ ...one, seats: Math.floor(Number(event.currentTarget.value)) })}
          />
        </label>
      </div>
      <label>
        {t("alliance.about")}
        <textarea class="input" rows={3} maxLength={1000} value={one.about} onInput={(event) => set({ ...one, about: event.currentTarget.value })} />
      </label>
      <KeepOrLeave words={t("alliance.save")} leave={leave} />
    </form>
  );
}
