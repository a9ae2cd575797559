// The only place that knows msgpack: wire arrays to typed objects and back, by the generated shapes.
import { Decoder, Encoder } from "@msgpack/msgpack";
import type { Command, Down, Fact, Glimpse, Line, Up } from "../wire.gen";
import { unpackLines } from "./inklines";
import { KINDS, SHAPES, TAGS, type Tags } from "./shapes";

/** What another version says and we do not know: carried and counted, never fatal. */
export interface Unknown {
  t: "?";
  tag: string;
}

// A JavaScript object sorts keys that look like numbers; a mark keeps the order and the key's type.
const decoder = new Decoder({ mapKeyConverter: marked });
const encoder = new Encoder({ ignoreUndefined: true });

function marked(key: unknown): string {
  return typeof key === "number" ? `#${key}` : `$${String(key)}`;
}

function unmarked(key: string): string | number {
  return key[0] === "#" ? Number(key.slice(1)) : key.slice(1);
}

/** Read one msgpack value; its maps become Maps in the order of the wire. */
export function unpack(bytes: Uint8Array): unknown {
  return decoder.decode(bytes);
}

/** A message of the server, or null where its tag is unknown.  Throws on bytes that are no message. */
export function readDown(bytes: Uint8Array): Down | null {
  const message = readTagged(KINDS.Down, unpack(bytes)) as Down | Unknown;
  if (message.t === "i") return { t: "facts", seq: 0, ms: 0, lines: unpackLines(message.lines) };
  return message.t === "?" ? null : message;
}

/** One line of the log that did not come in a frame: packed ink, or any other. */
export function readLine(bytes: Uint8Array): Line {
  const value = unpack(bytes) as unknown[];
  if (typeof value[0] === "string") return unpackLines(value[1] as Uint8Array)[0];
  return readStruct("Line", value, 0, {}) as Line;
}

export function readFact(value: unknown): Fact | Unknown {
  return readTagged(KINDS.Fact, value) as Fact | Unknown;
}

export function readGlimpse(value: unknown): Glimpse | Unknown {
  return readTagged(KINDS.Glimpse, value) as Glimpse | Unknown;
}

export function writeUp(message: Up): Uint8Array {
  return encoder.encode(writeTagged(KINDS.Up, message));
}

/** A command as it stands inside an Ask. */
export function writeCommand(command: Command): unknown {
  return writeTagged(KINDS.Command, command);
}

/** A glimpse as it stands inside a Show. */
export function writeGlimpse(glimpse: Glimpse): unknown {
  return writeTagged(KINDS.Glimpse, glimpse);
}

/** Read a value of a kind: "Pen", "[Message]", "{Page}", "{[Act]}", "|Ink|Text", or none if plain. */
export function readKind(kind: string | undefined, value: unknown): unknown {
  return readerOf(kind)(value);
}

type Reader = (value: unknown) => unknown;
const readers = new Map<string, Reader>(); // a page has thousands of marks: its kinds are read once

function readerOf(kind: string | undefined): Reader {
  if (kind === undefined) return plain;
  const known = readers.get(kind);
  if (known) return known;
  const made = makeReader(kind);
  readers.set(kind, made);
  return made;
}

function makeReader(kind: string): Reader {
  if (kind[0] === "|") {
    const tags = tagsOf(kind);
    return (value) => readTagged(tags, value);
  }
  if (kind[0] === "[") {
    const read = readerOf(kind.slice(1, -1));
    return (value) => (value as unknown[]).map(read);
  }
  if (kind[0] === "{") {
    const read = readerOf(kind.slice(1, -1));
    return (value) => mapped(value as object, read);
  }
  return (value) => (value === null ? null : readStruct(kind, value as unknown[], 0, {}));
}

function readTagged(tags: Tags, value: unknown): { t: string } | Unknown {
  if (!Array.isArray(value) || typeof value[0] !== "string") throw new Error("not a message");
  const tag = value[0];
  const name = Object.hasOwn(tags, tag) ? tags[tag] : undefined;
  return name === undefined ? { t: "?", tag } : readStruct(name, value, 1, { t: tag });
}

const fields = new Map<string, [field: string, read: Reader][]>();

function readStruct<S extends object>(name: string, values: unknown[], from: number, into: S): S {
  const struct = into as Record<string, unknown>;
  let at = from;
  for (const [field, read] of fieldsOf(name)) struct[field] = read(values[at++]);
  return into;
}

function fieldsOf(name: string): [field: string, read: Reader][] {
  const known = fields.get(name);
  if (known) return known;
  const made = SHAPES[name].map(([field, kind]): [string, Reader] => [field, readerOf(kind)]);
  fields.set(name, made);
  return made;
}

function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.some(isObject) ? value.map(plain) : value;
  return isObject(value) ? mapped(value, plain) : value;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !(value instanceof Uint8Array);
}

function mapped<V>(value: object, read: (item: unknown) => V): Map<string | number, V> {
  const map = new Map<string | number, V>();
  for (const [key, item] of entries(value)) map.set(key, read(item));
  return map;
}

function entries(value: object): [string | number, unknown][] {
  if (value instanceof Map) return [...value];
  return Object.entries(value).map(([key, item]) => [unmarked(key), item]);
}

function writeTagged(tags: Tags, message: { t: string }): unknown[] {
  return [message.t, ...writeStruct(tags[message.t], message)];
}

function writeStruct(name: string, struct: object): unknown[] {
  return SHAPES[name].map(([field, kind]) =>
    writeKind(kind, (struct as Record<string, unknown>)[field]),
  );
}

function writeKind(kind: string | undefined, value: unknown): unknown {
  if (kind === undefined) return value;
  if (kind[0] === "|") return writeTagged(tagsOf(kind), value as { t: string });
  if (kind[0] === "[") return (value as unknown[]).map((item) => writeKind(kind.slice(1, -1), item));
  return kind in SHAPES ? writeStruct(kind, value as object) : value;
}

const choices = new Map<string, Tags>();

/** By tag, the structs of a kind like "|Ink|Text". */
export function tagsOf(kind: string): Tags {
  const known = choices.get(kind);
  if (known) return known;
  const names = kind.slice(1).split("|");
  const tags = Object.fromEntries(names.map((name) => [TAGS[name], name]));
  choices.set(kind, tags);
  return tags;
}
