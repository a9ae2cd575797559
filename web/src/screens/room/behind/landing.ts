// When what is live takes over from what was missed, and how much later than now: pure decisions.

export const NEAR = 5; // seconds behind from which what is live comes again, unheard
const CLOSE = 3.5; // from here on the past runs at its own speed, to be held to what is live
const TOO_FAR = 7; // it has stood still meanwhile: faster again
const ALIKE_AFTER = 3; // seconds at its own speed, until both can be held to one another
const FLOWS = 0.5; // of what is live, before it is believed to flow
const UNSURE = 0.5; // seconds heard twice rather than lost, where the moment is not found
const SILENT = 0.5; // seconds beside what lies between, in which nobody has said anything
const PATIENCE = 12; // seconds to wait for a moment that is not found
const AT_LAST = 20; // or for a live voice that does not come

export interface Seen {
  /** Seconds of this machine, and behind. */
  now: number;
  left: number;
  /** Whether the past runs, exactly at its own speed. */
  steady: boolean;
  /** When a live voice was heard last, in seconds of this machine. */
  heardAt: number;
  /** Whether anybody's voice is live. */
  speaks: boolean;
}

/** What the two voices are asked for. */
export interface Voices {
  readonly stillFor: number;
  apart(): number | null;
  holds(seconds: number): boolean;
}

export class Landing {
  private nearSince = 0;
  private steadySince = 0;
  private settled = false;

  /** Whether what is live should come, to be held to the past. */
  get near(): boolean {
    return this.nearSince > 0;
  }

  /** Whether the past is to run at its own speed. */
  get slows(): boolean {
    return this.settled;
  }

  /** Whether a live voice flows that can be listened to. */
  flows({ heardAt }: Seen): boolean {
    return this.near && heardAt > this.nearSince + FLOWS;
  }

  /** Seconds after now from which to go on hearing what is live; null while it is too early. */
  look(seen: Seen, voices: Voices | null): number | null {
    const { now, left } = seen;
    if (left > TOO_FAR) this.nearSince = 0;
    else if (left < NEAR) this.nearSince ||= now;
    this.settled = this.near && (this.settled || left < CLOSE);
    if (!seen.steady || !this.settled) this.steadySince = 0;
    else this.steadySince ||= now;
    if (!this.near) return null;
    const waited = now - this.nearSince;
    if (!seen.speaks) return left < 2 || waited > AT_LAST ? 0 : null;
    if (!this.flows(seen)) return waited > AT_LAST ? 0 : null;
    if (!voices) return left < 2 || waited > PATIENCE ? 0 : null;
    return this.between(seen, waited, voices);
  }

  private between({ now, left }: Seen, waited: number, voices: Voices): number | null {
    const byClock = left + UNSURE;
    if (!this.settled || !voices.holds(byClock + SILENT)) return null;
    if (voices.stillFor > byClock + SILENT) return byClock;
    const found = this.steadySince && now - this.steadySince > ALIKE_AFTER ? voices.apart() : null;
    return found ?? (waited > PATIENCE ? byClock : null);
  }
}
