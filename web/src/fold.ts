// For Node: answers a test's questions with what the browser's code makes of them, one line each.
import { encode as written } from "@msgpack/msgpack";
import { getStroke } from "perfect-freehand";
import { copiesOf } from "./board/copies";
import { WHOLE, zoomed } from "./board/camera";
import { decodeStroke, encode, newChain, type Point } from "./board/ink";
import { clipped, type Window } from "./board/formula/clipping";
import { read as readOutline } from "./board/formula/outlines";
import { pack, type Part, type Segment } from "./board/formula/packing";
import { lookOf, type Matrix } from "./board/look";
import type { Page } from "./channels/board";
import { cornersOf } from "./board/outline";
import { placeFor } from "./board/place";
import "./core/late";
import { adopt } from "./channels/index";
import * as light from "./channels/light";
import { type ChannelName, fold, freshStates, NAMES, putPart, readStates, type States } from "./channels/index";
import { Resampler, type Sample } from "./board/resample";
import type { Spot } from "./board/extent";
import { crumbs, rubbed, spansOf } from "./board/rub";
import { broken } from "./board/words";
import { casts } from "./channels/stage";
import type { Connection } from "./core/connection";
import { readDown, readFact, readKind, tagsOf, unpack } from "./core/codec";
import { Conversation } from "./core/conversation";
import { Store } from "./core/store";
import { KINDS, SHAPES, STATE_SHAPES } from "./core/shapes";
import { Courier } from "./courseware/courier";
import { fed } from "./feeding";
import { Writings } from "./board/writings";
import { batchesIn } from "./media/bundle";
import { fitted, sizesOffered } from "./media/sizes";
import { thinned } from "./media/thin";
import { BEHIND } from "./fold.behind";
import { recovered } from "./packed/bytes";
import { linesIn } from "./packed/columns";
import { chapterAt, chaptersOf } from "./screens/replay/chapters";
import { LessonClock } from "./screens/replay/clock";
import { freeze } from "./screens/replay/copy";
import type { Pace } from "./screens/replay/feeder";
import { byTrack, covers, following, nextAt, pieceAt, placeOf, readUntil, type TrackFile } from "./screens/replay/files";
import { Scene } from "./screens/replay/scene";
import { Index } from "./screens/replay/search";
import { Hearing } from "./screens/replay/hearing";
import { gapsOf, inGap } from "./screens/replay/gaps";
import { leapFrom } from "./screens/replay/quiet";
import { frames } from "./screens/replay/speech";
import { steer } from "./screens/replay/steer";
import { Timeline } from "./screens/replay/timeline";
import type { Command, Participant, Pen } from "./wire.gen";

adopt({ light });

const store = new Store();
const refusals: string[] = [];
const talk = new Conversation(store, "ticket", {
  refused: (code) => refusals.push(code),
  glimpsed: () => undefined,
  closed: () => undefined,
  welcomed: () => undefined,
  recalled: () => undefined,
});

