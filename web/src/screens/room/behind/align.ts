// Finds the moment of the lesson in what is live, by holding its loudness to that of the recording.

const STEP = 0.025; // seconds between two guesses
const NEAREST = 0.05; // seconds between two looks that are taken for one moment
const LATELY = 4; // seconds: a jitter buffer stretches what is live, and long ago it was elsewhere
const ENOUGH = 40; // looks at both: two seconds
const ALIKE = 0.6; // correlation; where it was right 0.74, else below 0.5 (measured on a busy machine)

/** How loud it was at a time: of the lesson in a recording, of this machine in what is live. */
export interface Look {
  at: number;
  loud: number;
}

/** What to add to this machine's time for the lesson's in what is live; null where it is not clear. */
export function offsetOf(
  past: readonly Look[],
  live: readonly Look[],
  least: number,
  most: number,
): number | null {
  const since = (live[live.length - 1]?.at ?? 0) - LATELY;
  const lately = live.filter(({ at }) => at > since);
  let best: number | null = null;
  let alike = ALIKE;
  for (let offset = least; offset <= most; offset += STEP) {
    const found = correlation(pairsOf(past, lately, offset));
    if (found > alike) [best, alike] = [offset, found];
  }
  return best;
}

/** The loudness of the same moments in both. */
function pairsOf(past: readonly Look[], live: readonly Look[], offset: number): [number, number][] {
  const pairs: [number, number][] = [];
  let i = 0;
  for (const { at, loud } of live) {
    const moment = at + offset;
    while (i + 1 < past.length && Math.abs(past[i + 1].at - moment) <= Math.abs(past[i].at - moment)) i++;
    if (past.length && Math.abs(past[i].at - moment) < NEAREST) pairs.push([past[i].loud, loud]);
  }
  return pairs;
}

function correlation(pairs: readonly [number, number][]): number {
  if (pairs.length < ENOUGH) return 0;
  const [meanX, meanY] = [mean(pairs.map(([x]) => x)), mean(pairs.map(([, y]) => y))];
  let [xx, yy, xy] = [0, 0, 0];
  for (const [x, y] of pairs) {
    xx += (x - meanX) ** 2;
    yy += (y - meanY) ** 2;
    xy += (x - meanX) * (y - meanY);
  }
  return xx && yy ? xy / Math.sqrt(xx * yy) : 0;
}

const mean = (numbers: readonly number[]) => numbers.reduce((sum, one) => sum + one, 0) / numbers.length;
