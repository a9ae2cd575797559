// The hand at the board: which pointer counts, which tool it holds, and what is only a palm.
import { type Signal, signal } from "@preact/signals";
import type { Box } from "../channels/board";
import type { Connection, Refused } from "../core/connection";
import { Acts } from "./acts";
import { Choices } from "./choices";
import { Field } from "./field";
import { Draft } from "./formula/draft";
import { UNIT } from "./ink";
import type { Guide } from "./instruments/instrument";
import { Instruments } from "./instruments/instruments";
import { listen } from "./keys";
import { Numbers } from "./numbers";
import type { Painter } from "./painter";
import { holds, NOWHERE, type Place, placeFor } from "./place";
import type { Sample } from "./resample";
import { Selection } from "./selection";
import { Traces } from "./traces";
import { Dragging } from "./tools/drag";
import { Eraser } from "./tools/eraser";
import { FormulaTool } from "./tools/formula";
import { Laser } from "./tools/laser";
import { Measuring } from "./tools/measure";
import { Writer } from "./tools/pen";
import { Lasso } from "./tools/select";
import { Drawer } from "./tools/shape";
import { Lettering } from "./tools/words";
import type { Kit, Tool } from "./tools/tool";
import { Rubber, Tracer } from "./tools/tracer";
import { Wiper } from "./tools/wiper";

const PALM_MS = 700; // a touch so soon after a pen is the hand that holds it
const PALM_SIZE = 60; // CSS pixels: fingers measure 10 to 40
const PINCH_MS = 150; // two fingers put down together zoom; a later one is an accident
const ERASER_END = 5; // the button that a pen turned upside down presses

const TOOLS = {
  select: (kit: Kit): Tool => new Lasso(kit),
  pen: (kit: Kit): Tool => new Writer(kit, "pen"),
  highlighter: (kit: Kit): Tool => new Writer(kit, "highlighter"),
  chalk: (kit: Kit): Tool => new Writer(kit, "chalk"),
  eraser: (kit: Kit): Tool => new Eraser(kit),
  wiper: (kit: Kit): Tool => new Wiper(kit),
  laser: (kit: Kit): Tool => new Laser(kit),
  shape: (kit: Kit): Tool => new Drawer(kit),
  text: (kit: Kit): Tool => new Lettering(kit, false),
  note: (kit: Kit): Tool => new Lettering(kit, true),
  formula: (kit: Kit): Tool => new FormulaTool(kit),
  measure: (kit: Kit): Tool => new Measuring(kit),
};
/** Those of which there are others on a layer of one's own. */
const ON_LAYER: Partial<Record<keyof typeof TOOLS, (kit: Kit) => Tool>> = {
  pen: (kit) => new Tracer(kit, "pen"),
  highlighter: (kit) => new Tracer(kit, "highlighter"),
  chalk: (kit) => new Tracer(kit, "chalk"),
  eraser: (kit) => new Rubber(kit),
  wiper: (kit) => new Rubber(kit),
  shape: (kit) => new Drawer(kit, kit.traces),
};
export type ToolName = keyof typeof TOOLS;

/** The one pointer whose movement counts, and the tool it began with. */
interface Grip {
  id: number;
  kind: string;
  at: number;
  tool: Tool;
  guide: Guide | null;
}

/** A pen follows the edge of an instrument. */
function leads(tool: Tool): boolean {
  return tool instanceof Writer || tool instanceof Tracer;
}

export class Hand {
  readonly tool: Signal<ToolName> = signal("pen");
  readonly colour = signal(0);
  /** Quarter pixels: thin, middle, thick. */
  readonly width = signal(16);
  readonly choices = new Choices();
  /** Which tool of a group was held last, by the group's name. */
  readonly lately = new Map<string, ToolName>();
  readonly acts: Acts;
  readonly traces: Traces;
  readonly selection: Selection;
  readonly draft: Draft;
  readonly instruments: Instruments;
  private readonly tools: ReadonlyMap<ToolName, Tool>;
  private readonly layerTools: ReadonlyMap<ToolName, Tool | undefined>;
  private grip: Grip | null = null;
  private fence: Box | null = null;
  private before: Tool | null = null;
  private penAt = -PALM_MS;
  private readonly undo: (() => void)[] = [];