const ANSWERS: Record<string, (...given: never[]) => unknown> = {
  fold: (welcome: Uint8Array | null, fetched: Uint8Array[], frames: Uint8Array[]) => {
    const states = welcome ? welcomed(welcome) : freshStates();
    for (const part of fetched) put(states, part);
    for (const frame of frames) foldFrame(states, frame);
    return dump(states);
  },
  look: (frames: Uint8Array[]) => {
    const states = freshStates();
    for (const frame of frames) foldFrame(states, frame);
    return [...states.board.pages].map(([number, page]) => [number, looksOf(page)]);
  },
  /** Every character as wide as the next. */
  broken: (text: string, width: number) => broken(text, width, (part) => part.length),
  copies: (width: number, ink: Uint8Array, cuts: number[], matrix: Matrix) => {
    const pen: Pen = { tool: "pen", colour: 0, width };
    const look = { body: { t: "ink", pen, ink } as const, cuts, matrix, colour: 5, text: null, outline: null };
    const bodies = copiesOf(look).filter((body) => body.t === "ink");
    return bodies.map((body) => [Object.values(body.pen), base64(body.ink)]);
  },
  casts: (welcome: Uint8Array) => {
    const message = readDown(welcome);
    if (message?.t !== "welcome") throw new Error("no welcome");
    const plan = casts(welcomed(welcome).stage, message.you as Participant);
    return plan.map((cast) => Object.values(cast));
  },
  bundle: (payload: Uint8Array, red: boolean) =>
    batchesIn(payload, red).map(([number, bytes]) => [number, base64(bytes)]),
  thinned: (sdp: string) => thinned(sdp),
  chunk: (columns: Uint8Array) =>
    linesIn(columns).map(({ seq, ms, fact }) => [seq, ms, base64(write(fact))]),
  recovered: (texts: string[], size: number, ends: Uint8Array) =>
    base64(recovered(texts, size, ends)),
  lines: (frame: Uint8Array) => {
    const message = readDown(frame);
    if (message?.t !== "facts") throw new Error("no facts");
    return message.lines.map(({ seq, ms, fact }) => [seq, ms, base64(write(fact))]);
  },
  readable: (bytes: Uint8Array) => {
    try {
      return readDown(bytes) !== undefined;
    } catch {
      return false;
    }
  },
  decode: (ink: Uint8Array) => decodeStroke(ink),
  outline: (packed: Uint8Array) => readOutline(packed),
  packed: (width: number, height: number, parts: (Path | Said)[]) =>
    base64(pack(width, height, parts.map(partOf))),
  clipped: (path: Path[1], window: Window) =>
    clipped(path.map(segmentOf), window).map(({ letter, at }) => [letter, at]),
  corners: (pen: unknown[], points: Point[], width: number) =>
    cornersOf(readKind("Pen", pen) as Pen, points, width),
  freehand: (thinning: number, points: number[][], size: number) =>
    getStroke(points, { size, thinning, streamline: 0.3, simulatePressure: false, last: true }),
  encode: (batches: Point[][]) => {
    const chain = newChain();
    return batches.map((points, i) => base64(encode(chain, points, i === 0)));
  },
  resample: (reports: [number, number, number, number][]) => {
    const [first, ...rest] = reports.map(sampleOf);
    const resampler = new Resampler(first);
    const points = [resampler.first, ...rest.flatMap((sample) => resampler.feed(sample))];
    return [...points, ...resampler.end()];
  },
  rubbed: (points: Spot[], from: Spot, to: Spot, reach: number) =>
    spansOf(rubbed(points, from, to, reach)),
  crumbs: (count: number, cuts: number[]) => crumbs(count, cuts),
  // A stroke of somebody else comes batch by batch; how many of its points are seen at each frame.
  animated: (voiceMs: number, batches: Uint8Array[], everyMs: number, frameMs: number) => {
    const writings = new Writings();
    writings.waitForVoice(voiceMs);
    const seen: number[] = [];
    for (let at = 0; seen.length < 500; at += frameMs) {
      const came = Math.floor(at / everyMs) - Math.floor((at - frameMs) / everyMs);
      for (let i = 0; i < came && batches.length; i++) {
        const ink = batches.shift() as Uint8Array;
        writings.begin(1, 1, { tool: "pen", colour: 0, width: 16 }, ink);
        if (at > 0) writings.lengthen(1, ink);
        writings.went(1, !batches.length, false);
      }
      for (const [, { points }] of writings.shown()) seen.push(points.length);
      if (writings.takeFinished().length) break;
      writings.advance(frameMs);
    }
    return seen;
  },
  zooms: (steps: [factor: number, x: number, y: number][]) => {
    const seen = [WHOLE];
    for (const [factor, x, y] of steps) {
      const part = seen[seen.length - 1];
      const at = [part.x + x * part.width, part.y + (y * part.width * 9) / 16] as const;
      seen.push(zoomed(part, factor, ...at));
    }
    return seen.map((part) => [part.x, part.y, part.width]);
  },
  place: (welcome: Uint8Array, page: number) => {
    const message = readDown(welcome);
    if (message?.t !== "welcome") throw new Error("no welcome");
    const found = placeFor(welcomed(welcome), message.you as Participant, page);
    return "boxes" in found ? [found.kind, ...found.boxes] : [found.kind];
  },
  offered: (width: number | null) => sizesOffered(width ?? undefined),
  fitted: (rids: string[], width: number | null, inSight: boolean, shown: string[] | null) =>
    fitted(rids, width ?? undefined, inSight, shown ?? undefined),
  // A conversation, a step at a time; each step is answered with what would be sent now.
  opened: (now: number) => said(() => talk.opened(now)),
  lost: () => said(() => talk.lost()),
  heard: (message: Uint8Array, now: number) => said(() => talk.heard(message, now)),
  ride: (on: boolean) => said(() => talk.ride(on)),
  rode: (line: Uint8Array) => said(() => talk.rode(line)),
  ask: (command: [string, ...unknown[]]) => said(() => talk.ask(askOf(command))),
  alive: (now: number) => talk.tick(now),
  waiting: () => talk.waiting,
  asking: (tag: Command["t"]) => talk.asking(tag) ?? null,
  seq: () => store.seq,
  refusals: () => refusals,
  state: () => dump(store.states),
  // A room's courier over a real line until it has every page: what it tells its teacher.
  courier: async (url: string, lesson: string, ticket: string, welcome: Uint8Array) => {
    fetchFrom(url);
    const message = readDown(welcome);
    if (message?.t !== "welcome") throw new Error("no welcome");
    store.welcome(message);
    const told: Command[] = [];
    const connection = { store, ask: (command: Command) => told.push(command) };
    const courier = new Courier(connection as unknown as Connection, lesson, ticket);
    await new Promise<void>((done) => {
      courier.progress.subscribe(({ here, all }) => here === all && all && done());
    });
    courier.close();
    return told;
  },
  // The replay; files and what is seen of an element come as JSON, as a page has them.
  steer: (calls: string) =>
    (JSON.parse(calls) as Parameters<typeof steer>[]).map((call) => steer(...call)),
  clock: (endsAt: number, steps: [keyof LessonClock, number[]][]) => {
    const clock = Object.assign(new LessonClock(), { endsAt });
    return steps.map(([step, given]) => (clock[step] as (...given: number[]) => unknown)(...given));
  },
  chapters: (frames: Uint8Array[], startsAt: number, moments: number[]) => {
    const { entries, last } = timelineOf(frames);
    const chapters = chaptersOf(entries, startsAt, last.bookmarks.marks);
    return [chapters, moments.map((at) => chapterAt(chapters, at))];
  },
  files: (list: string, question: keyof typeof FILES, ...given: number[]) => {
    const ask = FILES[question] as (files: unknown, ...given: number[]) => unknown;
    return ask(JSON.parse(list), ...given);
  },
  ...BEHIND,
  search: (frames: Uint8Array[], texts: [string, string][], words: string[], most: number) => {
    const [index, { entries }] = [new Index(), timelineOf(frames)];
    const began = performance.now();
    index.take(entries);
    for (const [sheet, text] of texts) index.learn(sheet, text);
    const hits = words.map((asked) => index.find(asked, most));
    return { hits, ms: performance.now() - began };
  },
  gaps: (frames: Uint8Array[], moments: number[]) => {
    const gaps = gapsOf(timelineOf(frames).entries);
    return [gaps, moments.map((at) => inGap(gaps, at))];
  },
  speaks: (packets: Uint8Array[]) => packets.map((packet) => [...frames(packet)]),
  // A voice comes in pieces; until when nobody speaks, and whither to leap, at each moment.
  quiet: (frames: Uint8Array[], pieces: Uint8Array[], moments: number[]) => {
    const [voice, { entries }] = [new Hearing(), timelineOf(frames)];
    for (const piece of pieces) voice.feed(piece);
    return moments.map((at) => [voice.quietUntil(at), leapFrom(at, [voice], entries)]);
  },
  // What of a voice goes into the browser's buffer, piece by piece.
  unlaced: (pieces: Uint8Array[]) => {
    const voice = new Hearing();
    return pieces.map((piece) => [...voice.feed(piece)]);
  },
  freeze: (earlier: string, later: string) => {
    const before = freeze(JSON.parse(earlier) as Record<string, unknown>);
    const after = freeze(JSON.parse(later) as Record<string, unknown>, before);
    return [after, Object.keys(after).filter((key) => after[key] === before[key])];
  },
  scene: (frames: Uint8Array[], moves: [at: number, leap: boolean][]) => {
    const timeline = timelineOf(frames);
    const scene = new Scene(timeline);
    let [told, replaced] = [0, 0];
    scene.onFact(() => told++);
    scene.onReplaced(() => replaced++);
    const seen = moves.map(([at, leap]) => {
      scene.goTo(timeline.countUntil(at), { leap });
      return [dump(scene.states), told, replaced];
    });
    return { seen, last: dump(timeline.last), unknown: timeline.unknown, seq: timeline.seq };
  },
  fed: (files: string, pace: string, moments: [number, number][]) =>
    fed(JSON.parse(files) as TrackFile[], JSON.parse(pace) as Pace, moments),
};

