// Whether ink should ride in voice as well: only where the line loses what it carries.

const LOSSY = 3; // per cent: from there on the socket's ink comes in gasps (measured)
const CLEAN = 1;
const CALM_MS = 30_000;

export class Riding {
  on = false;
  private lossyAt = 0;

  /** Look at the loss of the last second; true where `on` has changed. */
  look(loss: number, now: number): boolean {
    if (loss >= (this.on ? CLEAN : LOSSY)) this.lossyAt = now;
    const on = loss >= LOSSY || (this.on && now - this.lossyAt < CALM_MS);
    const changed = on !== this.on;
    this.on = on;
    return changed;
  }
}
