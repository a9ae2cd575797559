// msgpack, as much of it as messages are made of: maps are Maps in their order, no extensions.

const SHORT = 24; // bytes of a text that is read letter by letter sooner than by a decoder
const WORD = 2 ** 32;
const BINARY = 0xc4; // of each family the head with one byte of length or value
const TEXT = 0xd9;
const POSITIVE = 0xcc;
const NEGATIVE = 0xd0;
const ARRAY = 0xdb; // these two have no such head
const MAP = 0xdd;

const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });
const toUtf8 = new TextEncoder();

/** Read one value, which must be all there is; throws on other bytes. */
export function read(bytes: Uint8Array): unknown {
  const reader = new Reader(bytes);
  const value = reader.value();
  if (reader.at !== bytes.length) throw new RangeError("not one msgpack value");
  return value;
}

export function write(value: unknown): Uint8Array {
  const writer = new Writer();
  writer.value(value);
  return writer.done();
}

class Reader {
  at = 0;
  private readonly view: DataView;

  constructor(private readonly bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  value(): unknown {
    const head = this.view.getUint8(this.at++);
    if (head < 0x80) return head;
    if (head < 0x90) return this.map(head & 15);
    if (head < 0xa0) return this.array(head & 15);
    if (head < 0xc0) return this.text(head & 31);
    if (head >= 0xe0) return head - 0x100;
    return head < 0xc4 ? constant(head) : this.long(head);
  }

  private long(head: number): unknown {
    if (head < BINARY + 3) return this.slice(this.positive(head - BINARY));
    if (head === 0xca) return this.view.getFloat32(this.skip(4));
    if (head === 0xcb) return this.view.getFloat64(this.skip(8));
    if (head >= POSITIVE && head < POSITIVE + 4) return this.positive(head - POSITIVE);
    if (head >= NEGATIVE && head < NEGATIVE + 4) return this.negative(head - NEGATIVE);
    if (head >= TEXT && head < TEXT + 3) return this.text(this.positive(head - TEXT));
    if (head > MAP) return this.map(this.positive(head - MAP));
    if (head > ARRAY) return this.array(this.positive(head - ARRAY));
    throw new RangeError(`a msgpack extension: ${head}`);
  }

  /** Of 1, 2, 4 or 8 bytes. */
  private positive(power: number): number {
    if (power === 0) return this.view.getUint8(this.skip(1));
    if (power === 1) return this.view.getUint16(this.skip(2));
    if (power === 2) return this.view.getUint32(this.skip(4));
    return this.positive(2) * WORD + this.positive(2);
  }

  private negative(power: number): number {
    if (power === 0) return this.view.getInt8(this.skip(1));
    if (power === 1) return this.view.getInt16(this.skip(2));
    const high = this.view.getInt32(this.skip(4));
    return power === 2 ? high : high * WORD + this.positive(2);
  }

  private array(length: number): unknown[] {
    const items: unknown[] = [];
    for (let i = 0; i < length; i++) items.push(this.value());
    return items;
  }

  private map(length: number): Map<unknown, unknown> {
    const map = new Map<unknown, unknown>();
    for (let i = 0; i < length; i++) map.set(this.value(), this.value());
    return map;
  }

  private text(length: number): string {
    const bytes = this.slice(length);
    let text = "";
    for (let i = 0; i < length; i++) {
      if (length > SHORT || bytes[i] > 0x7f) return utf8.decode(bytes);
      text += String.fromCharCode(bytes[i]);
    }
    return text;
  }

  private slice(length: number): Uint8Array {
    const from = this.skip(length);
    if (this.at > this.bytes.length) throw new RangeError("a msgpack value that is cut off");
    return this.bytes.subarray(from, this.at);
  }

  private skip(bytes: number): number {
    this.at += bytes;
    return this.at - bytes;
  }
}

function constant(head: number): boolean | null {
  if (head === 0xc1) throw new RangeError("no msgpack value");
  return head === 0xc0 ? null : head === 0xc3;
}

class Writer {
  private bytes = new Uint8Array(256);
  private view = new DataView(this.bytes.buffer);
  private at = 0;

  value(value: unknown): void {
    if (typeof value === "number") return this.number(value);
    if (typeof value === "string") return this.text(toUtf8.encode(value));
    if (typeof value === "boolean") return this.put(1, value ? 0xc3 : 0xc2);
    if (value === null || value === undefined) return this.put(1, 0xc0);
    if (value instanceof Uint8Array) return this.binary(value);
    if (Array.isArray(value)) return this.array(value);
    this.map(value instanceof Map ? [...value] : Object.entries(value));
  }

  done(): Uint8Array {
    return this.bytes.slice(0, this.at);
  }

  private number(value: number): void {
    if (!Number.isSafeInteger(value)) this.float(value);
    else if (value >= -0x20 && value < 0x80) this.put(1, value);
    else if (value >= 0) this.sized(POSITIVE, value);
    else if (value >= -0x80) this.headed(NEGATIVE, 1, value);
    else if (value >= -0x8000) this.headed(NEGATIVE + 1, 2, value);
    else if (value >= -WORD / 2) this.headed(NEGATIVE + 2, 4, value);
    else this.headed(NEGATIVE + 3, 8, value);
  }

  private float(value: number): void {
    this.put(1, 0xcb);
    const at = this.room(8);
    this.view.setFloat64(at, value);
  }

  private text(text: Uint8Array): void {
    if (text.length < 0x20) this.put(1, 0xa0 | text.length);
    else this.sized(TEXT, text.length);
    this.append(text);
  }

  private binary(bytes: Uint8Array): void {
    this.sized(BINARY, bytes.length);
    this.append(bytes);
  }

  private append(bytes: Uint8Array): void {
    const at = this.room(bytes.length);
    this.bytes.set(bytes, at);
  }

  private array(items: readonly unknown[]): void {
    if (items.length < 0x10) this.put(1, 0x90 | items.length);
    else this.long(ARRAY, items.length);
    for (const item of items) this.value(item);
  }

  private map(entries: readonly (readonly [unknown, unknown])[]): void {
    if (entries.length < 0x10) this.put(1, 0x80 | entries.length);
    else this.long(MAP, entries.length);
    for (const entry of entries) entry.forEach((part) => this.value(part));
  }

  /** A length or value in as few bytes as it needs, behind the head that says how many. */
  private sized(family: number, value: number): void {
    if (value < 0x100) this.headed(family, 1, value);
    else if (value < WORD) this.long(family, value);
    else this.headed(family + 3, 8, value);
  }

  private long(family: number, value: number): void {
    if (value < 0x10000) this.headed(family + 1, 2, value);
    else this.headed(family + 2, 4, value);
  }

  private headed(head: number, width: number, value: number): void {
    this.put(1, head);
    if (width === 8) this.put(4, Math.floor(value / WORD));
    this.put(Math.min(width, 4), value);
  }

  /** The low bytes of a whole number, the highest first. */
  private put(width: number, value: number): void {
    const at = this.room(width);
    if (width === 1) this.view.setUint8(at, value);
    else if (width === 2) this.view.setUint16(at, value);
    else this.view.setUint32(at, value);
  }

  /** Where there is room for so many bytes now; the buffer may be another one than before. */
  private room(size: number): number {
    const end = this.at + size;
    if (end > this.bytes.length) {
      const larger = new Uint8Array(2 * end);
      larger.set(this.bytes);
      this.bytes = larger;
      this.view = new DataView(larger.buffer);
    }
    this.at = end;
    return end - size;
  }
}
