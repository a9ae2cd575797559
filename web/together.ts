// What a classroom needs before its board is one file: many small ones are packed worse, and asked for one by one.
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

const IMPORTED = /^(?:import|export)\s+(?!type\b)(?:[^;"']*?\sfrom\s+)?["'](\.[^"']+)["']/gm;
const ENDINGS = ["", ".ts", ".tsx", "/index.ts"];

/** A file of ours and all it imports of ours at once, not later; without what has only types. */
function closure(file: string, found = new Set<string>()): Set<string> {
  if (found.has(file) || !/\.tsx?$/.test(file)) return found;
  found.add(file);
  for (const [, path] of readFileSync(file, "utf8").matchAll(IMPORTED)) {
    const at = join(dirname(file), path);
    const there = ENDINGS.map((ending) => at + ending).find((one) => existsSync(one) && /\.\w+$/.test(one));
    if (there) closure(there, found);
  }
  return found;
}

const src = (path: string) => resolve(import.meta.dirname, "src", path);

const SHARED = /node_modules\/(?:preact|@preact)\//;

/** What every screen has, and what the classroom's own has beside: for rolldown's codeSplitting. */
export function groups() {
  const room = src("screens/room/Room.tsx");
  const [own, door] = [closure(room), closure(src("screens/door/Door.tsx"))];
  const every = new Set([...closure(src("main.tsx")), ...[...door].filter((file) => own.has(file))]);
  own.delete(room);
  every.delete(src("main.tsx"));
  const named = (id: string) => id.split("?")[0];
  return [
    { name: "common", priority: 2, test: (id: string) => every.has(named(id)) || SHARED.test(id) },
    { name: "classroom", priority: 1, test: (id: string) => own.has(named(id)) },
  ];
}