/** A page's address is of the server that it came from; here there is no page. */
function fetchFrom(url: string): void {
  const over = fetch;
  globalThis.fetch = (path, init) => over(new URL(String(path), url), init);
}

const FILES = {
  ...{ covers, nextAt, placeOf },
  pieceAt: (files: never, file: number, offset: number, most: number) =>
    pieceAt(files, { file, offset }, most),
  following: (files: never, file: number, offset: number) => following(files, { file, offset }),
  readUntil: (files: never, file: number, offset: number) => readUntil(files, { file, offset }),
  byTrack: (files: never) => [...byTrack(files)],
};

type Path = [line: number, path: [letter: string, at: number[]][]];
type Said = [x: number, y: number, size: number, text: string];

function partOf(part: Path | Said): Part {
  if (part.length === 2) return { line: part[0], path: part[1].map(segmentOf) };
  const [x, y, size, text] = part;
  return { x, y, size, text };
}

function segmentOf([letter, at]: Path[1][number]): Segment {
  return { letter, at };
}

function looksOf(page: Page): unknown[] {
  return [...page.marks].map(([number, mark]) => {
    const look = lookOf(number, page, mark);
    const outline = look?.outline && base64(look.outline);
    return [number, look && [look.matrix, look.colour, look.text, outline, look.cuts]];
  });
}

