// When somebody speaks in a track of voice, as far as it has been fetched: read from its clusters.
import { element, joined, unlaced } from "./lace";
import { frames } from "./speech";

const SLOT_MS = 100;
const [UNKNOWN, QUIET, SPEECH] = [0, 1, 2];
const MOST_SLOTS = 24 * 36_000; // a day
const [CLUSTER, GROUP, TIME, SIMPLE, BLOCK] = [0x1f43b675, 0xa0, 0xe7, 0xa3, 0xa1];
const LONGEST = 1 << 20; // bytes of an element: larger is none of ours
/** A cluster whose end is not told (RFC 8794 §6.2): without laces it is another. */
const OPEN = new Uint8Array([0x1f, 0x43, 0xb6, 0x75, 1, 255, 255, 255, 255, 255, 255, 255]);

/** Fed with the bytes of a WebM file from a cluster on. Pure; forgets nothing it has heard. */
export class Hearing {
  private slots = new Uint8Array(36_000);
  private held = new Uint8Array(0);
  private cluster = 0;
  private before = -1;

  /** What comes next is from elsewhere. */
  leap(): void {
    this.held = new Uint8Array(0);
    this.before = -1;
  }

  /** -> as much as is whole, with a block for each packet: browsers' buffers take no other. */
  feed(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
    const data = joined([this.held, bytes]);
    const out: Uint8Array[] = [];
    let at = 0;
    for (let next = this.element(data, at, out); next > at; next = this.element(data, at, out)) at = next;
    this.held = data.slice(at);
    if (this.held.length > LONGEST) this.leap();
    return joined(out);
  }

  /** Until when (s) it is known that nobody speaks from `at` on; `at` itself where it is not. */
  quietUntil(at: number): number {
    const first = Math.floor((at * 1000) / SLOT_MS);
    let slot = first;
    while (this.slots[slot] === QUIET) slot++;
    return slot === first ? at : (slot * SLOT_MS) / 1000;
  }

  /** Take an element; says where the next begins, or the same place where it is not whole. */
  private element(data: Uint8Array, at: number, out: Uint8Array[]): number {
    const id = vint(data, at, true);
    const size = id && vint(data, id.end, false);
    if (!id || !size) return at;
    if (id.value === CLUSTER || id.value === GROUP) {
      out.push(id.value === CLUSTER ? OPEN : data.subarray(at, size.end));
      return size.end; // its parts come one by one
    }
    const end = size.end + size.value;
    if (end > data.length) return at;
    const body = data.subarray(size.end, end);
    if (id.value === TIME) this.cluster = unsigned(data, size.end, end);
    if (id.value === BLOCK) this.block(body);
    const blocks = id.value === SIMPLE ? unlaced(body) : [];
    for (const block of blocks) this.block(block);
    out.push(...(blocks.length > 1 ? blocks.map(element) : [data.subarray(at, end)]));
    return end;
  }

  /** The number of its track in one byte, its time after the cluster's in two, flags, the packet. */
  private block(block: Uint8Array): void {
    if (block.length < 4) return;
    const after = ((block[1] << 8) | block[2]) << 16 >> 16;
    for (const [ms, speaks] of frames(block.subarray(4))) this.hear(this.cluster + after + ms, speaks);
  }

  private hear(ms: number, speaks: boolean): void {
    const slot = Math.floor(ms / SLOT_MS);
    if (slot < 0 || slot >= MOST_SLOTS) return;
    this.reach(slot);
    // Nothing was sent between two packets of one file: nobody spoke.
    for (let n = this.before + 1; this.before >= 0 && n < slot; n++) this.slots[n] ||= QUIET;
    if (speaks) this.slots[slot] = SPEECH;
    else this.slots[slot] ||= QUIET;
    this.before = slot;
  }

  private reach(slot: number): void {
    if (slot < this.slots.length) return;
    const longer = new Uint8Array(Math.max(slot + 1, 2 * this.slots.length)).fill(UNKNOWN);
    longer.set(this.slots);
    this.slots = longer;
  }
}

/** A number whose first byte says how many it takes (RFC 8794 §4); an id keeps the mark. */
function vint(data: Uint8Array, at: number, whole: boolean): { value: number; end: number } | null {
  const width = Math.clz32(data[at] ?? 0) - 23;
  if (width > 8 || at + width > data.length) return null;
  const first = whole ? data[at] : data[at] & (0xff >> width);
  let value = first;
  for (let n = 1; n < width; n++) value = value * 256 + data[at + n];
  return { value, end: at + width };
}

function unsigned(data: Uint8Array, from: number, to: number): number {
  return data.subarray(from, to).reduce((value, byte) => value * 256 + byte, 0);
}
