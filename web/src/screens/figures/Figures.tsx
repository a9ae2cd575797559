// Figures of a month: the region, an alliance of it, a school of that, each a page that leads to the next.
import "../../i18n/after";
import "../../i18n/figures";
import "../../i18n/staff";
import { useEffect, useMemo, useState } from "preact/hooks";
import { LangButton } from "../../i18n/LangButton";
import { t } from "../../i18n";
import { go } from "../../router";
import { Icon } from "../../style/Icon";
import { useTitle } from "../../style/title";
import { Plot } from "../after/Plot";
import { Lessons } from "../district/Lessons";
import { wordsOf } from "../district/district";
import { asking, codeOf } from "../home/api";
import { SumTable } from "./SumTable";
import { added, daysOf, type Held, MEASURES, type Measure, monthBefore, type Sum, thisMonth, valueOf } from "./figures";
import "../after/after.css";

const MOST_BARS = 12; // names beside one another that can be read

/** `alliance/ID`, `school/ID`, or nothing for all one looks after. */
export default function Figures({ id = "" }: { id?: string }) {
  useTitle(t("figures.title"));
  const [kind = "", encoded = ""] = id.split("/");
  const of = decodeURIComponent(encoded);
  const [month, setMonth] = useState(thisMonth());
  const [held, setHeld] = useState<Held | null>(null);
  const [before, setBefore] = useState<Held | null>(null);
  const [problem, setProblem] = useState("");
  const only = kind === "alliance" || kind === "school" ? `&${kind}=${encodeURIComponent(of)}` : "";
  useEffect(() => {
    if (!month) return;
    const fail = (error: unknown) => (codeOf(error) === "login" ? go("/login") : setProblem(wordsOf(error)));
    setProblem("");
    const undo = [
      asking<Held>(`/api/months?${daysOf(month)}${only}`, setHeld, fail),
      asking<Held>(`/api/months?${daysOf(monthBefore(month))}${only}`, setBefore, () => setBefore(null)),
    ];
    return () => undo.forEach((one) => one());
  }, [month, only]);
  const school = kind === "school" ? of : (held?.own ?? "");
  return (
    <div class="figures">
      <header>
        <button class="button quiet" type="button" onClick={() => go("/home")}>
          <Icon name="chevron-left" size={20} />
          {t("common.back")}
        </button>
        <h1>{t("figures.title")}</h1>
        <span class="grow" />
        <LangButton />
      </header>
      <main>
        <div class="row wrap head">
          {held && <Path held={held} kind={kind} of={of} />}
          <span class="grow" />
          <label class="row">
            {t("district.month.which")}
            <input class="input" type="month" value={month} onInput={(event) => setMonth(event.currentTarget.value)} />
          </label>
          <a class="button" href={`/api/months.csv?${daysOf(month)}${only}`} download>
            <Icon name="download" size={20} />
            {t("district.month.csv")}
          </a>
        </div>
        {problem && (
          <p class="band danger" role="alert">
            {problem}
          </p>
        )}
        {held && held.schools.length === 0 && <p class="none quiet-text">{t("district.month.none")}</p>}
        {held && held.schools.length > 0 && <Board held={held} before={before} kind={kind} />}
        {held && held.schools.length > 0 && school && (
          <Lessons days={daysOf(month)} school={school} name={t("figures.lessons")} />
        )}
      </main>
    </div>
  );
}

/** Where one is: region, alliance, school; each part but the last leads back. */
function Path({ held, kind, of }: { held: Held; kind: string; of: string }) {
  const alliance = kind === "alliance" ? of : kind === "school" ? (held.alliance_of[of] ?? "") : "";
  const parts = [
    !held.own && { to: "/figures", name: t("district.month.region") },
    !held.own && alliance && { to: to("alliance", alliance), name: held.alliances[alliance] ?? alliance },
    (held.own || kind === "school") && { to: "", name: held.names[held.own || of] ?? of },
  ].filter((one) => one !== false && one !== "");
  return (
    <nav class="row wrap" aria-label={t("figures.where")}>
      {parts.map((one, n) =>
        n < parts.length - 1 ? (
          <button key={one.to} class="button quiet" type="button" onClick={() => go(one.to)}>
            {one.name}
            <Icon name="chevron-right" size={20} />
          </button>
        ) : (
          <h2 key={one.to} aria-current="page">
            {one.name}
          </h2>
        ),
      )}
    </nav>
  );
}

