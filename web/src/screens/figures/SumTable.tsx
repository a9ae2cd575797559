// What was held as a table: a line a school, or an alliance.
import "../../i18n/staff";
import { t } from "../../i18n";
import { type Sum, share } from "./figures";
import "./figures.css";

const COLUMNS = ["lessons", "minutes", "rooms", "line", "fair", "here", "right"] as const;

interface Props {
  rows: readonly Sum[];
  names: Record<string, string>;
  /** What a row is. */
  of: string;
  /** Shows what a row is made of. */
  open?: (of: string) => void;
}

export function SumTable({ rows, names, of, open }: Props) {
  return (
    <>
      <div class="scroll">
        <table class="table sums">
          <thead>
            <tr>
              <th scope="col">{of}</th>
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
