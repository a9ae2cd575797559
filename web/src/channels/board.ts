// The board everyone sees and writes on: the marks of its pages, and what each may undo.
import type {
  Act,
  Change,
  Cut,
  Fact,
  Grant,
  Ink,
  Mark as WireMark,
  Page as WirePage,
  Participant,
} from "../wire.gen";

export const SEAT = 2 ** 20; // a mark's number is its maker's seat * SEAT + a count of its own
export const LONGEST_STROKE = 16_384; // bytes
const UNDO_DEPTH = 100;
const MAY_WRITE: readonly string[] = ["teacher", "co-teacher", "classroom"];

export type Mark = WireMark;
export type Box = Grant["area"];

export interface Page {
  /** In the order they came, which is how they lie upon one another. */
  marks: Map<number, Mark>;
  /** The ops that are undone, rising. */
  off: number[];
  here: boolean;
}

export interface Board {
  pages: Map<number, Page>;
  removed: number[];
  let: "nobody" | "stage" | "everyone";
  drawing: Map<number, number>;
  ops: number;
  done: Map<number, Act[]>;
  undone: Map<number, Act[]>;
  on_stage: string[];
  seats: Map<string, number>;
  boxes: Map<number, Grant>;
  halted: Map<number, number>;
}

export const follows = [
  ...["board.let", "ink.begun", "ink"],
  ...["marks.put", "marks.edited", "page.cleared", "op.undone", "op.redone"],
  ...["box.given", "box.taken", "layer.promoted"],
  ...["page.added", "page.removed", "page.restored"],
  ...["stage.entered", "stage.left", "lesson.joined", "lesson.left"],
] as const;

export function fresh(): Board {
  return {
    ...{ pages: new Map([[1, blank()]]), removed: [], let: "stage", drawing: new Map(), ops: 0 },
    ...{ done: new Map(), undone: new Map(), on_stage: [], seats: new Map(), boxes: new Map() },
    halted: new Map(),
  };
}

export function fold(state: Board, fact: Fact, _at: number): void {
  switch (fact.t) {
    case "ink":
      return lengthen(state, fact.stroke, fact.ink, fact.last);
    case "ink.begun":
      return begin(state, fact);
    case "marks.put":
      return put(state, fact);
    case "marks.edited":
      change(state, fact.page, fact.marks, fact);
      return did(state, fact.seat, fact.page, fact.op);
    case "page.cleared":
      change(state, fact.page, shown(state, fact.page), { op: fact.op, edit: { t: "hide" } });
      return did(state, fact.seat, fact.page, fact.op);
    case "op.undone":
      switchOff(state.pages.get(fact.page)?.off, fact.op);
      return move(fact, state.done, state.undone);
    case "op.redone":
      return redo(state, fact);
    case "board.let":
      state.let = fact.who;
      return;
    default:
      follow(state, fact);
  }
}

/** Put a fetched page in the place of the one whose marks were left out. */
export function putPage(state: Board, key: number, part: WirePage): void {
  state.pages.set(key, part as unknown as Page);
}

export function mayWrite(state: Board, who: Participant): boolean {
  if (who.role === "teacher") return true;
  if (!state.seats.has(who.id)) return false;
  return state.let === "everyone" || (state.let === "stage" && state.on_stage.includes(who.id));
}

/** The boxes where somebody may write on a page to whom the board is not let. */
export function boxesOf(state: Board, who: Participant, page: number): Box[] {
  const boxes = [...state.boxes.values()];
  return boxes.filter((box) => box.who === who.id && box.page === page).map((box) => box.area);
}

/** Whether anything of a mark is to be seen (its cuts apart). */
export function shows(page: Page, mark: Mark): boolean {
  return !isOff(page, mark.op) && !edits(page, mark).some((edit) => edit.t === "hide");
}

/** Whether an op is undone. */
export function isOff({ off }: Page, op: number): boolean {
  return off[placeOf(off, op)] === op;
}

/** What was done to a mark and is not undone, in order. */
export function edits(page: Page, mark: Mark): Change["edit"][] {
  return mark.changes.filter(({ op }) => !isOff(page, op)).map(({ edit }) => edit);
}

/** What somebody would undo or redo on a page, if there is anything. */
export function lastOn(page: number, acts: Act[] | undefined): Act | undefined {
  return [...(acts ?? [])].reverse().find((act) => act.page === page);
}

function blank(): Page {
  return { marks: new Map(), off: [], here: true };
}

function begin(state: Board, fact: Extract<Fact, { t: "ink.begun" }>): void {
  const body: Ink = { t: "ink", pen: fact.pen, ink: fact.ink };
  const mark = { body, op: fact.stroke, changes: [] };
  state.pages.get(fact.page)?.marks.set(fact.stroke, mark);
  if (!fact.last) state.drawing.set(fact.stroke, fact.page);
  did(state, Math.floor(fact.stroke / SEAT), fact.page, fact.stroke);
}

