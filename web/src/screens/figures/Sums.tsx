// What was held, as a plot of the days and a table: a line a school, or an alliance.
import "../../i18n/staff";
import { useMemo } from "preact/hooks";
import { t } from "../../i18n";
import { Plot } from "../after/Plot";
import "./figures.css";

export interface Sum {
  of: string;
  lessons: number;
  minutes: number;
  rooms: number;
  room_minutes: number;
  possible: number;
  fairness: number;
  pupils: number;
  here: number;
  answers: number;
  right: number;
}

export const share = (part: number, of: number) => (of ? `${Math.round((100 * part) / of)}%` : "–");

const COLUMNS = ["lessons", "minutes", "rooms", "line", "fair", "here", "right"] as const;

interface Props {
  rows: Sum[];
  days: Sum[];
  names: Record<string, string>;
  /** Shows what a row is made of. */
  open?: (of: string) => void;
}

export function Sums({ rows, days, names, open }: Props) {
  const times = useMemo(() => days.map(({ of }) => new Date(`${of}T12:00`).getTime() / 1000), [days]);
  const values = useMemo(() => days.map(({ lessons }) => lessons), [days]);
  return (
    <>
      <h3>{t("district.month.days")}</h3>
      <Plot label={t("district.month.days")} names={null} times={times} values={values} />
      <div class="scroll">
        <table class="table sums">
          <thead>
            <tr>
              <th scope="col">{t("district.month.school")}</th>
              {COLUMNS.map((one) => (
                <th key={one} class="number" scope="col">
                  {t(`district.month.${one}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((one) => (
              <tr key={one.of}>
                <th scope="row">{names[one.of] ?? t("district.month.nobody")}</th>
                <td class="number">
                  {open ? (
                    <button class="button quiet" type="button" onClick={() => open(one.of)}>
                      {one.lessons}
                    </button>
                  ) : (
                    one.lessons
                  )}
                </td>
                <td class="number">{Math.round(one.minutes)}</td>
                <td class="number">{one.rooms}</td>
                <td class="number">{share(one.room_minutes, one.possible)}</td>
                <td class="number">{share(one.fairness, one.rooms)}</td>
                <td class="number">{share(one.here, one.pupils)}</td>
                <td class="number">{share(one.right, one.answers)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p class="quiet-text">
        {t("district.month.about")}
        {open && t("district.month.press")}
      </p>
    </>
  );
}
