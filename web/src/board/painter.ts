// Paints the board that everyone sees: finished marks on one canvas, what moves on one above it.
import type { Page } from "../channels/board";
import type { Store } from "../core/store";
import type { Fact, Pen } from "../wire.gen";
import { onArrival } from "./arrivals";
import type { Rect } from "./bounds";
import { Camera, height, type Part } from "./camera";
import { Ghosts } from "./ghosts";
import type { Point } from "./ink";
import { Layer, type View } from "./layer";
import { type Edit, type Look, lookOf } from "./look";
import { Moving, type Reach } from "./moving";
import { Overlay } from "./overlay";
import { type Colours, coloursOf, warm } from "./paper";
import { allHere } from "./pictures";
import { isNear } from "./touch";
import { Tracing } from "./tracing";
import { Writings } from "./writings";

type Edits = ReadonlyMap<number, readonly Edit[]>;

const SHARPEST = 2; // device pixels to a CSS pixel: more costs an old PC four times the paint

export class Painter {
  /** The 16:9 sheet itself: always whole, centred in its host. */
  readonly sheet = document.createElement("div");
  readonly colours: Colours;
  /** Our own marks that are not facts yet, above all others. */
  readonly ghosts = new Ghosts();
  readonly overlay = new Overlay();
  readonly camera = new Camera();
  private own: number | null = null;
  private bent = "";
  private readonly layer: Layer;
  private readonly tracing: Tracing;
  private readonly traces: Layer;
  private readonly moving: Moving;
  private readonly writings = new Writings();
  private foreseen: Edits = new Map();
  private view: View = { scale: 1, x: 0, y: 0 };
  /** CSS pixels of the sheet; to ask the page for them would have it laid out once more. */
  private breadth = 0;
  private frame = 0;
  private framedAt = 0;
  private readonly undo: (() => void)[] = [];

  constructor(
    private readonly host: HTMLElement,
    private readonly store: Store,
  ) {
    this.colours = coloursOf(host);
    this.layer = new Layer(this);
    this.tracing = new Tracing(this.colours);
    this.traces = new Layer(this.tracing);
    this.moving = new Moving(this.colours);
    this.sheet.className = "sheet";
    this.sheet.append(...this.canvases, this.overlay.element);
    host.append(this.sheet);
    const resized = new ResizeObserver(() => this.resize());
    resized.observe(host);
    this.undo.push(() => resized.disconnect());
    this.undo.push(store.onFact((fact, _at, old) => this.heard(fact, old)));
    this.undo.push(store.onReplaced(() => this.restart()));
    this.undo.push(onArrival(() => this.arrived()));
    this.restart();
    this.resize();
  }

  private get canvases(): HTMLCanvasElement[] {
    return [this.layer.canvas, this.traces.canvas, this.moving.canvas];
  }

  destroy(): void {
    cancelAnimationFrame(this.frame);
    for (const undo of this.undo) undo();
    this.sheet.remove();
  }

  /** Where a point of the window lies on the board, in board pixels. */
  boardPoint(clientX: number, clientY: number): [number, number] {
    const box = this.sheet.getBoundingClientRect();
    const part = this.camera.shown.peek();
    return [
      part.x + ((clientX - box.left) / box.width) * part.width,
      part.y + ((clientY - box.top) / box.height) * height(part),
    ];
  }

  /** Our own pen went down, moved, and what of it was refused. */
  beginOwn(number: number, page: number, pen: Pen): void {
    this.writings.beginOwn(number, page, pen);
  }

  /** ``predicted`` is drawn until the next move, and is no ink. */
  moveOwn(number: number, points: readonly Point[], predicted: readonly Point[] = []): void {
    this.writings.moveOwn(number, points, predicted);
    this.wake();
  }

  dropOwn(number: number): void {
    this.writings.drop(number);
    this.touch([number]);
  }

  /** What our own hand does to marks is seen at once; it ends when it is a fact, or refused. */
  foresee(edits: Edits): void {
    const marks = [...this.foreseen.keys(), ...edits.keys()];
    this.foreseen = edits;
    this.touch(marks);
  }

