// Paints the board that everyone sees: finished ink kept as pixels, moving ink on a layer above.
import type { Store } from "../core/store";
import type { Page } from "../channels/board";
import type { Fact, Pen } from "../wire.gen";
import { onArrival } from "./arrivals";
import type { Point } from "./ink";
import { UNIT } from "./ink";
import { Ghosts } from "./ghosts";
import { Overlay } from "./overlay";
import { type Edit, type Look, lookOf } from "./look";
import { paintMark } from "./marks";
import { BOARD_HEIGHT, BOARD_WIDTH, paintPoints } from "./outline";
import { type Colours, coloursOf, paintPage } from "./paper";
import { advance, begun, found, lengthen, own, settled, type Writing } from "./writings";

const POINTER_FADES_MS = 1500;
const SHARPEST = 2; // device pixels to a CSS pixel: more costs an old PC four times the paint

interface Pointing {
  x: number;
  y: number;
  at: number;
}

export class Painter {
  /** The 16:9 sheet itself: always whole, centred in its host. */
  readonly sheet = document.createElement("div");
  /** Our own marks that are not facts yet, above all others. */
  readonly ghosts = new Ghosts();
  readonly overlay = new Overlay();
  private readonly paper = document.createElement("canvas");
  private readonly live = document.createElement("canvas");
  private readonly writings = new Map<number, Writing>();
  private readonly pointers = new Map<string, Pointing>();
  private readonly born = new Map<number, number>();
  private latestDrawn = -1;
  private foreseen: ReadonlyMap<number, readonly Edit[]> = new Map();
  private readonly colours: Colours;
  private stale = true;
  private frame = 0;
  private framedAt = 0;
  private readonly undo: (() => void)[] = [];

  constructor(
    private readonly host: HTMLElement,
    private readonly store: Store,
  ) {
    this.sheet.className = "sheet";
    this.sheet.append(this.paper, this.live, this.overlay.element);
    host.append(this.sheet);
    this.colours = coloursOf(host);
    const resized = new ResizeObserver(() => this.resize());
    resized.observe(host);
    this.undo.push(() => resized.disconnect());
    this.undo.push(store.onFact((fact, _at, old) => this.heard(fact, old)));
    this.undo.push(store.onReplaced(() => this.restart()));
    this.undo.push(onArrival(() => this.changed(this.current)));
    this.resize();
    this.restart();
  }

  destroy(): void {
    cancelAnimationFrame(this.frame);
    for (const undo of this.undo) undo();
    this.sheet.remove();
  }

  /** Where a point of the window lies on the board, in board pixels. */
  boardPoint(clientX: number, clientY: number): [number, number] {
    const box = this.sheet.getBoundingClientRect();
    const x = ((clientX - box.left) / box.width) * BOARD_WIDTH;
    return [x, ((clientY - box.top) / box.height) * BOARD_HEIGHT];
  }

  /** Our own pen went down, moved, and what of it was refused. */
  beginOwn(number: number, page: number, pen: Pen): void {
    this.writings.set(number, own(page, pen));
  }

  moveOwn(number: number, points: readonly Point[]): void {
    const writing = this.writings.get(number);
    if (!writing) return;
    writing.points.push(...points);
    this.wake();
  }

  dropOwn(number: number): void {
    this.writings.delete(number);
    this.wake();
  }

  /** What our own hand does to marks is seen at once; it ends when it is a fact, or refused. */
  foresee(edits: ReadonlyMap<number, readonly Edit[]>): void {
    this.foreseen = edits;
    this.stale = true;
    this.wake();
  }

  /** Somebody points at the board, in quarter pixels; x < 0 lifts the pointer. */
  point(who: string, x: number, y: number): void {
    if (x < 0) this.pointers.delete(who);
    else this.pointers.set(who, { x, y, at: performance.now() });
    this.wake();
  }

  /** Draw what is still moving to its end, at once. */
  settle(): void {
    for (const writing of this.writings.values()) writing.shown = writing.points.length;
    this.paint(performance.now());
  }

