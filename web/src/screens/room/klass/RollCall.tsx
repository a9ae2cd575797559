// Roll-call on the seat map: all are here until a seat is touched.
import { useSignal } from "@preact/signals";
import { t } from "../../../i18n";
import { Icon } from "../../../style/Icon";
import type { Pupil, Roster } from "../../../wire.gen";
import type { Live } from "../../live/live";
import { called, countHere, placeOf, rowsOf } from "../../live/pupils";
import { Classes } from "./Classes";

const MOST_PUPILS = 80;
const COLUMNS = [4, 5, 6, 7, 8, 9, 10];
const USUAL = 6; // seats in a row of a village's classroom

interface Props {
  live: Live;
  room: string;
}

export function RollCall({ live, room }: Props) {
  const roster = live.store.signals.roll.value.rosters.get(room);
  const editing = useSignal(false);
  const typed = useSignal(false);
  const known = live.store.you.value?.role === "co-teacher" && !typed.value;
  if (known && (!roster || editing.value)) {
    return <Classes live={live} room={room} done={() => (editing.value = false)} type={() => (typed.value = true)} />;
  }
  if (!roster || editing.value) {
    return <List live={live} room={room} roster={roster} done={() => (editing.value = false)} />;
  }
  return <Seats live={live} room={room} roster={roster} edit={() => (editing.value = true)} />;
}

interface ListProps extends Props {
  roster: Roster | undefined;
  done(): void;
}

function List({ live, room, roster, done }: ListProps) {
  const names = useSignal(roster?.pupils.map(({ name }) => name).join("\n").trim() ?? "");
  const count = useSignal(String(roster?.pupils.length ?? 30));
  const columns = useSignal(roster?.columns ?? USUAL);
  const typed = names.value.split(/[\n,，、;；]+/).map((name) => name.trim());
  const listed = typed.filter(Boolean);
  function begin(event: Event) {
    event.preventDefault();
    const all = listed.length ? listed : Array<string>(Number(count.value)).fill("");
    live.connection.ask({ t: "roll.list", room, names: all, columns: columns.value });
    done();
  }
  return (
    <form class="roll-list" onSubmit={begin}>
      <label class="field">
        <span>{t("roll.names")}</span>
        <textarea
          class="input"
          rows={6}
          value={names.value}
          placeholder={t("roll.names.example")}
          onInput={(event) => (names.value = event.currentTarget.value)}
        />
      </label>
      <div class="row wrap">
        {!listed.length && (
          <label class="field">
            <span>{t("roll.count")}</span>
            <input
              class="input"
              type="number"
              min={1}
              max={MOST_PUPILS}
              required
              value={count.value}
              onInput={(event) => (count.value = event.currentTarget.value)}
            />
          </label>
        )}
        <label class="field">
          <span>{t("roll.columns")}</span>
          <select
            class="input"
            value={columns.value}
            onChange={(event) => (columns.value = Number(event.currentTarget.value))}
          >
            {COLUMNS.map((n) => (
              <option key={n} value={n}>
                {n}
              </option>
            ))}
          </select>
        </label>
        <button class="button main" type="submit">
          {t("roll.begin")}
        </button>
      </div>
      <p class="small quiet-text">{t("roll.private")}</p>
    </form>
  );
}

interface SeatsProps extends Props {
  roster: Roster;
  edit(): void;
}

function Seats({ live, room, roster, edit }: SeatsProps) {
  const [n, m] = [countHere(roster), roster.pupils.length];
  return (
    <>
      <p class="row wrap roll-sum" role="status">
        <strong class="grow">{t("roll.here", { n, m })}</strong>
        {n < m && <span class="absent-sum">{t("roll.absent", { n: m - n })}</span>}
      </p>
      <p class="front small quiet-text">{t("roll.front")}</p>
      <ol class="seats" style={rowsOf(roster.columns)}>
        {roster.pupils.map((pupil, i) => (
          <Seat key={i} live={live} room={room} pupil={pupil} number={i + 1} at={placeOf(roster, i)} />
        ))}
      </ol>
      <div class="row wrap">
        <span class="grow small quiet-text">{t("roll.how")}</span>
        <button class="button" type="button" onClick={edit}>
          {t("roll.again")}
        </button>
        <button
          class={roster.taken_at === null ? "button main" : "button"}
          type="button"
          onClick={() => live.connection.ask({ t: "roll.take", room })}
        >
          <Icon name="check" />
          {t(roster.taken_at === null ? "roll.done" : "roll.done.at")}
        </button>
      </div>
    </>
  );
}

interface SeatProps extends Props {
  pupil: Pupil;
  number: number;
  at: ReturnType<typeof placeOf>;
}

function Seat({ live, room, pupil, number, at }: SeatProps) {
  const { name, here } = pupil;
  const is = t(here ? "roll.is-here" : "roll.is-absent");
  return (
    <li style={at}>
      <button
        class={here ? "seat" : "seat absent"}
        type="button"
        aria-pressed={here}
        aria-label={t("roll.seat", { who: called(name, number), is })}
        onClick={() => live.connection.ask({ t: "roll.mark", room, pupil: number, here: !here })}
      >
        <span class="small digits">{number}</span>
        <span class="name">{called(name, number)}</span>
        {!here && <b class="small">{t("roll.absent.short")}</b>}
      </button>
    </li>
  );
}
