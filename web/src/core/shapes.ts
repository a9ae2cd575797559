// How structs lie in the arrays of the wire, read once from the short text that is generated.
import { MESSAGES } from "../wire.gen";

/** A field, and the kind of struct inside it. */
export type Field = readonly [name: string, kind?: string];
/** The struct of each tag. */
export type Tags = Record<string, string>;

/** The fields of every struct in wire order. */
export const SHAPES: Record<string, Field[]> = {};
/** The tag of every struct that has one. */
export const TAGS: Tags = {};
/** What may come or go at each place, by tag. */
export const KINDS: Record<"Up" | "Down" | "Command" | "Fact" | "Glimpse", Tags> = {
  ...{ Up: {}, Down: {}, Command: {}, Fact: {}, Glimpse: {} },
};
/** Which fields of a channel's state hold structs. */
export const STATE_SHAPES: Record<string, Record<string, string>> = {};

let kind = "";
learn(MESSAGES);

export function learn(messages: string): void {
  for (const line of messages.trim().split("\n")) {
    if (line[0] === ">") kind = line.slice(1);
    else read(line);
  }
}

function read(line: string): void {
  const [head, ...rest] = line.split(" ");
  const [name, tag] = head.split("=");
  const fields = rest.map((field) => field.split(":") as unknown as Field);
  if (kind === "State") {
    STATE_SHAPES[name] = Object.fromEntries(fields);
    return;
  }
  SHAPES[name] = fields;
  if (tag) TAGS[name] = tag;
  if (kind) KINDS[kind as keyof typeof KINDS][tag] = name;
}