  /** A number for the finished pixels: the same on two screens of one size that show the same. */
  hash(): string {
    this.settle();
    const { width, height } = this.paper;
    const pixels = this.paperContext().getImageData(0, 0, width, height).data;
    const words = new Uint32Array(pixels.buffer);
    let hash = 0x811c9dc5; // FNV-1a, a word at a time
    for (let i = 0; i < words.length; i++) hash = Math.imul(hash ^ words[i], 0x01000193);
    return `${width}x${height}:${(hash >>> 0).toString(16)}`;
  }

  private get current(): number {
    return this.store.states.pages.current;
  }

  private get page(): Page | undefined {
    return this.store.states.board.pages.get(this.current);
  }

  private heard(fact: Fact, old: boolean): void {
    switch (fact.t) {
      case "ink.begun":
        if (fact.page === this.current) this.begun(fact, old);
        break;
      case "ink":
        this.lengthened(fact, old);
        break;
      case "marks.edited":
        if (fact.seat === this.store.seat) this.foreseen = new Map();
        this.changed(fact.page);
        break;
      case "marks.put":
        for (const { number } of fact.marks) this.born.set(number, this.born.size);
        this.changed(fact.page);
        break;
      case "page.cleared":
      case "op.undone":
      case "op.redone":
      case "page.papered":
        this.changed(fact.page);
        break;
      case "page.turned":
        this.restart();
    }
  }

  private changed(page: number): void {
    this.stale ||= page === this.current;
    this.wake();
  }

  private begun(fact: Extract<Fact, { t: "ink.begun" }>, old: boolean): void {
    this.born.set(fact.stroke, this.born.size);
    const writing = this.writings.get(fact.stroke) ?? begun(fact.page, fact.pen, fact.ink);
    this.writings.set(fact.stroke, writing);
    this.went(writing, fact.last, old);
  }

  private lengthened(fact: Extract<Fact, { t: "ink" }>, old: boolean): void {
    const writing = this.writings.get(fact.stroke);
    if (!writing) return;
    if (!writing.own) lengthen(writing, fact.ink);
    this.went(writing, fact.last, old);
  }

  private went(writing: Writing, last: boolean, old: boolean): void {
    writing.over = last;
    if (old) writing.shown = writing.points.length;
    this.wake();
  }

  /** Begin anew from the state: a page was turned, or the whole state replaced. */
  private restart(): void {
    const { drawing } = this.store.states.board;
    const { current, page } = this;
    for (const [number, writing] of this.writings) {
      if (!writing.own || writing.page !== current) this.writings.delete(number);
    }
    for (const [number, on] of drawing) {
      const body = on === current ? page?.marks.get(number)?.body : undefined;
      if (body?.t === "ink" && !this.writings.has(number)) {
        this.writings.set(number, found(on, body.pen, body.ink));
      }
    }
    this.forgetFinished();
    this.foreseen = new Map();
    this.stale = true;
    this.wake();
  }

  /** Own strokes that ended while the line was broken are in the new state already. */
  private forgetFinished(): void {
    const { drawing } = this.store.states.board;
    for (const number of this.writings.keys()) {
      if (this.page?.marks.has(number) && !drawing.has(number)) this.writings.delete(number);
    }
    this.born.clear();
    for (const number of this.page?.marks.keys() ?? []) this.born.set(number, this.born.size);
  }

  private resize(): void {
    const { clientWidth, clientHeight } = this.host;
    const width = Math.floor(Math.min(clientWidth, (clientHeight * 16) / 9));
    const height = Math.floor((width * 9) / 16);
    Object.assign(this.sheet.style, { width: `${width}px`, height: `${height}px` });
    this.overlay.view(width / BOARD_WIDTH, 0, 0);
    const sharpness = Math.min(SHARPEST, devicePixelRatio || 1);
    for (const canvas of [this.paper, this.live]) {
      canvas.width = Math.max(1, Math.round(width * sharpness));
      canvas.height = Math.max(1, Math.round(height * sharpness));
    }
    this.stale = true;
    this.paint(performance.now()); // in this frame: an emptied canvas must not flash
  }

