// Packs the outlines of a formula: whole numbers, each spot told from the one before.
import { LETTERS, PAIRS } from "./outlines";

/** A letter as SVG has it, and its places. */
export interface Segment {
  letter: string;
  at: number[];
}

export type Part =
  | { line: number; path: Segment[] }
  | { x: number; y: number; size: number; text: string };

export function pack(width: number, height: number, parts: readonly Part[]): Uint8Array {
  const packer = new Packer();
  packer.count(Math.max(0, Math.round(width)));
  packer.count(Math.max(0, Math.round(height)));
  for (const part of parts) {
    if ("text" in part) packer.said(part);
    else packer.piece(part);
  }
  return Uint8Array.from(packer.bytes);
}

class Packer {
  readonly bytes: number[] = [];
  private x = 0;
  private y = 0;

  count(value: number): void {
    let rest = value;
    for (; rest > 0x7f; rest >>= 7) this.bytes.push(0x80 | (rest & 0x7f));
    this.bytes.push(rest);
  }

  piece({ line, path }: { line: number; path: Segment[] }): void {
    if (!path.length) return;
    this.count(1 + Math.max(0, Math.round(line)));
    for (let from = 0; from < path.length; ) {
      const { letter } = path[from];
      let to = from + 1;
      while (letter !== "Z" && path[to]?.letter === letter) to++;
      this.run(letter, path.slice(from, to));
      from = to;
    }
    this.count(0);
  }

  said({ x, y, size, text }: { x: number; y: number; size: number; text: string }): void {
    const letters = new TextEncoder().encode(text);
    this.count(0);
    this.move(x, y);
    this.count(Math.max(1, Math.round(size)));
    this.count(letters.length);
    this.bytes.push(...letters);
  }

  private run(letter: string, segments: readonly Segment[]): void {
    const kind = LETTERS.indexOf(letter);
    this.count(1 + kind + LETTERS.length * (segments.length - 1));
    for (const { at } of segments) {
      for (let n = 0; n < PAIRS[kind]; n++) this.move(at[2 * n], at[2 * n + 1]);
    }
  }

  private move(x: number, y: number): void {
    const [across, down] = [Math.round(x), Math.round(y)];
    this.signed(across - this.x);
    this.signed(down - this.y);
    [this.x, this.y] = [across, down];
  }

  private signed(value: number): void {
    this.count(value < 0 ? -2 * value - 1 : 2 * value);
  }
}
