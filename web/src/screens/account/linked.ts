// Who of the other login an account is, as the server tells of it.
import { t, tOr } from "../../i18n";
import { codeOf } from "../home/api";
import { when } from "../home/when";

export interface Linked {
  /** What the other login is called, "" where there is none. */
  name: string;
  subjects: { subject: string; since: number }[];
}

export const sinceOf = (since: number): string =>
  since ? t("account.since", { when: when(since) }) : t("account.since.unknown");

export const wordsOf = (error: unknown): string => wordsFor(codeOf(error));

/** Of a code; what can go wrong at the other login is said as at the login. */
export function wordsFor(code: string): string {
  const other = tOr(`login.error.${code}`, code === "offline" ? "error.offline" : "error.unknown", { subject: "" });
  return code === "taken" ? t("account.error.taken") : other;
}
