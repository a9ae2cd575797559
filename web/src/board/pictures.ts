// Paints pages and pictures of the courseware; a quiet frame until one is here.
import { BESIDE, URGENT } from "../courseware/parts";
import { sheets } from "../courseware/sheets";
import type { Picture } from "../wire.gen";
import { arrived } from "./arrivals";
import { UNIT } from "./ink";
import { BOARD_HEIGHT, BOARD_WIDTH } from "./outline";

const AGAIN_MS = 5000; // a line that was broken may be back
const MOST_KEPT = 60; // images: the pages around this one, and some that were pasted
const LARGEST = 4096; // pixels a side: beyond it one looks closely, and lines are drawn anew
const MOST_PIXELS = 4 * 1920 * 1080; // of drawings kept as pixels: a page, its neighbours, thumbnails
const GAP = 4; // pixels: a frame inside the edge

type Box = [x: number, y: number, width: number, height: number];

const images = new Map<string, HTMLImageElement>();
const rasters = new Map<string, HTMLCanvasElement>();

/** Draw a picture in board coordinates. */
export function paintPicture(ctx: CanvasRenderingContext2D, body: Picture, line: string): void {
  const [x, y, width, height] = body.box.map((value) => value / UNIT);
  const image = imageOf(body.sheet, BESIDE);
  if (isHere(image)) paintImage(ctx, image, body.sheet, [x, y, width, height]);
  else placeholder(ctx, [x, y, width, height], line);
}

/** Draw a page of courseware as the paper: whole, in the middle, on white as its author saw it. */
export function paintSheet(ctx: CanvasRenderingContext2D, sheet: string, line: string): void {
  const image = imageOf(sheet);
  if (!isHere(image)) {
    const [width, height] = [BOARD_WIDTH - 2 * GAP, BOARD_HEIGHT - 2 * GAP];
    return placeholder(ctx, [GAP, GAP, width, height], line);
  }
  const { naturalWidth, naturalHeight } = image;
  const scale = Math.min(BOARD_WIDTH / naturalWidth, BOARD_HEIGHT / naturalHeight);
  const [width, height] = [naturalWidth * scale, naturalHeight * scale];
  const box: Box = [(BOARD_WIDTH - width) / 2, (BOARD_HEIGHT - height) / 2, width, height];
  ctx.fillStyle = "#fff";
  ctx.fillRect(...box);
  paintImage(ctx, image, sheet, box);
}

/** The picture of a name: complete where it is here, else on its way. */
export function imageOf(sheet: string, manners = URGENT): HTMLImageElement {
  const known = images.get(sheet);
  if (known) return known;
  const image = new Image();
  images.set(sheet, image);
  forgetOldest();
  image.onload = arrived;
  sheets.blob(sheet, manners).then(
    (blob) => {
      image.src = URL.createObjectURL(blob);
    },
    () => setTimeout(() => again(sheet), AGAIN_MS),
  );
  return image;
}

function forgetOldest(): void {
  for (const [sheet, image] of images) {
    if (images.size <= MOST_KEPT) break;
    images.delete(sheet);
    URL.revokeObjectURL(image.src);
  }
}

/** Whether an image can be painted. */
export function isHere(image: HTMLImageElement): boolean {
  return image.complete && image.naturalWidth > 0;
}

/** Whether no picture that was asked for is still on its way. */
export function allHere(): boolean {
  return [...images.values()].every(isHere);
}

function again(sheet: string): void {
  images.delete(sheet);
  arrived();
}

/** As the pixels of this canvas: lines of a drawing are drawn once, and copied whenever ink moves. */
function paintImage(
  ctx: CanvasRenderingContext2D,
  image: HTMLImageElement,
  sheet: string,
  [x, y, width, height]: Box,
): void {
  const { a, d, e, f, b, c } = ctx.getTransform();
  const [wide, high] = [Math.round(width * a), Math.round(height * d)];
  if (b || c || wide < 1 || high < 1 || Math.max(wide, high) > LARGEST) {
    return ctx.drawImage(image, x, y, width, height);
  }
  ctx.save();
  ctx.resetTransform();
  const raster = rasterOf(image, sheet, wide, high);
  ctx.drawImage(raster, Math.round(x * a + e), Math.round(y * d + f));
  ctx.restore();
}

function rasterOf(
  image: HTMLImageElement,
  sheet: string,
  width: number,
  height: number,
): HTMLCanvasElement {
  const key = `${sheet} ${width} ${height}`;
  const raster = rasters.get(key) ?? document.createElement("canvas");
  if (!rasters.delete(key)) {
    Object.assign(raster, { width, height });
    raster.getContext("2d")?.drawImage(image, 0, 0, width, height);
  }
  rasters.set(key, raster); // the latest last
  let pixels = 0;
  for (const one of rasters.values()) pixels += one.width * one.height;
  for (const [oldest, one] of rasters) {
    if (pixels <= MOST_PIXELS || one === raster) break;
    pixels -= one.width * one.height;
    rasters.delete(oldest);
  }
  return raster;
}

function placeholder(ctx: CanvasRenderingContext2D, box: Box, line: string): void {
  ctx.strokeStyle = line;
  ctx.lineWidth = 2;
  ctx.setLineDash([10, 10]);
  ctx.strokeRect(...box);
  ctx.setLineDash([]);
}
