// The packed stroke: points at a fixed tick in a few bits each; the twin of synclass/ink.py.

export const TICK_MS = 1000 / 120; // between points
export const UNIT = 4; // coordinates to a pixel of the 1920x1080 board
export const MOST_POINTS = 63; // in a batch, beside the absolute one of a first batch
const ESCAPE = 12;

/** x and y in quarter pixels of the board, pressure 0..31. */
export type Point = [number, number, number];

type Tell = (x: number, y: number, pressure: number) => void;

/** Where a stroke stands between two batches: the last point and the last step. */
export interface Chain {
  x: number;
  y: number;
  dx: number;
  dy: number;
  p: number;
}

export function newChain(): Chain {
  return { x: 0, y: 0, dx: 0, dy: 0, p: 0 };
}

/** Pack 1..63 points (64 in a first batch) and move the chain on; coordinates fit 14 signed bits. */
export function encode(chain: Chain, points: readonly Point[], first: boolean): Uint8Array {
  const out = new Writer();
  out.put(first ? 1 : 0, 1);
  if (first) {
    setOut(chain, points[0]);
    out.put(chain.x & 0x3fff, 14);
    out.put(chain.y & 0x3fff, 14);
    out.put(chain.p, 5);
  }
  const steps = differences(chain, first ? points.slice(1) : points);
  const k = parameter(steps);
  const pressed = steps.some((step) => step[2] !== 0);
  out.put(steps.length, 6);
  out.put(k, 3);
  out.put(pressed ? 1 : 0, 1);
  for (const [x, y, p] of steps) {
    out.rice(x, k);
    out.rice(y, k);
    if (pressed) out.rice(p, 0);
  }
  return out.done();
}

/** Unpack one batch and move the chain on.  Total: missing bits read as zero. */
export function decode(chain: Chain, bytes: Uint8Array): Point[] {
  const points: Point[] = [];
  unpack(chain, new Reader(bytes), (x, y, p) => points.push([x, y, p]));
  return points;
}

/** Unpack a whole stroke: its batches one behind the other.  Leaves the chain at its end. */
export function decodeStroke(bytes: Uint8Array, chain: Chain = newChain()): Point[] {
  const points: Point[] = [];
  eachPoint(bytes, (x, y, p) => points.push([x, y, p]), chain);
  return points;
}

/** Tell each point of a stroke in turn: a full page has 100,000, and most are wanted once. */
export function eachPoint(bytes: Uint8Array, tell: Tell, chain: Chain = newChain()): void {
  const reader = new Reader(bytes);
  while (reader.left > 0) {
    unpack(chain, reader, tell);
    reader.align();
  }
}

function setOut(chain: Chain, [x, y, p]: Point): void {
  Object.assign(chain, { x, y, p, dx: 0, dy: 0 });
}

function differences(chain: Chain, points: readonly Point[]): Point[] {
  return points.map(([x, y, p]) => {
    const [dx, dy] = [x - chain.x, y - chain.y];
    const step: Point = [dx - chain.dx, dy - chain.dy, p - chain.p];
    Object.assign(chain, { x, y, dx, dy, p });
    return step;
  });
}

/** The Rice parameter for these steps: about log2 of 0.69 times their mean. */
function parameter(steps: readonly Point[]): number {
  const total = steps.reduce((sum, [x, y]) => sum + Math.abs(x) + Math.abs(y), 0);
  const mean = total / Math.max(1, steps.length);
  let k = 0;
  while (1 << k < mean * 0.69 && k < 7) k++;
  return k;
}

function unpack(chain: Chain, reader: Reader, tell: Tell): void {
  if (reader.get(1)) {
    setOut(chain, [signed14(reader.get(14)), signed14(reader.get(14)), reader.get(5)]);
    tell(chain.x, chain.y, chain.p);
  }
  const [count, k, pressed] = [reader.get(6), reader.get(3), reader.get(1)];
  for (let i = 0; i < count; i++) {
    chain.dx += reader.rice(k);
    chain.dy += reader.rice(k);
    chain.x += chain.dx;
    chain.y += chain.dy;
    if (pressed) chain.p += reader.rice(0);
    tell(chain.x, chain.y, chain.p);
  }
}

function signed14(value: number): number {
  return value - ((value & 0x2000) << 1);
}

class Writer {
  private readonly bytes: number[] = [];
  private bits = 0;
  private count = 0;

  put(value: number, width: number): void {
    for (let i = width - 1; i >= 0; i--) {
      this.bits = (this.bits << 1) | ((value >> i) & 1);
      if (++this.count === 8) this.flush();
    }
  }

  rice(value: number, k: number): void {
    const folded = value >= 0 ? value * 2 : -value * 2 - 1;
    const quotient = folded >> k;
    if (quotient < ESCAPE) {
      this.put(((1 << quotient) - 1) << 1, quotient + 1);
      this.put(folded & ((1 << k) - 1), k);
    } else {
      this.put((1 << ESCAPE) - 1, ESCAPE);
      this.put(folded, 17);
    }
  }

  done(): Uint8Array {
    if (this.count > 0) this.put(0, 8 - this.count);
    return Uint8Array.from(this.bytes);
  }

  private flush(): void {
    this.bytes.push(this.bits);
    this.bits = this.count = 0;
  }
}

class Reader {
  private at = 0;

  constructor(private readonly bytes: Uint8Array) {}

  get left(): number {
    return 8 * this.bytes.length - this.at;
  }

  /** Up to 17 bits. */
  get(width: number): number {
    const value = this.peek(width);
    this.at += width;
    return value;
  }

  rice(k: number): number {
    const ones = Math.min(ESCAPE, Math.clz32(~(this.peek(ESCAPE) << (32 - ESCAPE))));
    this.at += ones === ESCAPE ? ESCAPE : ones + 1;
    const folded = ones === ESCAPE ? this.get(17) : (ones << k) | this.get(k);
    return folded & 1 ? -((folded + 1) >> 1) : folded >> 1;
  }

  /** Bits beyond the end are zero: so is what an undefined byte is shifted to. */
  private peek(width: number): number {
    const byte = this.at >> 3;
    const { bytes } = this;
    const three = (bytes[byte] << 16) | (bytes[byte + 1] << 8) | bytes[byte + 2];
    return (three >> (24 - (this.at & 7) - width)) & ((1 << width) - 1);
  }

  align(): void {
    if (this.left > 0) this.at = (this.at + 7) & ~7;
  }
}