  /** Paint in the next frame. */
  wake(): void {
    if (this.frame) return;
    this.framedAt = performance.now();
    this.frame = requestAnimationFrame((now) => this.next(now));
  }

  private next(now: number): void {
    this.frame = 0;
    const elapsed = Math.max(0, now - this.framedAt);
    for (const writing of this.writings.values()) advance(writing, elapsed);
    this.paint(now);
    const moving = [...this.writings.values()].some((writing) => !settled(writing));
    if (moving || this.pointers.size) {
      this.wake();
      this.framedAt = now;
    }
  }

  private paint(now: number): void {
    if (this.stale) this.repaint();
    for (const [number, writing] of this.writings) {
      if (writing.over && settled(writing)) this.finish(number);
    }
    if (this.stale) this.repaint();
    this.paintLive(now);
  }

  private repaint(): void {
    this.stale = false;
    if (!this.page) return;
    const paper = this.store.states.pages.papers.get(this.current);
    const leaveOut = (number: number) => this.writings.has(number);
    paintPage(this.paperContext(), this.page, paper, this.colours, leaveOut, this.foreseen);
    this.latestDrawn = Math.max(-1, ...this.drawnNumbers());
  }

  private drawnNumbers(): number[] {
    const drawn = [...this.born].filter(([number]) => !this.writings.has(number));
    return drawn.length ? [drawn[drawn.length - 1][1]] : [];
  }

  /** A stroke has ended: it becomes pixels, in the order of the log whoever ended first. */
  private finish(number: number): void {
    this.writings.delete(number);
    const look = this.lookOf(number);
    if (!look) return;
    const order = this.born.get(number) ?? 0;
    if (order < this.latestDrawn) this.stale = true;
    else paintMark(this.paperContext(), look, this.colours.inks);
    this.latestDrawn = Math.max(order, this.latestDrawn);
  }

  private lookOf(number: number): Look | null {
    const mark = this.page?.marks.get(number);
    return mark && this.page ? lookOf(number, this.page, mark, this.foreseen.get(number)) : null;
  }

  private paintLive(now: number): void {
    const ctx = this.scaled(this.live);
    ctx.clearRect(0, 0, BOARD_WIDTH, BOARD_HEIGHT);
    for (const [number, writing] of this.writings) {
      if (this.page?.marks.has(number) && !this.lookOf(number)) continue;
      const points = writing.points.slice(0, Math.ceil(writing.shown));
      paintPoints(ctx, writing.pen, points, this.colours.inks);
    }
    if (this.page) this.ghosts.paint(ctx, this.current, this.page, this.colours.inks);
    for (const [who, pointer] of this.pointers) this.paintPointer(ctx, who, pointer, now);
  }

  private paintPointer(
    ctx: CanvasRenderingContext2D,
    who: string,
    pointer: Pointing,
    now: number,
  ): void {
    const left = 1 - (now - pointer.at) / POINTER_FADES_MS;
    if (left <= 0) return void this.pointers.delete(who);
    ctx.globalAlpha = Math.min(1, left * 2);
    ctx.fillStyle = this.colours.inks[1];
    ctx.strokeStyle = this.colours.paper;
    ctx.lineWidth = 4;
    ctx.beginPath();
    ctx.arc(pointer.x / UNIT, pointer.y / UNIT, 14, 0, 2 * Math.PI);
    ctx.fill();
    ctx.stroke();
    ctx.globalAlpha = 1;
  }

  private paperContext(): CanvasRenderingContext2D {
    return this.scaled(this.paper);
  }

  private scaled(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
    const ctx = canvas.getContext("2d") as CanvasRenderingContext2D;
    ctx.setTransform(canvas.width / BOARD_WIDTH, 0, 0, canvas.height / BOARD_HEIGHT, 0, 0);
    return ctx;
  }
}