const to = (kind: string, of: string) => `/figures/${kind}/${encodeURIComponent(of)}`;

/** The sums as large numbers, of which one is chosen: its days and its rows are drawn below. */
function Board({ held, before, kind }: { held: Held; before: Held | null; kind: string }) {
  const [measure, choose] = useState<Measure>("lessons");
  const region = !held.own && kind === "";
  const sum = useMemo(() => added("", held.schools), [held]);
  const last = useMemo(() => (before?.schools.length ? added("", before.schools) : null), [before]);
  const rows = useMemo(() => (region ? byAlliance(held) : held.schools), [held, region]);
  const names = region ? { ...held.alliances, "": t("figures.nobody") } : held.names;
  const title = t(`figures.${measure}`);
  const days = useMemo(() => held.days.filter((day) => valueOf(day, measure) !== null), [held, measure]);
  const times = useMemo(() => days.map(({ of }) => new Date(`${of}T12:00`).getTime() / 1000), [days]);
  const values = useMemo(() => days.map((day) => valueOf(day, measure) ?? 0), [days, measure]);
  const bars = useMemo(
    () => ({ names: rows.map(({ of }) => names[of] ?? ""), values: rows.map((row) => valueOf(row, measure) ?? 0) }),
    [rows, measure, held],
  );
  const open = region
    ? (of: string) => of && go(to("alliance", of))
    : kind === "alliance"
      ? (of: string) => go(to("school", of))
      : undefined;
  return (
    <>
      <div class="tiles" role="group" aria-label={t("figures.measure")}>
        {MEASURES.map((one) => (
          <Tile key={one} measure={one} sum={sum} last={last} chosen={one === measure} choose={choose} />
        ))}
      </div>
      <p class="quiet-text">{t(`figures.${measure}.about`)}</p>
      <h3>{t("figures.days", { what: title })}</h3>
      <Plot label={t("figures.days", { what: title })} names={null} times={times} values={values} />
      {rows.length > 1 && rows.length <= MOST_BARS && (
        <>
          <h3>{t("figures.rows", { what: title })}</h3>
          <Plot label={t("figures.rows", { what: title })} names={bars.names} values={bars.values} />
        </>
      )}
      <SumTable rows={rows} names={names} of={t(region ? "figures.alliance" : "district.month.school")} open={open} />
    </>
  );
}

interface TileProps {
  measure: Measure;
  sum: Sum;
  last: Sum | null;
  chosen: boolean;
  choose: (measure: Measure) => void;
}

function Tile({ measure, sum, last, chosen, choose }: TileProps) {
  const [now, then] = [valueOf(sum, measure), last && valueOf(last, measure)];
  const unit = ["line", "fair", "right"].includes(measure) ? "%" : "";
  const change = now !== null && then !== null ? Math.round(now) - Math.round(then) : null;
  return (
    <button class="tile" type="button" aria-pressed={chosen} onClick={() => choose(measure)}>
      <span>{t(`figures.${measure}`)}</span>
      <strong class="digits">{now === null ? "–" : `${Math.round(now)}${unit}`}</strong>
      <span class="quiet-text small">
        {change === null
          ? t("figures.first")
          : t("figures.change", { change: `${change > 0 ? "+" : ""}${change}${unit}` })}
      </span>
    </button>
  );
}

function byAlliance(held: Held): Sum[] {
  const of = new Map<string, Sum[]>();
  for (const school of held.schools) {
    const alliance = held.alliance_of[school.of] ?? "";
    of.set(alliance, [...(of.get(alliance) ?? []), school]);
  }
  return [...of].map(([alliance, schools]) => added(alliance, schools));
}
