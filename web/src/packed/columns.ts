// A stretch of the log out of the archive: ink in columns; the twin of recorder/columns.py.
import { type Chain, type Point, TICK_MS, decode, encode, newChain } from "../board/ink";
import { unpack } from "../core/codec";
import { inflated } from "../media/deflate";
import type { Line } from "../wire.gen";

const VERSION = 1;
const COLUMNS = 15;
const OTHER = 0;
const LAST = 2; // of ink: the pen is lifted
const FIRST = 4; // it was put down
const TOOLS = ["pen", "highlighter", "chalk"];
const MIDDLE = 16; // the pressure from which others are told

/** Lines with their numbers and times from the lesson's beginning; throws on what is no chunk. */
export async function linesOf(chunk: Uint8Array): Promise<Line[]> {
  if (chunk[0] !== VERSION) throw new RangeError("a chunk of another version");
  return linesIn(await inflated(chunk.subarray(1)));
}

/** Out of a chunk's columns, inflated. */
export function linesIn(data: Uint8Array): Line[] {
  const all = new Column(data);
  const columns = Array.from({ length: COLUMNS }, () => new Column(all.bytes()));
  const reader = new Reader(columns);
  const lines: Line[] = [];
  while (columns[0].left > 0) lines.push(...reader.next());
  return lines;
}

/** Whole numbers, small ones in one byte. */
class Column {
  private at = 0;

  constructor(private readonly data: Uint8Array) {}

  get left(): number {
    return this.data.length - this.at;
  }

  /** Folded: 0, -1, 1, -2 ... as 0, 1, 2, 3 ... */
  number(): number {
    let folded = 0;
    for (let scale = 1; ; scale *= 0x80) {
      const byte = this.take(1)[0];
      folded += (byte & 0x7f) * scale;
      if (byte < 0x80) return folded % 2 ? -(folded + 1) / 2 : folded / 2;
    }
  }

  bytes(): Uint8Array {
    return this.take(this.number());
  }

  private take(size: number): Uint8Array {
    if (size > this.left) throw new RangeError("a column that is cut off");
    this.at += size;
    return this.data.subarray(this.at - size, this.at);
  }
}

/** What a person's next ink is told from. */
interface Before {
  stroke: number;
  begunMs: number;
  /** Points of the stroke since then. */
  ticks: number;
  chain: Chain;
}

class Reader {
  private readonly people: Before[] = [];
  private seq = 0;

  constructor(private readonly columns: readonly Column[]) {}

  next(): Line[] {
    const [kinds, others] = this.columns;
    const kind = kinds.number();
    if (kind !== OTHER) return [this.ink(kind)];
    const payload = unpack(others.bytes()) as [number, number, string, number, unknown][];
    return payload.map(([seq, ms, , , fact]) => ({ seq, ms, fact }));
  }

  private ink(kind: number): Line {
    const [, , , seqs, times, asks, strokes, pages, pens, counts] = this.columns;
    const before = this.person();
    const [first, last] = [(kind & FIRST) > 0, (kind & LAST) > 0];
    this.seq += seqs.number();
    asks.number();
    before.stroke += strokes.number();
    const [page, pen] = first ? [pages.number(), penOf(pens)] : [0, null];
    const count = counts.number();
    const ms = before.begunMs + Math.round((before.ticks + count) * TICK_MS) + times.number();
    const bytes = this.batch(before.chain, count, first);
    if (first) Object.assign(before, { begunMs: ms, ticks: 0, chain: newChain() });
    else before.ticks += count;
    decode(before.chain, bytes);
    const { seq } = this;
    const { stroke } = before;
    const fact = pen ? ["ink.begun", stroke, page, pen, bytes, last] : ["ink", stroke, bytes, last];
    return { seq, ms, fact };
  }

  private person(): Before {
    const [, , people] = this.columns;
    const number = people.number();
    if (number === this.people.length) {
      people.bytes();
      this.people.push({ stroke: 0, begunMs: 0, ticks: 0, chain: newChain() });
    }
    const found = this.people[number];
    if (!found) throw new RangeError("ink of nobody");
    return found;
  }

  /** As the pen's own page had packed it. */
  private batch(pen: Chain, count: number, first: boolean): Uint8Array {
    const points: Point[] = [];
    const [lefts, tops, xs, ys, pressures] = this.columns.slice(10);
    let [x, y, p, dx, dy] = [0, 0, MIDDLE, 0, 0];
    if (first) {
      [x, y] = [pen.x + lefts.number(), pen.y + tops.number()];
      p += pressures.number();
      points.push([x, y, p]);
    }
    for (let n = first ? 1 : 0; n < count; n++) {
      dx += xs.number();
      dy += ys.number();
      [x, y, p] = [x + dx, y + dy, p + pressures.number()];
      points.push([x, y, p]);
    }
    return points.length ? encode({ ...newChain(), p: MIDDLE }, points, first) : new Uint8Array();
  }
}

function penOf(pens: Column): unknown[] {
  const tool = TOOLS[pens.number()];
  if (!tool) throw new RangeError("a pen of another version");
  return [tool, pens.number(), pens.number()];
}