  /** Marks that may have a pixel in a rectangle of board pixels, the lowest first. */
  marksWithin(rect: Rect): Iterable<[number, Look]> {
    this.layer.paint();
    return this.layer.within(rect);
  }

  /** Somebody points at the board, in quarter pixels; x < 0 lifts the pointer. */
  point(who: string, x: number, y: number): void {
    this.moving.point(who, x, y, performance.now());
    this.wake();
  }

  /** How far our own eraser reaches: x, y and radius in board pixels. */
  showReach(reach: Reach | null): void {
    this.moving.reach = reach;
    this.wake();
  }

  /** Voices wait so many milliseconds in this machine before they are heard: so does ink. */
  waitForVoice(ms: number): void {
    this.writings.waitForVoice(ms);
  }

  /** Show this part of the page, at once or in a short glide. */
  show(part: Part, glide: boolean): void {
    this.camera.look(part, glide);
    this.wake();
  }

  /** Show another page than the one in front; null: that one again. */
  lookAt(page: number | null): void {
    if (page === this.own) return;
    this.own = page;
    this.restart();
  }

  /** Draw what is still moving to its end, at once. */
  settle(): void {
    this.writings.settle();
    this.camera.settle();
    this.paint(performance.now());
  }

  /** A number for the finished pixels: the same on two screens of one size that show the same. */
  hash(): string {
    this.settle();
    const traced = this.tracing.page.marks.size ? `+${this.traces.hash()}` : "";
    return this.layer.hash() + traced;
  }

  /** Whether every picture that was asked for is here, and no frame stands for it any more. */
  pictured(): boolean {
    this.settle();
    return allHere();
  }

  /** For the layer: what is painted. */
  get page(): Page | undefined {
    return this.store.states.board.pages.get(this.front);
  }

  get paper() {
    return this.store.states.pages.papers.get(this.front);
  }

  look(number: number): Look | null {
    return this.writings.has(number) ? null : this.lookOf(number);
  }

  private lookOf(number: number): Look | null {
    const mark = this.page?.marks.get(number);
    return mark && this.page ? lookOf(number, this.page, mark, this.foreseen.get(number)) : null;
  }

  /** The page that is looked at. */
  get front(): number {
    return this.own ?? this.store.states.pages.current;
  }

  private heard(fact: Fact, old: boolean): void {
    if (fact.t === "ink") return this.lengthened(fact, old);
    if (fact.t === "lesson.left") return this.halted();
    if (fact.t === "page.turned") return this.restart();
    if (fact.t === "layers.opened" || fact.t === "layers.closed") return this.retrace();
    if (!("page" in fact) || fact.page !== this.front) return;
    switch (fact.t) {
      case "ink.begun":
        return this.begun(fact, old);
      case "marks.edited":
        if (fact.seat === this.store.seat) this.foresee(new Map());
        return this.touch(fact.marks);
      case "marks.put":
        return this.touch(fact.marks.map(({ number }) => number));
      case "op.undone":
      case "op.redone":
        return this.touch(this.marksOf(fact.op));
      case "layer.drawn":
      case "layer.erased":
      case "layer.shown":
      case "layer.hidden":
        return this.retrace();
      case "layer.promoted":
        this.touch(fact.marks.map(({ number }) => number));
        return this.retrace();
      case "page.cleared":
      case "page.papered":
        this.repaint();
    }
  }

  private marksOf(op: number): number[] {
    const marks = [...(this.page?.marks ?? [])];
    return marks
      .filter(([, mark]) => mark.op === op || mark.changes.some((change) => change.op === op))
      .map(([number]) => number);
  }

  private touch(marks: readonly number[]): void {
    for (const number of marks) this.layer.touch(number);
    this.wake();
  }

  private repaint(): void {
    this.layer.restart();
    this.wake();
  }

  private begun(fact: Extract<Fact, { t: "ink.begun" }>, old: boolean): void {
    this.writings.begin(fact.stroke, fact.page, fact.pen, fact.ink);
    this.writings.went(fact.stroke, fact.last, old);
    this.wake();
  }

  private lengthened(fact: Extract<Fact, { t: "ink" }>, old: boolean): void {
    if (!this.writings.has(fact.stroke)) return this.touch([fact.stroke]); // its writer had left
    this.writings.lengthen(fact.stroke, fact.ink);
    this.writings.went(fact.stroke, fact.last, old);
    this.wake();
  }

