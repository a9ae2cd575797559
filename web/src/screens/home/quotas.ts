// What schools may use and what they use of it, as the server tells it; bytes where nothing else is said.
import { t } from "../../i18n";

export interface Quota {
  /** The school's; "" is for all that have no other. */
  id: string;
  lessons: number | null;
  rooms: number | null;
  kept: number | null;
  version: number;
}

export interface Usage {
  school: string;
  name: string;
  /** What was set for it alone. */
  own: Quota;
  allowed: Quota;
  used: { lessons: number; rooms: number; recordings: number; courseware: number };
  level: "enough" | "low" | "full";
}

export interface Usages {
  common: Quota;
  schools: Usage[];
  /** Whether one may set it. */
  region: boolean;
}

export const OF = ["lessons", "rooms", "kept"] as const;
export type Of = (typeof OF)[number];
export const GB = 1e9;

export const usedOf = ({ used }: Usage, of: Of): number =>
  of === "kept" ? used.recordings + used.courseware : used[of];

/** How full it is where it is fullest; 0 where nothing is limited. */
export function fullest(one: Usage): number {
  return Math.max(0, ...OF.map((of) => share(one, of)));
}

export function share(one: Usage, of: Of): number {
  const most = one.allowed[of];
  return most ? usedOf(one, of) / most : 0;
}

export const size = (bytes: number) =>
  bytes < GB ? `${Math.round(bytes / 1e6)} MB` : `${(bytes / GB).toFixed(1)} GB`;

/** "3 of at most 5". */
export function told(one: Usage, of: Of): string {
  const say = (n: number) => (of === "kept" ? size(n) : String(n));
  const [n, most] = [say(usedOf(one, of)), one.allowed[of]];
  return most === null ? t(`quotas.now.${of}.free`, { n }) : t(`quotas.now.${of}`, { n, most: say(most) });
}
