// Contests of lessons: all of the region; one of them opened.
import "../../i18n/after";
import "../../i18n/alliance";
import "../../i18n/contest";
import "../../i18n/staff";
import "../../i18n/studio";
import { useState } from "preact/hooks";
import { LangButton } from "../../i18n/LangButton";
import { t } from "../../i18n";
import { go } from "../../router";
import { Icon } from "../../style/Icon";
import { useTitle } from "../../style/title";
import { Problem } from "../alliance/Problem";
import { useSection } from "../alliance/alliance";
import { day } from "../home/when";
import { Announce } from "./Announce";
import { OneContest } from "./OneContest";
import type { Found } from "./contests";
import "../after/evaluate.css";
import "../alliance/alliance.css";
import "./contests.css";

export default function Contests({ id }: { id?: string }) {
  useTitle(t("contest.title"));
  return (
    <div class="alliance contests">
      <header>
        <button class="button quiet" type="button" onClick={() => go(id ? "/contests" : "/studios")}>
          <Icon name="chevron-left" size={20} />
          {t("common.back")}
        </button>
        <h1>{t("contest.title")}</h1>
        <span class="grow" />
        <LangButton />
      </header>
      <main>{id ? <OneContest key={id} id={id} /> : <All />}</main>
    </div>
  );
}

function All() {
  const { found, problem } = useSection<Found>("/api/contests");
  const [announcing, begin] = useState(false);
  if (!found) return <Problem words={problem} />;
  return (
    <>
      <Problem words={problem} />
      <p class="quiet-text">{t("contest.about.all")}</p>
      {found.announces && !announcing && (
        <button class="button main" type="button" onClick={() => begin(true)}>
          <Icon name="plus" size={20} />
          {t("contest.new")}
        </button>
      )}
      {announcing && <Announce kept={({ id }) => go(`/contests/${id}`)} leave={() => begin(false)} />}
      {found.contests.length === 0 && <p class="none quiet-text">{t("contest.none")}</p>}
      <ul>
        {found.contests.map((one) => (
          <li key={one.id} class="card row wrap">
            <div class="grow">
              <h2>{one.title}</h2>
              <p class="quiet-text">
                {one.closed_at ? t("contest.over", { day: day(one.closed_at) }) : t("contest.until", { day: one.until })} ·{" "}
                {t("contest.count", { n: one.entries })}
              </p>
            </div>
            {one.judges && !one.closed_at && (
              <span class="badge ready">{t("contest.judge.mine", { n: one.judged, all: one.entries })}</span>
            )}
            <a class="button" href={`/contests/${one.id}`}>
              {t("studio.open")}
            </a>
          </li>
        ))}
      </ul>
    </>
  );
}
