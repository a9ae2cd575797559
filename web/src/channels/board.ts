// The board everyone sees and writes on: pages of strokes, kept as packed ink.
import type { Act, Fact, Participant, Pen, Page as WirePage } from "../wire.gen";

export const SEAT = 2 ** 20; // a stroke's number is its writer's seat * SEAT + a count of its own
export const LONGEST_STROKE = 16_384; // bytes
const UNDO_DEPTH = 100;
const MAY_WRITE: readonly string[] = ["teacher", "co-teacher", "classroom"];

export type Background = WirePage["background"];

export interface Stroke {
  pen: Pen;
  /** The batches, one behind the other; joined by inkOf() only where someone needs them whole. */
  ink: Uint8Array;
  hidden: boolean;
}

export interface Page {
  background: Background;
  strokes: Map<number, Stroke>;
  here: boolean;
}

export interface Board {
  pages: Map<number, Page>;
  current: number;
  let: "nobody" | "stage" | "everyone";
  drawing: Map<number, number>;
  acts: Map<number, Act[]>;
  on_stage: string[];
  seats: Map<string, number>;
}

export const follows = [
  ...["page.added", "page.turned", "board.let"],
  ...["ink.begun", "ink", "ink.hidden", "ink.shown"],
  ...["stage.entered", "stage.left", "lesson.joined", "lesson.left"],
] as const;

export function fresh(): Board {
  return {
    ...{ pages: new Map([[1, blank("blank")]]), current: 1, let: "stage" },
    ...{ drawing: new Map(), acts: new Map(), on_stage: [], seats: new Map() },
  } as Board;
}

export function fold(state: Board, fact: Fact, _at: number): void {
  switch (fact.t) {
    case "ink":
      lengthen(state, fact.stroke, fact.ink, fact.last);
      break;
    case "ink.begun":
      begin(state, fact);
      break;
    case "ink.hidden":
      turn(state, fact.page, fact.strokes, true);
      remember(state, fact.seat, fact.undo ? null : act(fact.page, fact.strokes, true));
      break;
    case "ink.shown":
      turn(state, fact.page, fact.strokes, false);
      remember(state, fact.seat, null);
      break;
    case "page.added":
      state.pages.set(fact.page, blank(fact.background));
      break;
    case "page.turned":
      state.current = fact.page;
      break;
    case "board.let":
      state.let = fact.who;
      break;
    default:
      followPeople(state, fact);
  }
}

/** Put a fetched page in the place of the one whose strokes were left out. */
export function put(state: Board, key: number, part: WirePage): void {
  state.pages.set(key, part as unknown as Page);
}

export function mayWrite(state: Board, who: Participant): boolean {
  if (who.role === "teacher") return true;
  if (!state.seats.has(who.id)) return false;
  return state.let === "everyone" || (state.let === "stage" && state.on_stage.includes(who.id));
}

function blank(background: Background): Page {
  return { background, strokes: new Map(), here: true };
}

function act(page: number, strokes: number[], hid: boolean): Act {
  return { page, strokes, hid };
}

function begin(state: Board, fact: Extract<Fact, { t: "ink.begun" }>): void {
  const stroke = { pen: fact.pen, ink: fact.ink, hidden: false };
  state.pages.get(fact.page)?.strokes.set(fact.stroke, stroke);
  if (!fact.last) state.drawing.set(fact.stroke, fact.page);
  remember(state, Math.floor(fact.stroke / SEAT), act(fact.page, [fact.stroke], false));
}

function lengthen(state: Board, number: number, ink: Uint8Array, last: boolean): void {
  const stroke = state.pages.get(state.drawing.get(number) ?? 0)?.strokes.get(number);
  if (stroke) stroke.ink = joined(stroke.ink, ink);
  if (last) state.drawing.delete(number);
}

function joined(before: Uint8Array, after: Uint8Array): Uint8Array {
  const whole = new Uint8Array(before.length + after.length);
  whole.set(before);
  whole.set(after, before.length);
  return whole;
}

function turn(state: Board, page: number, strokes: number[], hidden: boolean): void {
  const known = state.pages.get(page)?.strokes;
  for (const number of strokes) {
    const stroke = known?.get(number); // absent while the page is still to be fetched
    if (stroke) stroke.hidden = hidden;
  }
}

function remember(state: Board, seat: number, latest: Act | null): void {
  const acts = state.acts.get(seat) ?? [];
  state.acts.set(seat, acts);
  if (latest === null) acts.pop();
  else if (acts.push(latest) > UNDO_DEPTH) acts.splice(0, acts.length - UNDO_DEPTH);
}

function followPeople(state: Board, fact: Fact): void {
  switch (fact.t) {
    case "lesson.joined":
      if (MAY_WRITE.includes(fact.who.role)) state.seats.set(fact.who.id, fact.seat);
      break;
    case "stage.entered":
      state.on_stage = [...state.on_stage, fact.who];
      break;
    case "stage.left":
    case "lesson.left":
      state.on_stage = state.on_stage.filter((who) => who !== fact.who);
  }
}
