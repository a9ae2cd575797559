// Quality of this term's lessons, school by school: lines, lessons held, fairness, results.
import { t } from "../../i18n";
import { Sums } from "../figures/Sums";
import type { Sum } from "../figures/figures";
import { Problem } from "./Problem";
import { type Props, useSection } from "./alliance";

interface Found {
  first: string;
  last: string;
  schools: Sum[];
  days: Sum[];
}

export function Quality({ page, at }: Props) {
  const { found, problem } = useSection<Found>(`${at}/quality`);
  if (!found) return <Problem words={problem} />;
  if (found.schools.length === 0) return <p class="none quiet-text">{t("alliance.quality.none")}</p>;
  const names = Object.fromEntries(page.schools.map(({ id, name }) => [id, name]));
  return (
    <>
      <p class="quiet-text">{t("alliance.quality.about", { first: found.first, last: found.last })}</p>
      <Sums rows={found.schools} days={found.days} names={names} />
    </>
  );
}
