// A school with its bells, its classrooms, and the district's terms: each in a form of its own.
import { useRef, useState } from "preact/hooks";
import { t } from "../../i18n";
import { Icon } from "../../style/Icon";
import { get } from "../home/api";
import { useOpen } from "../home/useOpen";
import { Editing, newId } from "./Editing";
import { Choice, Count, Day, Time, Words } from "./Fields";
import { type Bell, type Classroom, type Inside, type Overview, type School, type Term, clock, there } from "./district";

const MOST_BELLS = 16;
const WIDEST = 20; // seats in a row, and rows
const BELLS = [500, 550, 610, 660, 840, 890, 940, 985].map((at): Bell => [at, at + 40]);

/** The first lesson of the day that begins or ends at a time that cannot be, from 1; 0 for none. */
function badBell(bells: Bell[]): number {
  return bells.findIndex(([from, to], n) => from >= to || from < (bells[n - 1]?.[1] ?? 0)) + 1;
}

interface SchoolProps {
  school: School | null;
  all: Overview;
  done: (kept?: School) => void;
  removed: () => void;
}

export function SchoolForm({ school, all, done, removed }: SchoolProps) {
  const alliances = [["", t("district.school.alone")], ...all.alliances.map(({ id, name }) => [id, name])];
  const first = school ?? { id: newId("s"), name: "", alliance: "", bells: BELLS, version: 0, after_bells: [] };
  return (
    <Editing
      title={t(school ? "district.school.edit" : "district.school.new")}
      first={first}
      path="/api/district/schools"
      now={async (id) => (await there<Inside>(`/api/district/schools/${encodeURIComponent(id)}`))?.school}
      told={(one) => [
        [t("district.people.name"), one.name],
        [t("district.school.alliance"), alliances.find(([id]) => id === one.alliance)?.[1] ?? ""],
        [t("district.school.bells"), times(one.bells)],
        [t("district.school.after-bells"), times(one.after_bells) || t("district.school.after-bells.none")],
      ]}
      wrong={({ bells, after_bells }) => {
        const n = badBell(bells) || badBell(after_bells);
        return n ? t("district.school.bad-bell", { n }) : "";
      }}
      {...(all.own ? {} : { removal: t("district.school.sure", { name: first.name }) })}
      done={done}
      removed={removed}
      fields={(form, change) => (
        <>
          <Words first label={t("district.school.name")} value={form.name} input={(name) => change({ name })} />
          {!all.own && (
            <Choice
              label={t("district.school.alliance")}
              value={form.alliance}
              options={alliances}
              choose={(alliance) => change({ alliance })}
            />
          )}
          <Bells title={t("district.school.bells")} of="" bells={form.bells} change={(bells) => change({ bells })} />
          <Bells
            title={t("district.school.after-bells")}
            of={t("district.school.after-bells.of")}
            about={t("district.school.after-bells.about")}
            bells={form.after_bells}
            change={(after_bells) => change({ after_bells })}
            begin={form.bells.at(-1)?.[1] ?? 0}
          />
        </>
      )}
    />
  );
}

const times = (bells: Bell[]) => bells.map(([from, to]) => `${clock(from)}–${clock(to)}`).join(" ");

interface BellsProps {
  title: string;
  /** What comes before the number of a lesson; "" of the day's. */
  of: string;
  about?: string;
  bells: Bell[];
  change: (bells: Bell[]) => void;
  /** The minute after which the first may ring. */
  begin?: number;
}

function Bells({ title, of, about, bells, change, begin = 490 }: BellsProps) {
  const [from, to] = bells.at(-1) ?? [begin - 40, begin];
  const next: Bell = [to + 10, to + 10 + (to - from)];
  const put = (n: number, bell: Bell) => change(bells.map((one, at) => (at === n ? bell : one)));
  return (
    <fieldset class="listeners bells">
      <legend>{title}</legend>
      {about && <p class="small quiet-text">{about}</p>}
      {bells.map((bell, n) => (
        <div class="row" key={n}>
          <span class="number">{t("district.school.bell", { n: n + 1 })}</span>
          <Time
            label={t("district.school.from", { n: n + 1, of })}
            value={bell[0]}
            input={(from) => put(n, [from, bell[1]])}
          />
          –
          <Time
            label={t("district.school.to", { n: n + 1, of })}
            value={bell[1]}
            input={(to) => put(n, [bell[0], to])}
          />
          <button
            class="button quiet"
            type="button"
            aria-label={t("district.school.less", { n: n + 1, of })}
            onClick={() => change(bells.filter((_, at) => at !== n))}
          >
            <Icon name="x" size={20} />
          </button>
        </div>
      ))}
      {bells.length < MOST_BELLS && next[1] <= 24 * 60 && (
        <button class="button" type="button" onClick={() => change([...bells, next])}>
          <Icon name="plus" size={20} />
          {t("district.school.more", { of })}
        </button>
      )}
    </fieldset>
  );
}

