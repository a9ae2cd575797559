// Finished marks kept as pixels: painted tile by tile, and anew only where something has changed.
import type { Page } from "../channels/board";
import type { Paper } from "../wire.gen";
import { boundsOf, EVERYWHERE, overlap, type Rect } from "./bounds";
import type { Look } from "./look";
import { paintMark } from "./marks";
import { BOARD_HEIGHT, BOARD_WIDTH } from "./outline";
import { type Colours, paintPaper } from "./paper";

const TILE = 256; // device pixels: a stroke touches one or two, and a page has forty

/** Where the board lies on the canvas: device pixels to a board pixel, and the board's corner. */
export interface View {
  scale: number;
  x: number;
  y: number;
}

/** What is painted; a look is null where a mark is not to be seen, or not by this layer. */
export interface Motif {
  readonly page: Page | undefined;
  /** Null where what lies below is seen through it. */
  readonly paper: Paper | undefined | null;
  readonly colours: Colours;
  look(number: number): Look | null;
}

interface Drawn {
  look: Look;
  rect: Rect;
}

/** Each tile's pixels are painted alike however they came about: so all boards are the same. */
export class Layer {
  readonly canvas = document.createElement("canvas");
  private view: View = { scale: 1, x: 0, y: 0 };
  private readonly drawn = new Map<number, Drawn>();
  private readonly touched = new Set<number>();
  private stale = true;

  constructor(private readonly motif: Motif) {}

  resize(width: number, height: number, view: View): void {
    if (this.canvas.width !== width) this.canvas.width = width;
    if (this.canvas.height !== height) this.canvas.height = height;
    this.view = view;
    this.stale = true;
  }

  /** A mark came, went, or looks otherwise now. */
  touch(number: number): void {
    this.touched.add(number);
  }

  /** Everything may look otherwise: another page, another paper. */
  restart(): void {
    this.stale = true;
  }

  /** The marks that may have a pixel in a rectangle, in the order they lie upon one another. */
  *within(rect: Rect): Iterable<[number, Look]> {
    for (const number of this.motif.page?.marks.keys() ?? []) {
      const drawn = this.drawn.get(number);
      if (drawn && overlap(drawn.rect, rect)) yield [number, drawn.look];
    }
  }

  /** Bring the pixels up to date. */
  paint(): void {
    if (!this.motif.page) return;
    if (this.stale) this.paintAll(this.motif.page);
    else if (this.touched.size) this.paintTouched();
    this.stale = false;
    this.touched.clear();
  }

  hash(): string {
    const { width, height } = this.canvas;
    const pixels = this.ctx.getImageData(0, 0, width, height).data;
    const words = new Uint32Array(pixels.buffer);
    let hash = 0x811c9dc5; // FNV-1a, a word at a time
    for (let i = 0; i < words.length; i++) hash = Math.imul(hash ^ words[i], 0x01000193);
    return `${width}x${height}:${(hash >>> 0).toString(16)}`;
  }

  private get ctx(): CanvasRenderingContext2D {
    return this.canvas.getContext("2d") as CanvasRenderingContext2D;
  }

  private paintAll(page: Page): void {
    this.drawn.clear();
    for (const number of page.marks.keys()) this.look(number);
    const all = new Set<number>();
    this.eachTile(EVERYWHERE, (tile) => all.add(tile));
    this.paintTiles(all);
  }

  private paintTouched(): void {
    const dirty = new Set<number>();
    for (const number of this.touched) {
      const before = this.drawn.get(number);
      const now = this.look(number);
      if (before && now && alike(before.look, now.look)) continue;
      if (now && !before && this.touched.size === 1 && this.isUppermost(number, now.rect)) {
        return this.paintOver(now);
      }
      for (const { rect } of [before, now].filter((drawn) => !!drawn)) {
        this.eachTile(rect, (tile) => dirty.add(tile));
      }
    }
    this.paintTiles(dirty);
  }

  private look(number: number): Drawn | null {
    const look = this.motif.look(number);
    const drawn = look && { look, rect: boundsOf(look) };
    if (drawn) this.drawn.set(number, drawn);
    else this.drawn.delete(number);
    return drawn;
  }

  private isUppermost(number: number, rect: Rect): boolean {
    let above = false;
    for (const other of this.motif.page?.marks.keys() ?? []) {
      if (above && overlap(this.drawn.get(other)?.rect ?? [0, 0, 0, 0], rect)) return false;
      above ||= other === number;
    }
    return true;
  }

  private paintOver({ look, rect }: Drawn): void {
    const paint = (ctx: CanvasRenderingContext2D) => paintMark(ctx, look, this.motif.colours.inks);
    this.eachTile(rect, (tile) => this.inTile(tile, paint));
  }

  private paintTiles(dirty: ReadonlySet<number>): void {
    const marks = this.marksOf(dirty);
    for (const [tile, looks] of marks) {
      this.inTile(tile, (ctx) => {
        const { paper, colours } = this.motif;
        if (paper === null) ctx.clearRect(0, 0, BOARD_WIDTH, BOARD_HEIGHT);
        else paintPaper(ctx, paper, colours);
        for (const look of looks) paintMark(ctx, look, this.motif.colours.inks);
      });
    }
  }

  private marksOf(tiles: ReadonlySet<number>): Map<number, Look[]> {
    const marks = new Map([...tiles].map((tile) => [tile, [] as Look[]]));
    for (const number of this.motif.page?.marks.keys() ?? []) {
      const drawn = this.drawn.get(number);
      if (drawn) this.eachTile(drawn.rect, (tile) => marks.get(tile)?.push(drawn.look));
    }
    return marks;
  }

  private get columns(): number {
    return Math.ceil(this.canvas.width / TILE);
  }

  private eachTile([left, top, right, bottom]: Rect, tell: (tile: number) => void): void {
    const { scale, x, y } = this.view;
    const [columns, rows] = [this.columns, Math.ceil(this.canvas.height / TILE)];
    const lastColumn = Math.min(columns - 1, Math.floor((right * scale + x) / TILE));
    const lastRow = Math.min(rows - 1, Math.floor((bottom * scale + y) / TILE));
    const firstColumn = Math.max(0, Math.floor((left * scale + x) / TILE));
    for (let row = Math.max(0, Math.floor((top * scale + y) / TILE)); row <= lastRow; row++) {
      for (let column = firstColumn; column <= lastColumn; column++) tell(row * columns + column);
    }
  }

  private inTile(tile: number, paint: (ctx: CanvasRenderingContext2D) => void): void {
    const { ctx } = this;
    const { scale, x, y } = this.view;
    ctx.save();
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.beginPath();
    const [column, row] = [tile % this.columns, Math.floor(tile / this.columns)];
    ctx.rect(column * TILE, row * TILE, TILE, TILE);
    ctx.clip();
    ctx.setTransform(scale, 0, 0, scale, x, y);
    paint(ctx);
    ctx.restore();
  }
}

/** Whether they have the same pixels. */
function alike(one: Look, other: Look): boolean {
  if (one.body !== other.body || one.colour !== other.colour || one.text !== other.text || one.outline !== other.outline) return false;
  return String(one.matrix) === String(other.matrix) && String(one.cuts) === String(other.cuts);
}
