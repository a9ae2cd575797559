// The lessons of a contest: watched and judged while it goes on, in their places when it is over.
import { useState } from "preact/hooks";
import { t } from "../../i18n";
import { Icon } from "../../style/Icon";
import { KeepOrLeave } from "../alliance/Buttons";
import { post } from "../home/api";
import { useOpen } from "../home/useOpen";
import { type Act, type Entry, most, type Page } from "./contests";

interface Props {
  page: Page;
  at: string;
  act: Act;
}

export function Entries({ page, at, act }: Props) {
  const { open, show, close } = useOpen<string>();
  async function give(lesson: string, asked: Promise<Page>) {
    if (await act(asked)) close(lesson);
  }
  return (
    <section class="card">
      <div class="row wrap">
        <h2 class="grow">{t(page.closed_at ? "contest.places" : "contest.entries")}</h2>
        {page.closed_at > 0 && (
          <a class="button quiet" href={`${at}/places.csv`} download>
            <Icon name="download" size={20} />
            {t("contest.sheet")}
          </a>
        )}
      </div>
      {page.entries.length === 0 && <p class="quiet-text">{t("contest.entries.none")}</p>}
      <ul>
        {page.entries.map((one) => (
          <li key={one.lesson} class="entry">
            <Line one={one} page={page} judge={open === one.lesson ? null : () => show(one.lesson)} />
            {open === one.lesson && (
              <Give
                one={one}
                page={page}
                give={(body) => void give(one.lesson, post<Page>(`${at}/lessons/${one.lesson}/verdict`, body))}
                leave={() => close(one.lesson)}
              />
            )}
            {page.closed_at > 0 && <Came one={one} />}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Line({ one, page, judge }: { one: Entry; page: Page; judge: (() => void) | null }) {
  const judges = page.judging && !one.mine && one.there;
  const given = one.verdict?.points.reduce((all, n) => all + n, 0);
  return (
    <div class="row wrap">
      {page.closed_at > 0 && <span class="rank">{one.rank ? t("contest.rank", { n: one.rank }) : t("contest.rank.none")}</span>}
      <strong>{one.title}</strong>
      <span class="grow quiet-text">{[one.shown, one.school].filter(Boolean).join(" · ")}</span>
      {!one.there && <span class="badge">{t("contest.gone")}</span>}
      {given !== undefined && <span class="badge ready">{t("contest.given", { n: given, all: most(page.criteria) })}</span>}
      {one.there && (judges || one.mine || page.announces) && (
        <a class="button" href={`/replay/${one.lesson}`}>
          <Icon name="play" size={20} />
          {t("alliance.resource.watch")}
        </a>
      )}
      {judges && judge && (
        <button class="button main" type="button" onClick={judge}>
          {t(one.verdict ? "contest.judge.again" : "contest.judge")}
        </button>
      )}
    </div>
  );
}

/** How a lesson came out: points by what the rubric asks, and what judges wrote. */
function Came({ one }: { one: Entry }) {
  if (!one.judges) return null;
  return (
    <>
      <p class="quiet-text">
        <strong>{t("contest.points", { n: rounded(one.points) })}</strong> · {t("contest.by", { n: one.judges })} ·{" "}
        {one.averages.map(({ name, points }) => `${name} ${rounded(points)}`).join(" · ")}
      </p>
      {one.remarks.map(({ shown, text }, n) => (
        <blockquote key={n} class="remark">
          {text} {shown && <span class="quiet-text">{shown}</span>}
        </blockquote>
      ))}
    </>
  );
}

const rounded = (points: number) => Math.round(points * 10) / 10;

interface GiveProps {
  one: Entry;
  page: Page;
  give: (body: { points: (number | null)[]; summary: string; version: number }) => void;
  leave: () => void;
}

function Give({ one, page, give, leave }: GiveProps) {
  const before = one.verdict;
  const [points, setPoints] = useState<(number | null)[]>(before?.points ?? page.criteria.map(() => null));
  const [summary, setSummary] = useState(before?.summary ?? "");
  function save(event: Event) {
    event.preventDefault();
    give({ points, summary, version: before?.version ?? 0 });
  }
  return (
    <form class="evaluate" onSubmit={save}>
      {page.criteria.map(({ name, most: best }, n) => (
        <label key={name} class="criterion">
          <span class="grow">{name}</span>
          <input
            class="input"
            type="number"
            required
            min={0}
            max={best}
            aria-label={name}
            value={points[n] ?? ""}
            onInput={(event) => {
              const said = event.currentTarget.value;
              setPoints(points.map((now, i) => (i === n ? (said ? Number(said) : null) : now)));
            }}
          />
          <span class="quiet-text">/{best}</span>
        </label>
      ))}
      <label class="field">
        <span>{t("contest.summary")}</span>
        <textarea class="input" rows={3} maxLength={1000} value={summary} onInput={(event) => setSummary(event.currentTarget.value)} />
      </label>
      <KeepOrLeave words={t("contest.give")} leave={leave} />
    </form>
  );
}