  constructor(
    private readonly painter: Painter,
    private readonly connection: Connection,
  ) {
    const { colour, width } = this;
    const numbers = new Numbers(connection.store);
    this.acts = new Acts(painter, connection, numbers);
    this.traces = new Traces(painter, connection, numbers);
    const { acts, choices, traces } = this;
    const things = { painter, connection, numbers, acts, choices, colour, traces, width };
    this.selection = new Selection(things);
    this.draft = new Draft(things);
    this.instruments = new Instruments(painter.overlay.element);
    const { draft, instruments, selection } = this;
    const kit: Kit = { ...things, field: new Field(things), draft, instruments, selection };
    const names = Object.keys(TOOLS) as ToolName[];
    this.layerTools = new Map(names.map((name) => [name, ON_LAYER[name]?.(kit)]));
    this.tools = new Map(names.map((name) => [name, TOOLS[name](kit)]));
    this.listen("pointerdown", (event) => this.down(event));
    this.listen("pointermove", (event) => this.move(event));
    this.listen("pointerup", (event) => this.up(event));
    this.listen("pointercancel", (event) => this.up(event));
    this.listen("pointerleave", () => this.held.leave?.());
    this.undo.push(this.tool.subscribe(() => this.took(this.held)));
    this.undo.push(() => acts.destroy(), () => traces.destroy(), () => draft.destroy());
    this.undo.push(
      listen({
        undo: () => this.allowed && this.history.undo(),
        redo: () => this.allowed && this.history.redo(),
        key: (key, event) => this.allowed && (this.held.key?.(key, event) ?? false),
      }),
    );
    this.undo.push(connection.refusal.subscribe((refused) => refused && this.refused(refused)));
  }

  destroy(): void {
    this.grip?.tool.up();
    this.grip = null;
    for (const undo of this.undo) undo();
  }

  /** A pointer is at work: no other may zoom now. */
  get busy(): boolean {
    return this.grip !== null;
  }

  get allowed(): boolean {
    return this.place.kind !== "nowhere";
  }

  /** Where this hand may write now, on the page that is looked at. */
  get place(): Place {
    const { states, you } = this.connection.store;
    return you.value ? placeFor(states, you.value, this.painter.front) : NOWHERE;
  }

  private get held(): Tool {
    const { value } = this.tool;
    if (this.place.kind !== "layer") return this.tools.get(value) as Tool;
    return (this.layerTools.get(value) ?? this.layerTools.get("pen")) as Tool;
  }

  private took(tool: Tool): void {
    if (this.before !== tool) this.before?.away?.();
    this.before = tool;
  }

  private listen(name: string, act: (event: PointerEvent) => void): void {
    const listener = (event: Event) => act(event as PointerEvent);
    this.painter.sheet.addEventListener(name, listener);
    this.undo.push(() => this.painter.sheet.removeEventListener(name, listener));
  }

  private down(event: PointerEvent): void {
    if ((event.button !== 0 && event.button !== ERASER_END) || !this.allowed) return;
    if (event.pointerType === "pen") this.penAt = event.timeStamp;
    if (this.isPalm(event) || (this.grip && !this.yields(this.grip, event))) return;
    event.preventDefault();
    if (!this.enters(event)) return this.refuse();
    this.painter.sheet.setPointerCapture(event.pointerId);
    const tool = event.button === ERASER_END ? this.eraser : this.held;
    const { pointerId: id, pointerType: kind, timeStamp: at } = event;
    this.grip = { id, kind, at, ...this.led(tool, this.sampleOf(event)) };
    this.grip.tool.down(this.sampleOf(event, this.grip.guide));
  }

