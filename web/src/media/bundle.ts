// Ink in the padding of Opus packets, as the server's rider.py lays it there (RFC 6716 §3.2.5).

const HEAD = 122 << 1;
const REMEMBERED = 512; // numbers: each batch comes in four packets within a quarter of a second

export type Batch = [number: number, bytes: Uint8Array];

/** The batches in one received payload, none where there are none; RED's newest block alone has any. */
export function batchesIn(payload: Uint8Array, red: boolean): Batch[] {
  const padding = paddingOf(red ? newestOf(payload) : payload);
  if (padding.length < 3 || padding[0] !== HEAD) return [];
  const found: Batch[] = [];
  let number = (padding[1] << 8) | padding[2];
  for (let at = 3; at < padding.length; number = (number + 1) & 0xffff) {
    const [size, begin] = lengthAt(padding, at);
    at = begin + size;
    if (at > padding.length) return found;
    if (size) found.push([number, padding.slice(begin, at)]);
  }
  return found;
}

/** Says of 16-bit numbers whether they are new. */
export class Fresh {
  private readonly seen = new Int32Array(REMEMBERED).fill(-1);

  is(number: number): boolean {
    const place = number % REMEMBERED;
    if (this.seen[place] === number) return false;
    this.seen[place] = number;
    return true;
  }
}

/** RFC 2198: headers of four bytes for copies, one byte for the newest, then all in that order. */
function newestOf(payload: Uint8Array): Uint8Array {
  let at = 0;
  let copies = 0;
  for (; payload[at] & 0x80; at += 4) copies += ((payload[at + 2] & 3) << 8) | payload[at + 3];
  return payload.subarray(at + 1 + copies);
}

function paddingOf(packet: Uint8Array): Uint8Array {
  if ((packet[0] & 3) !== 3 || !(packet[1] & 0x40)) return NOTHING;
  let at = 2;
  let size = 0;
  for (; packet[at] === 255; at++) size += 254;
  size += packet[at++] ?? 0;
  return size <= packet.length - at ? packet.subarray(packet.length - size) : NOTHING;
}

function lengthAt(bytes: Uint8Array, at: number): [size: number, end: number] {
  const first = bytes[at];
  return first < 252 ? [first, at + 1] : [first + 4 * (bytes[at + 1] ?? 0), at + 2];
}

const NOTHING = new Uint8Array(0);