interface RoomProps {
  school: string;
  room: Classroom | null;
  done: (kept?: Classroom) => void;
  removed: () => void;
}

export function RoomForm({ school, room, done, removed }: RoomProps) {
  const first = room ?? { id: newId("c"), school, name: "", rows: 6, columns: 8, version: 0 };
  return (
    <Editing
      title={t(room ? "district.room.edit" : "district.room.new")}
      first={first}
      path="/api/district/classrooms"
      now={async (id) => {
        const path = `/api/district/classrooms/${encodeURIComponent(id)}`;
        return (await there<{ classroom: Classroom }>(path))?.classroom;
      }}
      told={(one) => [
        [t("district.room.name"), one.name],
        [t("district.room.rows"), String(one.rows)],
        [t("district.room.columns"), String(one.columns)],
      ]}
      removal={t("district.room.sure", { name: first.name })}
      done={done}
      removed={removed}
      fields={(form, change) => (
        <>
          <Words first label={t("district.room.name")} value={form.name} input={(name) => change({ name })} />
          <Count label={t("district.room.rows")} most={WIDEST} value={form.rows} input={(rows) => change({ rows })} />
          <Count
            label={t("district.room.columns")}
            most={WIDEST}
            value={form.columns}
            input={(columns) => change({ columns })}
          />
        </>
      )}
    />
  );
}

/** The terms of the whole district; the newest first. */
export function Terms({ all, changed }: { all: Overview; changed: () => void }) {
  const { open: chosen, show: choose, close } = useOpen<Term>();
  const [said, say] = useState("");
  const add = useRef<HTMLButtonElement>(null);
  function told(words = "") {
    const still = close(chosen);
    say(words);
    if (words) changed();
    if (still) add.current?.focus();
  }
  return (
    <>
      <div class="row wrap">
        <h3 class="grow">{t("district.terms")}</h3>
        <button
          ref={add}
          class="button"
          type="button"
          onClick={() => choose({ id: newId("t"), name: "", first: "", last: "", version: 0 })}
        >
          <Icon name="plus" size={20} />
          {t("district.term.new")}
        </button>
      </div>
      {said && (
        <p class="band" role="status">
          {said}
        </p>
      )}
      {chosen && (
        <Editing
          key={chosen.id}
          title={t(chosen.version ? "district.term.edit" : "district.term.new")}
          first={chosen}
          path="/api/district/terms"
          now={async (id) => (await get<Overview>("/api/district")).terms.find((one) => one.id === id)}
          told={(one) => [
            [t("district.term.name"), one.name],
            [t("district.term.first"), one.first],
            [t("district.term.last"), one.last],
          ]}
          wrong={({ first, last }) => (first < last ? "" : t("district.error.bad-term"))}
          removal={t("district.term.sure", { name: chosen.name })}
          done={(kept) => told(kept && t("district.form.saved", { name: kept.name }))}
          removed={({ name }) => told(t("district.form.removed", { name }))}
          fields={(form, change) => (
            <>
              <Words first label={t("district.term.name")} value={form.name} input={(name) => change({ name })} />
              <Day label={t("district.term.first")} value={form.first} input={(first) => change({ first })} />
              <Day label={t("district.term.last")} value={form.last} input={(last) => change({ last })} />
            </>
          )}
        />
      )}
      {all.terms.map((one) => (
        <div key={one.id} class="card row wrap">
          <strong>{one.name}</strong>
          <span class="grow quiet-text">
            {one.first} – {one.last}
          </span>
          <button
            class="button quiet"
            type="button"
            aria-label={t("district.people.edit", { name: one.name })}
            onClick={() => choose(one)}
          >
            {t("district.form.edit")}
          </button>
        </div>
      ))}
    </>
  );
}