  /** An instrument may be taken in the tool's place, or lead a pen. */
  private led(tool: Tool, { x, y }: Sample): Pick<Grip, "tool" | "guide"> {
    const drag = this.instruments.grab([x, y]);
    if (drag) return { tool: new Dragging(drag), guide: null };
    return { tool, guide: leads(tool) ? this.instruments.guide([x, y]) : null };
  }

  /** Whether a pen put down here may write: in a box of ours it is held until it is lifted. */
  private enters(event: PointerEvent): boolean {
    const { place } = this;
    this.fence = null;
    if (place.kind !== "boxes") return true;
    const [x, y] = this.painter.boardPoint(event.clientX, event.clientY);
    this.fence = place.boxes.find((box) => holds(box, x * UNIT, y * UNIT)) ?? null;
    return this.fence !== null;
  }

  private refuse(): void {
    this.connection.refusal.value = { code: "outside-box", message: "", command: null };
  }

  private get eraser(): Tool {
    const tools = this.place.kind === "layer" ? this.layerTools : this.tools;
    return tools.get("eraser") as Tool;
  }

  /** Not a finger: a hand that holds a pen, or a whole fist. */
  isPalm(event: PointerEvent): boolean {
    if (event.pointerType !== "touch") return false;
    return (
      event.timeStamp - this.penAt < PALM_MS || Math.max(event.width, event.height) > PALM_SIZE
    );
  }

  /** A pen takes over from the palm that came before it; two fingers together are no writing. */
  private yields(grip: Grip, event: PointerEvent): boolean {
    const [pen, touch] = [event.pointerType === "pen", event.pointerType === "touch"];
    const overruled = grip.kind === "touch" && pen;
    const pinching = grip.kind === "touch" && touch && event.timeStamp - grip.at < PINCH_MS;
    if (!overruled && !pinching) return false;
    grip.tool.cancel();
    this.grip = null;
    return overruled;
  }

  private move(event: PointerEvent): void {
    if (event.pointerType === "pen") this.penAt = event.timeStamp;
    if (!this.grip && event.pointerType !== "touch" && this.allowed) {
      return this.held.hover?.(this.sampleOf(event));
    }
    if (event.pointerId !== this.grip?.id) return;
    const { tool, guide } = this.grip;
    const reports = event.getCoalescedEvents?.() ?? [];
    const guessed = event.getPredictedEvents?.() ?? [];
    const predicted = guessed.map((report) => this.sampleOf(report, guide));
    const samples = (reports.length ? reports : [event]).map((one) => this.sampleOf(one, guide));
    tool.move(samples, predicted);
  }

  private up(event: PointerEvent): void {
    if (event.pointerId !== this.grip?.id) return;
    const { tool } = this.grip;
    this.grip = null;
    tool.up();
    if (event.pointerType !== "mouse") tool.leave?.();
  }

  private sampleOf(event: PointerEvent, guide: Guide | null = null): Sample {
    const at = this.painter.boardPoint(event.clientX, event.clientY);
    const [x, y] = this.clamped(guide ? guide(at) : at);
    const pressure = event.pointerType === "pen" ? event.pressure : 0.5;
    return { at: event.timeStamp, x, y, pressure, regular: event.shiftKey };
  }

  private clamped([x, y]: readonly [number, number]): [number, number] {
    if (!this.grip || !this.fence) return [x, y];
    const [left, top, width, height] = this.fence.map((value) => value / UNIT);
    const within = (value: number, least: number, most: number) => Math.min(most, Math.max(least, value));
    return [within(x, left, left + width), within(y, top, top + height)];
  }

  /** What may be taken back and done again where this hand may write now. */
  get history(): Pick<Acts | Traces, "canUndo" | "canRedo" | "undo" | "redo"> {
    return this.place.kind === "layer" ? this.traces : this.acts;
  }

  private refused(refused: Refused): void {
    this.acts.refused(refused);
    this.traces.refused(refused);
    for (const tool of [...this.tools.values(), ...this.layerTools.values()]) tool?.refused?.(refused);
  }
}