function lengthen(state: Board, number: number, ink: Uint8Array, last: boolean): void {
  carry(number, state.halted, state.drawing);
  const mark = state.pages.get(state.drawing.get(number) ?? 0)?.marks.get(number);
  if (mark?.body.t === "ink") mark.body = { ...mark.body, ink: joined(mark.body.ink, ink) };
  if (last) state.drawing.delete(number);
}

/** Into the other map, as the latest there. */
function carry(stroke: number, from: Map<number, number>, to: Map<number, number>): void {
  const page = from.get(stroke);
  if (page === undefined) return;
  from.delete(stroke);
  to.set(stroke, page);
}

/** The writer has left: what was begun is finished, unless they come back and go on. */
function halt({ drawing, halted }: Board, seat: number | undefined): void {
  const strokes = [...drawing.keys()].filter((stroke) => Math.floor(stroke / SEAT) === seat);
  for (const stroke of strokes) carry(stroke, drawing, halted);
}

function joined(before: Uint8Array, after: Uint8Array): Uint8Array {
  const whole = new Uint8Array(before.length + after.length);
  whole.set(before);
  whole.set(after, before.length);
  return whole;
}

function put(state: Board, fact: Extract<Fact, { t: "marks.put" }>): void {
  const marks = state.pages.get(fact.page)?.marks;
  for (const { number, body } of fact.marks) marks?.set(number, { body, op: fact.op, changes: [] });
  did(state, fact.seat, fact.page, fact.op);
}

/** As if this seat had put them there; a number that is taken stays what it is. */
function promote(state: Board, fact: Extract<Fact, { t: "layer.promoted" }>): void {
  const marks = state.pages.get(fact.page)?.marks;
  const op = state.ops + 1;
  for (const { number, body } of fact.marks) {
    if (marks && !marks.has(number)) marks.set(number, { body, op, changes: [] });
  }
  did(state, fact.seat, fact.page, op);
}

function shown(state: Board, number: number): number[] {
  const page = state.pages.get(number);
  return page ? [...page.marks].filter(([, mark]) => shows(page, mark)).map(([n]) => n) : [];
}

/** Marks are absent while their page is still to be fetched. */
function change(state: Board, page: number, numbers: number[], { op, edit }: Change): void {
  const marks = state.pages.get(page)?.marks;
  const shares = edit.t === "cut" ? pieces(edit.spans) : null;
  for (const number of numbers) {
    const own = shares ? shares.get(number) : edit;
    if (own) marks?.get(number)?.changes.push({ op, edit: own });
  }
}

/** What a cut does to each mark: its own pieces only. */
function pieces(spans: Cut["spans"]): Map<number, Cut> {
  const shares = new Map<number, Cut>();
  for (const span of spans) {
    const known = shares.get(span[0]);
    if (known) known.spans.push(span);
    else shares.set(span[0], { t: "cut", spans: [span] });
  }
  return shares;
}

/** Where a number is, or belongs, in a rising list. */
function placeOf(list: number[], number: number): number {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle] < number) low = middle + 1;
    else high = middle;
  }
  return low;
}

function switchOff(off: number[] | undefined, op: number): void {
  off?.splice(placeOf(off, op), 0, op);
}

function redo(state: Board, fact: Extract<Fact, { t: "op.redone" }>): void {
  const page = state.pages.get(fact.page);
  if (page) page.off = page.off.filter((op) => op !== fact.op);
  move(fact, state.undone, state.done);
}

function did(state: Board, seat: number, page: number, op: number): void {
  if (op < SEAT) state.ops = op;
  state.undone.delete(seat);
  const acts = state.done.get(seat) ?? [];
  state.done.set(seat, acts);
  if (acts.push({ page, op }) > UNDO_DEPTH) acts.splice(0, acts.length - UNDO_DEPTH);
}

function move(
  { page, op, seat }: { page: number; op: number; seat: number },
  source: Map<number, Act[]>,
  target: Map<number, Act[]>,
): void {
  const acts = source.get(seat) ?? [];
  const at = acts.findIndex((act) => act.page === page && act.op === op);
  if (at >= 0) acts.splice(at, 1);
  target.set(seat, [...(target.get(seat) ?? []), { page, op }]);
}

function follow(state: Board, fact: Fact): void {
  switch (fact.t) {
    case "page.added":
      state.pages.set(fact.page, blank());
      break;
    case "page.removed":
      state.removed = [...state.removed, fact.page];
      break;
    case "page.restored":
      state.removed = state.removed.filter((page) => page !== fact.page);
      break;
    case "box.given":
      state.boxes.set(fact.box, { who: fact.who, page: fact.page, area: fact.area });
      break;
    case "box.taken":
      state.boxes.delete(fact.box);
      break;
    case "layer.promoted":
      promote(state, fact);
      break;
    case "lesson.joined":
      if (MAY_WRITE.includes(fact.who.role)) state.seats.set(fact.who.id, fact.seat);
      break;
    case "stage.entered":
      state.on_stage = [...state.on_stage, fact.who];
      break;
    case "lesson.left":
      halt(state, state.seats.get(fact.who));
      state.on_stage = state.on_stage.filter((who) => who !== fact.who);
      break;
    case "stage.left":
      state.on_stage = state.on_stage.filter((who) => who !== fact.who);
  }
}
