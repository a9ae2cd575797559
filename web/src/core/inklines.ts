// Facts of ink as they come packed: the twin of synclass/inklines.py, which says how.
import { SEAT } from "../channels/board";
import type { Line } from "../wire.gen";

const TOOLS = ["pen", "highlighter", "chalk"];

/** Lines as a frame of facts has them, counted from 0; throws on bytes that are none. */
export function unpackLines(bytes: Uint8Array): Line[] {
  const reader = new Reader(bytes);
  const lines: Line[] = [];
  let [seq, ms] = [0, 0];
  while (reader.left > 0) {
    seq += reader.number();
    ms += reader.number();
    lines.push({ seq, ms, fact: factOf(reader) });
  }
  return lines;
}

/** A fact as msgpack would have it. */
function factOf(reader: Reader): unknown[] {
  const kind = reader.number();
  const stroke = reader.number() * SEAT + reader.number();
  const [size, last] = [Math.floor(kind / 4), (kind & 1) === 1];
  if (!(kind & 2)) return ["ink", stroke, reader.bytes(size), last];
  const page = reader.number();
  const tool = TOOLS[reader.number()];
  if (!tool) throw new RangeError("ink of no pen");
  const pen = [tool, reader.number(), reader.number()];
  return ["ink.begun", stroke, page, pen, reader.bytes(size), last];
}

class Reader {
  private at = 0;

  constructor(private readonly data: Uint8Array) {}

  get left(): number {
    return this.data.length - this.at;
  }

  number(): number {
    let number = 0;
    for (let scale = 1; ; scale *= 0x80) {
      const byte = this.bytes(1)[0];
      number += (byte & 0x7f) * scale;
      if (byte < 0x80) return number;
    }
  }

  bytes(size: number): Uint8Array {
    if (size > this.left) throw new RangeError("lines of ink that are cut off");
    this.at += size;
    return this.data.subarray(this.at - size, this.at);
  }
}
