// Lines of the log that came in voice, ahead of the socket: each is kept until its turn.
import type { Line } from "../wire.gen";

const MOST = 256; // lines: ten seconds of quick writing; by then the socket has repaired it

export class Early {
  private readonly lines = new Map<number, Line>();

  add(line: Line): void {
    if (this.lines.size < MOST) this.lines.set(line.seq, line);
  }

  /** The line that goes on after `seq`, if it has come; what is behind is forgotten. */
  after(seq: number): Line | null {
    for (const number of this.lines.keys()) if (number <= seq) this.lines.delete(number);
    return this.lines.get(seq + 1) ?? null;
  }

  clear(): void {
    this.lines.clear();
  }
}
