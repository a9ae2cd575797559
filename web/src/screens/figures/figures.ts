// The figures of some days as the server tells them, and what is said of them: sums, shares, months.
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

export interface Held {
  schools: Sum[];
  days: Sum[];
  names: Record<string, string>;
  /** Names of alliances; and of each school, its alliance. */
  alliances: Record<string, string>;
  alliance_of: Record<string, string>;
  /** The only school one looks after, or "". */
  own: string;
}

export const MEASURES = ["lessons", "rooms", "minutes", "line", "fair", "right"] as const;
export type Measure = (typeof MEASURES)[number];

const part = (some: number, of: number) => (of ? (100 * some) / of : null);

/** A share is in percent; null where there is nothing to have a share of. */
export function valueOf(sum: Sum, measure: Measure): number | null {
  switch (measure) {
    case "line":
      return part(sum.room_minutes, sum.possible);
    case "fair":
      return part(sum.fairness, sum.rooms);
    case "right":
      return part(sum.right, sum.answers);
    default:
      return sum[measure];
  }
}

export function added(of: string, sums: readonly Sum[]): Sum {
  const total = (name: Exclude<keyof Sum, "of">) => sums.reduce((before, one) => before + one[name], 0);
  return {
    of,
    lessons: total("lessons"),
    minutes: total("minutes"),
    rooms: total("rooms"),
    room_minutes: total("room_minutes"),
    possible: total("possible"),
    fairness: total("fairness"),
    pupils: total("pupils"),
    here: total("here"),
    answers: total("answers"),
    right: total("right"),
  };
}

export const share = (some: number, of: number) => (of ? `${Math.round((100 * some) / of)}%` : "–");

const two = (n: number) => String(n).padStart(2, "0");

export function thisMonth(): string {
  const now = new Date();
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}`;
}

/** `2026-01` comes after `2025-12`. */
export function monthBefore(month: string): string {
  const [year = 0, number = 1] = month.split("-").map(Number);
  return number > 1 ? `${year}-${two(number - 1)}` : `${year - 1}-12`;
}

/** `2026-09` as what the server asks for. */
export function daysOf(month: string): string {
  const [year = 0, number = 1] = month.split("-").map(Number);
  const last = new Date(year, number, 0).getDate();
  return `first=${month}-01&last=${month}-${two(last)}`;
}
