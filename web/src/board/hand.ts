// What a person's pen, finger or mouse does on the board: write, wipe, point.
import { type Signal, signal } from "@preact/signals";
import { LONGEST_STROKE, mayWrite, SEAT } from "../channels/board";
import type { Connection, Refused } from "../core/connection";
import type { Pen } from "../wire.gen";
import { type Chain, encode, MOST_POINTS, newChain, type Point, UNIT } from "./ink";
import { type Edit, type Look, lookOf, placed } from "./look";
import { BOARD_HEIGHT, BOARD_WIDTH, pointsOf } from "./outline";
import type { Painter } from "./painter";
import { Resampler, type Sample } from "./resample";

export type Tool = "pen" | "highlighter" | "eraser" | "laser";

const POINTER_EVERY_MS = 50;
const WIPE_REACH = 18; // board pixels around a finger
const PALM_MS = 700; // a touch so soon after a pen is the hand that holds it
const TAKEN_STEP = 1000; // another page of ours counted on while this one was not looking
const FULL = LONGEST_STROKE - 1024; // bytes: then the stroke goes on as another

interface Drawing {
  number: number;
  page: number;
  pen: Pen;
  chain: Chain;
  resampler: Resampler;
  unsent: Point[];
  sent: number;
  sentAt: number;
}

export class Hand {
  readonly tool: Signal<Tool> = signal("pen");
  readonly colour = signal(0);
  /** Quarter pixels: thin, middle, thick. */
  readonly width = signal(16);
  private pointerId: number | null = null;
  private drawing: Drawing | null = null;
  private wiped = new Map<number, Edit[]>();
  private pointedAt = 0;
  private penAt = -PALM_MS;
  private count = 0;
  private timer = 0;
  private readonly undo: (() => void)[] = [];

  constructor(
    private readonly painter: Painter,
    private readonly connection: Connection,
  ) {
    this.listen("pointerdown", (event) => this.down(event));
    this.listen("pointermove", (event) => this.move(event));
    this.listen("pointerup", (event) => this.up(event));
    this.listen("pointercancel", (event) => this.up(event));
    this.listen("pointerleave", () => this.liftPointer());
    this.undo.push(connection.refusal.subscribe((refused) => this.refused(refused)));
    this.timer = window.setInterval(() => this.sendDue(), 25);
  }

  destroy(): void {
    clearInterval(this.timer);
    for (const undo of this.undo) undo();
  }

  get allowed(): boolean {
    const { states, you } = this.connection.store;
    if (!you.value || states.conduct.stage === "postclass") return false;
    return mayWrite(states.board, you.value);
  }

  private listen(name: string, act: (event: PointerEvent) => void): void {
    const listener = (event: Event) => act(event as PointerEvent);
    this.painter.sheet.addEventListener(name, listener);
    this.undo.push(() => this.painter.sheet.removeEventListener(name, listener));
  }

  private down(event: PointerEvent): void {
    if (event.button !== 0 || this.pointerId !== null || !this.allowed) return;
    if (event.pointerType === "pen") this.penAt = event.timeStamp;
    else if (event.pointerType === "touch" && event.timeStamp - this.penAt < PALM_MS) return;
    event.preventDefault();
    this.painter.sheet.setPointerCapture(event.pointerId);
    this.pointerId = event.pointerId;
    const sample = this.sampleOf(event);
    if (this.tool.value === "eraser") this.wipe(sample);
    else if (this.tool.value === "laser") this.point(sample);
    else this.begin(sample);
  }

  private move(event: PointerEvent): void {
    if (event.pointerType === "pen") this.penAt = event.timeStamp;
    if (this.tool.value === "laser" && this.allowed) return this.point(this.sampleOf(event));
    if (event.pointerId !== this.pointerId) return;
    const reports = event.getCoalescedEvents?.() ?? [];
    for (const report of reports.length ? reports : [event]) {
      if (this.drawing) this.draw(this.drawing, this.sampleOf(report));
      else this.wipe(this.sampleOf(report));
    }
  }

  private up(event: PointerEvent): void {
    if (event.pointerId !== this.pointerId) return;
    this.pointerId = null;
    if (this.drawing) this.end(this.drawing);
    this.sendWiped();
    if (event.pointerType !== "mouse") this.liftPointer();
  }

  private sampleOf(event: PointerEvent): Sample {
    const box = this.painter.sheet.getBoundingClientRect();
    const x = ((event.clientX - box.left) / box.width) * BOARD_WIDTH;
    const y = ((event.clientY - box.top) / box.height) * BOARD_HEIGHT;
    const pressure = event.pointerType === "pen" ? event.pressure : 0.5;
    return { at: event.timeStamp, x, y, pressure };
  }