  private halted(): void {
    this.writings.halted(this.store.states.board);
    this.wake();
  }

  /** A picture or the setter of formulas is here. */
  private arrived(): void {
    this.traces.restart();
    this.repaint();
    warm(this.store.states.pages);
  }

  /** Begin anew from the state: a page was turned, or the whole state replaced. */
  private restart(): void {
    this.writings.restart(this.front, this.store.states.board);
    this.foreseen = new Map();
    this.retrace();
    this.arrived();
  }

  /** Marks of layers that pass within reach of a point. */
  tracesAt(x: number, y: number, reach: number): number[] {
    this.traces.paint();
    const around = this.traces.within([x - reach, y - reach, x + reach, y + reach]);
    return [...around].filter(([, look]) => isNear(look, x, y, reach)).map(([number]) => number);
  }

  /** Rubbed out of our own layer, and no fact yet. */
  rub(marks: ReadonlySet<number>): void {
    this.tracing.rub(marks);
    this.retrace();
  }

  private resize(): void {
    const { clientWidth, clientHeight } = this.host;
    const width = Math.floor(Math.min(clientWidth, (clientHeight * 16) / 9));
    const tall = Math.floor((width * 9) / 16);
    this.breadth = width;
    Object.assign(this.sheet.style, { width: `${width}px`, height: `${tall}px` });
    const sharpness = Math.min(SHARPEST, devicePixelRatio || 1);
    const [across, down] = [width, tall].map((side) => Math.max(1, Math.round(side * sharpness)));
    if (this.layer.canvas.width === across && this.layer.canvas.height === down) return;
    this.camera.settle();
    this.sharpen(across, down);
    this.paint(performance.now()); // in this frame: an emptied canvas must not flash
  }

  /** Paint anew what the camera shows. */
  private sharpen(across: number, down: number): void {
    const part = this.camera.sharp();
    const scale = across / part.width;
    this.view = { scale, x: -part.x * scale, y: -part.y * scale };
    this.layer.resize(across, down, this.view);
    this.moving.resize(across, down);
    this.retrace();
  }

  /** What is on the layers that this screen shows, painted anew; a canvas only where there is any. */
  private retrace(): void {
    this.tracing.take(this.store.states.layers, this.front, this.store.you?.peek()?.id);
    const { width, height } = this.layer.canvas;
    const { marks } = this.tracing.page;
    for (const number of marks.keys()) this.writings.drop(number); // it is told, and ours no more
    const some = marks.size > 0;
    this.traces.canvas.hidden = !some;
    this.traces.resize(some ? width : 1, some ? height : 1, this.view);
    this.wake();
  }

  /** While the camera moves, the pixels there are come to lie where they belong. */
  private follow(): void {
    const { canvas } = this.layer;
    if (this.camera.due) this.sharpen(canvas.width, canvas.height);
    const { x, y, width } = this.camera.shown.peek();
    const scale = this.breadth / width;
    this.overlay.view(scale, -x * scale, -y * scale);
    if (this.camera.transform === this.bent) return;
    this.bent = this.camera.transform;
    for (const one of this.canvases) one.style.transform = this.bent;
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
    this.writings.advance(elapsed);
    const looking = this.camera.advance(elapsed);
    this.paint(now);
    if (!this.writings.moving && !this.moving.pointing && !looking) return;
    this.wake();
    this.framedAt = now;
  }

  private paint(now: number): void {
    this.follow();
    for (const number of this.writings.takeFinished()) this.layer.touch(number);
    this.layer.paint();
    this.traces.paint();
    this.moving.clear(this.view);
    for (const [number, writing] of this.writings.shown()) {
      const look = this.page?.marks.has(number) ? this.lookOf(number) : null;
      if (this.page?.marks.has(number) && !look) continue;
      this.moving.paintStroke(writing.pen, writing.points, look?.cuts ?? []);
    }
    if (this.page) {
      for (const look of this.ghosts.of(this.front, this.page)) this.moving.paintLook(look);
    }
    this.moving.paintReach();
    this.moving.paintPointers(now);
  }
}
