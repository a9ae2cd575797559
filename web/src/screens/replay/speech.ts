// Whether somebody speaks in a packet of Opus: its encoder has said so in the first bits.

const LOW_DELAY = 16; // configurations from here on are CELT's alone, which says nothing (RFC 6716 §3.1)
const HYBRID = 12; // and from here on frames of 10 and 20 ms only
const SILK_MS = [10, 20, 40, 60];
const CELT_MS = [2.5, 5, 10, 20];

/** Of each frame: the ms after the packet's beginning, and whether somebody speaks in it. */
export function* frames(packet: Uint8Array): Generator<[number, boolean]> {
  const [config, lasts] = [packet[0] >> 3, frameMs(packet[0] >> 3)];
  let ms = 0;
  for (const [from, to] of places(packet)) {
    yield [ms, speaks(packet.subarray(from, to), config, lasts)];
    ms += lasts;
  }
}

/** How long a packet sounds, in ms. */
export function lasts(packet: Uint8Array): number {
  return places(packet).length * frameMs(packet[0] >> 3);
}

/** What does not say is taken for speech: nothing that is heard is ever passed over. */
function speaks(frame: Uint8Array, config: number, lasts: number): boolean {
  if (frame.length < 2) return false; // nothing was sent: the encoder hears silence (DTX)
  if (config >= LOW_DELAY) return true;
  // One bit for each 20 ms, before anything else (RFC 6716 §4.2.3).
  return frame[0] >> (8 - Math.max(1, lasts / 20)) > 0;
}

function frameMs(config: number): number {
  if (config >= LOW_DELAY) return CELT_MS[config & 3];
  return SILK_MS[config < HYBRID ? config & 3 : config & 1];
}

/** Where each frame's bytes lie (RFC 6716 §3.2). */
function places(packet: Uint8Array): [number, number][] {
  const [kind, end] = [packet[0] & 3, packet.length];
  if (kind === 0) return [[1, end]];
  const middle = (end + 1) >> 1;
  if (kind === 1) return [[1, middle], [middle, end]];
  const reader = new Sizes(packet, kind === 2 ? 1 : 2);
  if (kind === 2) return lined([reader.size()], reader.at, end);
  const [count, head] = [packet[1] & 0x3f, packet[1]];
  const padding = head & 0x40 ? reader.padding() : 0;
  if (head & 0x80) {
    const sizes = Array.from({ length: count - 1 }, () => reader.size());
    return lined(sizes, reader.at, end - padding);
  }
  const size = Math.floor((end - padding - reader.at) / count);
  return lined(new Array<number>(count - 1).fill(size), reader.at, end - padding);
}

/** One behind the other; the last one is what is left. */
function lined(sizes: number[], from: number, end: number): [number, number][] {
  const found: [number, number][] = [];
  for (const size of sizes) found.push([from, (from += size)]);
  return [...found, [from, end]];
}

class Sizes {
  constructor(
    private readonly packet: Uint8Array,
    public at: number,
  ) {}

  /** One byte, or two from 252 on. */
  size(): number {
    const first = this.packet[this.at++];
    return first < 252 ? first : first + 4 * this.packet[this.at++];
  }

  /** A byte of 255 stands for 254, and another follows. */
  padding(): number {
    let size = 0;
    while (this.packet[this.at] === 255) {
      size += 254;
      this.at++;
    }
    return size + this.packet[this.at++];
  }
}