  private begin(sample: Sample): void {
    const { store } = this.connection;
    const tool = this.tool.value as Pen["tool"];
    const wide = tool === "highlighter" ? 6 : 1;
    const pen: Pen = { tool, colour: this.colour.value, width: Math.min(255, this.width.value * wide) };
    const number = store.seat * SEAT + this.nextCount();
    const resampler = new Resampler(sample);
    const page = store.states.pages.current;
    this.drawing = {
      ...{ number, page, pen, resampler, chain: newChain() },
      ...{ unsent: [resampler.first], sent: 0, sentAt: performance.now() },
    };
    this.painter.beginOwn(number, page, pen);
    this.painter.moveOwn(number, [resampler.first]);
  }

  private draw(drawing: Drawing, sample: Sample): void {
    const points = drawing.resampler.feed(sample);
    drawing.unsent.push(...points);
    this.painter.moveOwn(drawing.number, points);
    if (drawing.sent > FULL) {
      this.end(drawing);
      this.begin(sample);
    }
  }

  private end(drawing: Drawing): void {
    const points = drawing.resampler.end();
    drawing.unsent.push(...points);
    this.painter.moveOwn(drawing.number, points);
    this.send(drawing, true);
    this.drawing = null;
  }

  private sendDue(): void {
    const drawing = this.drawing;
    if (!drawing?.unsent.length) return;
    if (performance.now() - drawing.sentAt >= this.connection.batchMs) this.send(drawing, false);
  }

  private send(drawing: Drawing, over: boolean): void {
    drawing.sentAt = performance.now();
    do {
      const first = drawing.sent === 0;
      const points = drawing.unsent.splice(0, first ? MOST_POINTS + 1 : MOST_POINTS);
      const last = over && !drawing.unsent.length;
      const ink = points.length ? encode(drawing.chain, points, first) : new Uint8Array();
      drawing.sent += ink.length;
      if (!this.ask(drawing, ink, first, last)) this.painter.dropOwn(drawing.number);
    } while (drawing.unsent.length);
  }

  private ask(drawing: Drawing, ink: Uint8Array, first: boolean, last: boolean): number {
    const { number: stroke, page, pen } = drawing;
    if (first) return this.connection.ask({ t: "ink.begin", stroke, page, pen, ink, last });
    return this.connection.ask({ t: "ink.add", stroke, ink, last });
  }

  /** One more than the highest own number on any page, and than any we have used ourselves. */
  private nextCount(): number {
    const { seat, states } = this.connection.store;
    const kept = `synclass.strokes.${location.pathname}.${seat}`;
    if (!this.count) {
      this.count = Number(sessionStorage.getItem(kept) ?? 0);
      for (const page of states.board.pages.values()) {
        for (const number of page.marks.keys()) {
          if (Math.floor(number / SEAT) === seat) this.count = Math.max(this.count, number % SEAT);
        }
      }
    }
    sessionStorage.setItem(kept, String(++this.count));
    return this.count;
  }

  private refused(refused: Refused | null): void {
    const command = refused?.command;
    if (command?.t === "marks.edit") this.painter.foresee(new Map());
    if (command?.t !== "ink.begin" && command?.t !== "ink.add") return;
    if (refused?.code === "stroke-taken") this.count += TAKEN_STEP;
    const { stroke } = command;
    this.painter.dropOwn(stroke);
    if (this.drawing?.number === stroke) this.drawing = null;
  }

  private wipe({ x, y }: Sample): void {
    const { seat, states, you } = this.connection.store;
    const page = states.board.pages.get(states.pages.current);
    for (const [number, mark] of page?.marks ?? []) {
      const ours = you.value?.role === "teacher" || Math.floor(number / SEAT) === seat;
      const look = ours && page && !this.wiped.has(number) ? lookOf(number, page, mark) : null;
      if (!look || !touches(look, x * UNIT, y * UNIT)) continue;
      this.wiped.set(number, [{ t: "hide" }]);
      this.painter.foresee(this.wiped);
    }
  }

  /** One movement of the eraser is one act: it is undone as one. */
  private sendWiped(): void {
    const page = this.connection.store.states.pages.current;
    const marks = [...this.wiped.keys()];
    if (marks.length) this.connection.ask({ t: "marks.edit", page, marks, edit: { t: "hide" } });
    this.wiped = new Map();
  }

  private point({ x, y }: Sample): void {
    const now = performance.now();
    if (now - this.pointedAt < POINTER_EVERY_MS) return;
    this.pointedAt = now;
    const at = { x: Math.max(0, Math.round(x * UNIT)), y: Math.max(0, Math.round(y * UNIT)) };
    this.painter.point("own", at.x, at.y);
    this.connection.show({ t: "pointer", ...at });
  }

  private liftPointer(): void {
    if (!this.pointedAt) return;
    this.pointedAt = 0;
    this.painter.point("own", -1, -1);
    this.connection.show({ t: "pointer", x: -1, y: -1 });
  }
}

function touches({ body, matrix }: Look, x: number, y: number): boolean {
  if (body.t !== "ink") return false;
  const reach = WIPE_REACH * UNIT + body.pen.width / 2;
  return pointsOf(body).some((point) => {
    const [px, py] = placed(matrix, point[0], point[1]);
    return Math.hypot(px - x, py - y) < reach;
  });
}
