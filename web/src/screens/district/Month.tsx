// What schools held in a month: the sums, a plot of the days, a line a school; each number opens what it counts.
import { useEffect, useState } from "preact/hooks";
import { t } from "../../i18n";
import { Icon } from "../../style/Icon";
import { KINDS } from "../courses/courses";
import { Sums } from "../figures/Sums";
import { daysOf, type Held, thisMonth } from "../figures/figures";
import { asking } from "../home/api";
import { Lessons } from "./Lessons";
import { type Overview, wordsOf } from "./district";

export function Month({ all }: { all: Overview }) {
  const [month, setMonth] = useState(thisMonth());
  const [alliance, setAlliance] = useState("");
  const [kind, setKind] = useState("");
  const [held, setHeld] = useState<Held | null>(null);
  const [opened, open] = useState("");
  const [problem, setProblem] = useState("");
  const asked = `${daysOf(month)}&alliance=${encodeURIComponent(alliance)}&kind=${kind}`;
  useEffect(() => {
    if (!month) return;
    setProblem("");
    return asking<Held>(`/api/months?${asked}`, setHeld, (error) => setProblem(wordsOf(error)));
  }, [month, asked]);
  return (
    <section class="month">
      <div class="row wrap months-head">
        <label class="row">
          {t("district.month.which")}
          <input
            class="input"
            type="month"
            value={month}
            onInput={(event) => setMonth(event.currentTarget.value)}
          />
        </label>
        {!all.own && all.alliances.length > 0 && (
          <select
            class="input"
            aria-label={t("district.month.of")}
            value={alliance}
            onChange={(event) => setAlliance(event.currentTarget.value)}
          >
            <option value="">{t("district.month.region")}</option>
            {all.alliances.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        )}
        <select
          class="input"
          aria-label={t("district.slot.kind")}
          value={kind}
          onChange={(event) => setKind(event.currentTarget.value)}
        >
          <option value="">{t("course.all")}</option>
          {KINDS.map((one) => (
            <option key={one} value={one}>
              {t(`district.kind.${one}`)}
            </option>
          ))}
        </select>
        <span class="grow" />
        <a class="button" href={`/api/months.csv?${asked}`} download>
          <Icon name="download" size={20} />
          {t("district.month.csv")}
        </a>
      </div>
      {problem && (
        <p class="band danger" role="alert">
          {problem}
        </p>
      )}
      {held?.schools.length === 0 && <p class="none quiet-text">{t("district.month.none")}</p>}
      {held && held.schools.length > 0 && !opened && (
        <Sums rows={held.schools} days={held.days} names={held.names} open={open} />
      )}
      {held && opened && (
        <Lessons days={daysOf(month)} school={opened} name={held.names[opened] ?? ""} close={() => open("")} />
      )}
    </section>
  );
}