function timelineOf(frames: Uint8Array[]): Timeline {
  const timeline = new Timeline();
  for (const frame of frames) {
    const message = readDown(frame);
    if (message?.t === "facts") timeline.add(message);
  }
  return timeline;
}

function sampleOf([at, x, y, pressure]: [number, number, number, number]): Sample {
  return { at, x, y, pressure };
}

function said(act: () => unknown): string[] {
  act();
  return talk.drain().map(base64);
}

function askOf([tag, ...fields]: [string, ...unknown[]]): Command {
  return { t: tag, ...(readKind(KINDS.Command[tag], fields) as object) } as Command;
}

function welcomed(bytes: Uint8Array): States {
  const message = readDown(bytes);
  if (message?.t !== "welcome" || !message.states) throw new Error("no states");
  return readStates(message.states as never);
}

function put(states: States, bytes: Uint8Array): void {
  const message = readDown(bytes);
  if (message?.t === "fetched") putPart(states, message.channel as ChannelName, message.key, message.part);
}

function foldFrame(states: States, bytes: Uint8Array): void {
  const message = readDown(bytes);
  if (message?.t !== "facts") throw new Error("no facts");
  for (const line of message.lines) {
    const fact = readFact(line.fact);
    if (fact.t !== "?") fold(states, fact, (message.ms + line.ms) / 1000);
  }
}

/** The states as the wire would carry them, maps as lists of pairs so that their order shows. */
function dump(states: States): unknown {
  return Object.fromEntries(
    NAMES.map((name) => [
      name,
      Object.entries(states[name]).map(([f, value]) => [f, shown(STATE_SHAPES[name][f], value)]),
    ]),
  );
}

function shown(kind: string | undefined, value: unknown): unknown {
  const inner = kind && /^[[{]/.test(kind) ? kind.slice(1, -1) : undefined;
  if (value instanceof Map) return [...value].map(([k, item]) => [String(k), shown(inner, item)]);
  if (value instanceof Uint8Array) return base64(value);
  if (Array.isArray(value)) return value.map((item) => shown(inner, item));
  if (!kind || value === null) return value;
  if (kind[0] === "|") {
    const { t } = value as { t: string };
    return [t, ...(shown(tagsOf(kind)[t], value) as unknown[])];
  }
  const struct = value as Record<string, unknown>;
  return SHAPES[kind].map(([field, within]) => shown(within, struct[field]));
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64");
}

/** As it was sent: a map's keys carry the mark of their type where we have read them. */
function write(value: unknown): Uint8Array {
  return written(asSent(value));
}

function asSent(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asSent);
  if (typeof value !== "object" || value === null || value instanceof Uint8Array) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [nameOf(key), asSent(one)]));
}

function nameOf(key: string): string {
  if (key[0] !== "$") throw new Error("a map by numbers has no way back through an object");
  return key.slice(1);
}

/** Questions come as [length][msgpack], as between our processes. */
let held = Buffer.alloc(0);
process.stdin.on("data", (more: Buffer) => {
  held = Buffer.concat([held, more]);
  while (held.length >= 4 && held.length >= 4 + held.readUInt32BE(0)) {
    const end = 4 + held.readUInt32BE(0);
    const [kind, ...given] = unpack(held.subarray(4, end)) as [string, ...never[]];
    held = held.subarray(end);
    void Promise.resolve(ANSWERS[kind](...given)).then((answer) => {
      process.stdout.write(`${JSON.stringify(answer)}\n`);
    });
  }
});
