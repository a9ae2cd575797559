// Packets of sound that share a block of WebM, each where the one before it ends: a block for each.
import { lasts } from "./speech";

const SIMPLE = 0xa3;
const [HEAD, KINDS, FIXED] = [4, 6, 4]; // bytes before the packets; bits that say how they lie there

export function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** The blocks that a lace stands for, without their elements' heads; one that is none stays as it is. */
export function unlaced(block: Uint8Array): Uint8Array[] {
  if (block.length <= HEAD || !(block[3] & KINDS)) return [block];
  let ms = ((block[1] << 8) | block[2]) << 16 >> 16;
  return packets(block).map((packet) => {
    const head = [block[0], ms >> 8, ms, block[3] & ~KINDS];
    ms += lasts(packet);
    return joined([new Uint8Array(head), packet]);
  });
}

/** As an element of its own: its size in four bytes. */
export function element(block: Uint8Array): Uint8Array {
  const { length } = block;
  return joined([new Uint8Array([SIMPLE, 0x10 | (length >> 24), length >> 16, length >> 8, length]), block]);
}

function packets(block: Uint8Array): Uint8Array[] {
  const count = block[HEAD] + 1;
  const [sizes, from] = (block[3] & KINDS) === FIXED ? [[], HEAD + 1] : sizesOf(block, count);
  const same = Math.floor((block.length - from) / count);
  let at = from;
  return Array.from({ length: count }, (_, n) => {
    const end = n === count - 1 ? block.length : at + (sizes[n] ?? same);
    return block.subarray(at, (at = end));
  });
}

/** The first in full, of each other what it is more than the one before; the last is what is left. */
function sizesOf(block: Uint8Array, count: number): [number[], number] {
  const sizes: number[] = [];
  let at = HEAD + 1;
  while (sizes.length < count - 1) {
    const width = Math.clz32(block[at]) - 23;
    let value = block[at] & (0xff >> width);
    for (let n = 1; n < width; n++) value = value * 256 + block[at + n];
    at += width;
    sizes.push(sizes.length ? sizes[sizes.length - 1] + value - (2 ** (7 * width - 1) - 1) : value);
  }
  return [sizes, at];
}
