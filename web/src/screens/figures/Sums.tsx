// What was held: a plot of the days, and a table of the schools.
import "../../i18n/staff";
import { useMemo } from "preact/hooks";
import { t } from "../../i18n";
import { Plot } from "../after/Plot";
import { SumTable } from "./SumTable";
import type { Sum } from "./figures";

interface Props {
  rows: Sum[];
  days: Sum[];
  names: Record<string, string>;
  open?: (of: string) => void;
}

export function Sums({ rows, days, names, open }: Props) {
  const times = useMemo(() => days.map(({ of }) => new Date(`${of}T12:00`).getTime() / 1000), [days]);
  const values = useMemo(() => days.map(({ lessons }) => lessons), [days]);
  return (
    <>
      <h3>{t("district.month.days")}</h3>
      <Plot label={t("district.month.days")} names={null} times={times} values={values} />
      <SumTable rows={rows} names={names} of={t("district.month.school")} open={open} />
    </>
  );
}
