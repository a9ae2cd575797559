// How a media element is kept on the lesson's time: what to do with one, by what is seen of it.

const NUDGE_FROM = 0.04; // seconds of drift from which the rate is changed: lips are still right
const NUDGE_UNTIL = 0.02;
const UNHEARD_FROM = 0.015; // of a picture: nobody hears that it is hurried
const UNHEARD_UNTIL = 0.005;
const SEEK_FROM = 0.5; // real seconds: at twice the speed the drift is gone twice as fast
const SLOWEST_SEEK = 3; // real seconds, as well
const STILL = 0.04; // a picture that stands may be one frame away
const MOST_NUDGE = 0.08; // of the rate: not heard with the pitch kept
const MOST_UNHEARD = 0.3; // of a picture's
const HASTE = 0.5; // of the rate, for each second of drift
const HASTE_UNHEARD = 3;
const EDGE = 0.05; // seconds a range may begin late: the codec's delay

export interface Seen {
  /** The element's currentTime. */
  at: number;
  ranges: readonly [number, number][];
  rate: number;
  seeking: boolean;
  muted: boolean;
  /** Seconds the last seek took; absent before the first. */
  seekTook?: number;
}

export interface Order {
  /** Whether there is anything to be seen or heard at this moment. */
  there: boolean;
  play: boolean;
  seekTo: number | null;
  rate: number;
}

export function steer(at: number, playing: boolean, rate: number, seen: Seen): Order {
  const range = seen.ranges.find(([begin, end]) => begin - EDGE <= at && at < end);
  if (!range) return { there: false, play: false, seekTo: null, rate };
  const drift = seen.at - at;
  const outside = seen.at < range[0] - EDGE || seen.at > range[1] + EDGE;
  const faster = Math.max(rate, 1);
  const far = outside || Math.abs(drift) > (playing ? SEEK_FROM * faster : STILL);
  if (far) {
    // A seek to where nothing is buffered never ends: one that leads elsewhere is given up.  One
    // that leads here is waited for: an old PC decodes some seconds of picture on its way.
    const underWay = seen.seeking && !outside && Math.abs(drift) <= SLOWEST_SEEK * faster;
    // The lesson goes on meanwhile: aim at where it will be, or a slow PC seeks for ever.
    const goal = playing ? at + rate * Math.min(seen.seekTook ?? 0, SLOWEST_SEEK) : at;
    return { there: true, play: playing, seekTo: underWay ? null : clamp(goal, range), rate };
  }
  return { there: true, play: playing, seekTo: null, rate: rate * nudge(drift, seen, rate) };
}

function nudge(drift: number, seen: Seen, rate: number): number {
  const nudging = Math.abs(seen.rate - rate) > 1e-3;
  const from = seen.muted ? UNHEARD_FROM : NUDGE_FROM;
  const until = seen.muted ? UNHEARD_UNTIL : NUDGE_UNTIL;
  if (Math.abs(drift) < (nudging ? until : from)) return 1;
  const most = seen.muted ? MOST_UNHEARD : MOST_NUDGE;
  const change = Math.abs(drift) * (seen.muted ? HASTE_UNHEARD : HASTE);
  return 1 - Math.sign(drift) * Math.min(most, change);
}

const clamp = (at: number, [begin, end]: readonly [number, number]) =>
  Math.min(Math.max(at, begin), end);
